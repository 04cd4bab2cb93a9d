import type { PositionInput, SaveInput, StatusInput } from "../wire.ts"
import type { PositionStatus, Saved, Service, StatusAnswer } from "../service.ts"
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
  const channel = { connection, endpoint: paymentRequestService, readXml }
  const save = makeSoapCall<SaveInput, Saved>(plans.save, channel, savedOf)
  const status = makeSoapCall<StatusInput, StatusAnswer>(plans.status.plan, channel, (answer) =>
    statusOf(answer, plans.status)
  )
  const position =
    plans.position === undefined
      ? undefined
      : makeSoapCall<PositionInput, PositionStatus>(plans.position, channel, positionOf)

  return {
    save: (PaymentRequest) => save({ paymentRequest: { PaymentRequest } }),
    status: (paymentRequestId) => status({ paymentRequestId }),
    ...(position === undefined
      ? {}
      : { position: (paymentRequestId: string, code: string) => position({ paymentRequestId, position: code }) }),
    document: (paymentRequestId, format) =>
      fetchDocument({ connection, invoices, readXml, maxBytes, format, paymentRequestId }),
    checks: () => runChecks(opened, settings)
  }
}
