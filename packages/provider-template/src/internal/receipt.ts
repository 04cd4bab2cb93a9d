import type { AttemptRecord, PaymentError, ReceiptFormat, ReceiptResult } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Api } from "./api.ts"
import { malformed } from "./errors.ts"
import { pathOf } from "./orders.ts"
import { makeReceiptReader } from "./receiptXml.ts"
import { toMoney } from "./wire.ts"

const mediaTypes = { pdf: "application/pdf", xml: "application/xml" } as const

/**
 * Fetches the provider's document; its signature covers the payment's address, so it is this payment's. The signature is
 * over all its bytes, which therefore have to be here; whether a PDF is a whole one is core's to check.
 */
export const makeReceipt = (
  api: Api
): Effect.Effect<(attempt: AttemptRecord, format: ReceiptFormat) => Effect.Effect<ReceiptResult, PaymentError>> =>
  Effect.map(makeReceiptReader, (readReceipt) =>
    Effect.fnUntraced(function* (
      attempt: AttemptRecord,
      format: ReceiptFormat
    ): Effect.fn.Return<ReceiptResult, PaymentError> {
      const asking = { instance: attempt.instance, paymentId: attempt.paymentId }
      const target = `${pathOf(attempt)}/receipt?format=${format}`
      const { body, headers } = yield* api.fetch({ asking, operation: "receipt", method: "GET", target })
      const mediaType = mediaTypes[format]
      const fail = (detail: string) => malformed(asking, "receipt", detail)
      if (headers["content-type"] !== mediaType) return yield* fail("the document is of another media type")
      if (format === "pdf") return { _tag: "document", mediaType, bytes: body, observations: [] }
      const read = readReceipt(body)
      if (Result.isFailure(read)) return yield* fail(read.failure)
      const { charges, number, payment } = read.success
      if (payment !== attempt.attemptId) return yield* fail("the document is of another payment")
      const observations = charges.map(
        ({ amount, id }) =>
          ({
            says: { _tag: "received", amount: toMoney(amount) },
            trust: "proven",
            operation: id,
            providerReference: number
          }) as const
      )
      return { _tag: "document", mediaType, bytes: body, observations }
    })
  )
