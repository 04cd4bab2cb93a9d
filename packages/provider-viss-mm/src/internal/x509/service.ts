import * as Effect from "effect/Effect"

import type { OperationPlan } from "../soap/plan.ts"
import type { SoapValue } from "../soap/serialise.ts"
import type { PositionInput, SaveInput, StatusInput } from "../wire.ts"
import type { Service } from "../service.ts"
import { positionOf, savedOf, statusOf } from "./answers.ts"
import { runChecks } from "./check.ts"
import type { X509Settings } from "./configuration.ts"
import type { Opened } from "./open.ts"
import { fetchDocument } from "./receipt.ts"
import { makeSoapCall } from "../soap/soapCall.ts"

/** SOAP and REST behind the client certificate (guide, 3.1 and 3.2). */
export const makeX509Service = (opened: Opened, settings: X509Settings): Service => {
  const { connection, plans, readXml } = opened
  const { invoices, maxReceiptBytes: maxBytes, paymentRequestService } = settings
  const caller = <Input extends SoapValue>(plan: OperationPlan) =>
    makeSoapCall<Input>(plan, paymentRequestService, connection, readXml)
  const save = caller<SaveInput>(plans.save)
  const status = caller<StatusInput>(plans.status.plan)
  const position = plans.position === undefined ? undefined : caller<PositionInput>(plans.position)

  return {
    save: (PaymentRequest) =>
      Effect.flatMap(save({ paymentRequest: { PaymentRequest } }), (answer) => Effect.fromResult(savedOf(answer))),
    status: (paymentRequestId) =>
      Effect.flatMap(status({ paymentRequestId }), (answer) => Effect.fromResult(statusOf(answer, plans.status))),
    ...(position === undefined
      ? {}
      : {
          position: (paymentRequestId: string, code: string) =>
            Effect.flatMap(position({ paymentRequestId, position: code }), (answer) =>
              Effect.fromResult(positionOf(answer))
            )
        }),
    document: (paymentRequestId, format) =>
      fetchDocument({ connection, invoices, readXml, maxBytes, format, paymentRequestId }),
    checks: () => runChecks(opened, settings)
  }
}
