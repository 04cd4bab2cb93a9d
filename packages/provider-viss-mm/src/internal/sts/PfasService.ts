import type { CheckResult, ReceiptFormat } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { explain, Trouble } from "../errors.ts"
import type { Decoded } from "../soap/decode.ts"
import { replyLimits, type XmlLimits } from "../xml/parse.ts"
import type { RefusedValue } from "../RefusedValue.ts"
import type { Service, WholeDocument } from "../service.ts"
import { readDocument } from "../x509/receipt.ts"
import { documentMembers, pfasOperations, type PfasPlans, pfasResults } from "./pfasPlans.ts"
import type { PfasInvoiceInput, PfasStatusInput } from "./pfasPlans.ts"
import { makeProtectedCall } from "./protectedCall.ts"
import type { ProtectedService } from "./securedMessage.ts"

/** The part of MM's services that tokens open: status, supporting documents and whether both can be reached. */
export interface PfasService extends Pick<Service, "status" | "checks"> {
  /** Comes inside a message, so that it is whole. */
  readonly document: (paymentRequestId: string, format: ReceiptFormat) => Effect.Effect<WholeDocument, Trouble>
}

const unfit = (detail: string): Trouble => new Trouble({ situation: "not_understood", detail })

const textIn = (value: unknown, member: string): string | undefined => {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, member) : undefined
  return typeof found === "string" && found.trim() !== "" ? found : undefined
}

/** A document comes as base64 inside the message, which is a third longer, and a little more where its lines are broken. */
const documentLimits = (maxBytes: number): XmlLimits => {
  const most = Math.ceil(maxBytes * 1.4) + replyLimits.maxBytes
  return { ...replyLimits, maxBytes: most, maxText: most }
}

const base64 = /^[A-Za-z0-9+/]*={0,2}$/

const contentOf = (result: Decoded | undefined, maxBytes: number): Result.Result<Uint8Array, Trouble> => {
  const packed = textIn(result, documentMembers.content)?.replace(/\s/g, "")
  if (packed === undefined) return Result.fail(unfit("the reply has no document"))
  if (!base64.test(packed) || packed.length % 4 !== 0) return Result.fail(unfit("the document is not base64"))
  const bytes = new Uint8Array(Buffer.from(packed, "base64"))
  return bytes.byteLength > maxBytes ? Result.fail(new Trouble({ situation: "too_large" })) : Result.succeed(bytes)
}

/** An id that no payment request has: a business fault about it proves that token and role were accepted. */
const nobody = "00000000-0000-0000-0000-000000000001"

const accepted = (name: string, found: Result.Result<unknown, Trouble | RefusedValue>): CheckResult => {
  const failure = Result.isFailure(found) ? found.failure : undefined
  const trouble = failure instanceof Trouble && failure.situation !== "business_fault" ? failure : undefined
  return trouble === undefined
    ? { name, isOk: true, message: "The service answers and accepts the token." }
    : { name, isOk: false, message: explain(trouble) }
}

/** MM's status and supporting documents behind security tokens. */
export const makePfasService = (
  plans: PfasPlans,
  service: ProtectedService,
  { maxReceiptBytes: maxBytes }: { readonly maxReceiptBytes: number }
): PfasService => {
  const { invoice, status } = pfasOperations
  const askStatus = makeProtectedCall<PfasStatusInput>(plans.status, status.role, service)
  const askInvoice = makeProtectedCall<PfasInvoiceInput>(plans.invoice, invoice.role, service, documentLimits(maxBytes))

  const document = Effect.fnUntraced(function* (paymentRequestId: string, format: ReceiptFormat) {
    const { members } = yield* askInvoice({ paymentRequestId, xmlFormat: format === "xml" })
    const result = members[pfasResults.invoice]
    const body = yield* Effect.fromResult(contentOf(result, maxBytes))
    const mediaType = textIn(result, documentMembers.mediaType)
    const headers = mediaType === undefined ? {} : { "content-type": mediaType }
    return yield* Effect.fromResult(readDocument(format, { status: 200, headers, body }, service.readXml, maxBytes))
  })

  return {
    status: Effect.fnUntraced(function* (paymentRequestId) {
      const { body, members } = yield* askStatus({ paymentRequestId })
      const word = textIn(members, pfasResults.status)
      if (word === undefined) return yield* unfit("the reply has no status")
      return { word, paidVia: [], evidence: body }
    }),
    document: (paymentRequestId, format) =>
      // Ids are GUIDs, which the plan was tried with: one that cannot be written is the WSDL's fault.
      Effect.catchTag(document(paymentRequestId, format), "RefusedValue", ({ message }) =>
        Effect.fail(new Trouble({ situation: "contract_fault", detail: message }))
      ),
    checks: Effect.fnUntraced(function* () {
      const token = yield* Effect.result(service.tokens.tokenFor(service.appliesTo))
      const name = "securityTokenService"
      if (Result.isFailure(token)) {
        return [{ name, isOk: false, message: explain(token.failure) }]
      }
      const found = yield* Effect.all(
        [
          Effect.result(askStatus({ paymentRequestId: nobody })),
          Effect.result(askInvoice({ paymentRequestId: nobody, xmlFormat: true }))
        ],
        { concurrency: 2 }
      )
      return [
        { name, isOk: true, message: "The service issues tokens for the certificate." },
        accepted(status.name, found[0]),
        accepted(invoice.name, found[1])
      ]
    })
  }
}
