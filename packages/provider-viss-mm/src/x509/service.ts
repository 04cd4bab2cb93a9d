import * as Effect from "effect/Effect"

import type { SaveInput, StatusInput } from "../internal/wire.ts"
import type { Service } from "../service.ts"
import { savedOf, statusOf } from "./answers.ts"
import { runChecks } from "./check.ts"
import type { X509Settings } from "./config.ts"
import type { Opened } from "./open.ts"
import { fetchDocument } from "./receipts.ts"
import { makeSoapCall } from "./soap.ts"

/** SOAP and REST behind the client certificate (guide, 3.1 and 3.2). */
export const makeX509Service = (opened: Opened, settings: X509Settings): Service => {
  const { connection, plans, readXml } = opened
  const { invoices, maxReceiptBytes: maxBytes, paymentRequestService } = settings
  const save = makeSoapCall<SaveInput>(plans.save, paymentRequestService, connection, readXml)
  const status = makeSoapCall<StatusInput>(plans.status, paymentRequestService, connection, readXml)

  return {
    save: (PaymentRequest) =>
      Effect.flatMap(save({ paymentRequest: { PaymentRequest } }), (answer) => Effect.fromResult(savedOf(answer))),
    status: (paymentRequestId) =>
      Effect.flatMap(status({ paymentRequestId }), (answer) => Effect.fromResult(statusOf(answer))),
    document: (paymentRequestId, format) =>
      fetchDocument({ connection, invoices, readXml, maxBytes, format, paymentRequestId }),
    checks: () => runChecks(opened, settings)
  }
}
