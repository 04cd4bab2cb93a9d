// A payment's own calls: begin, ask, answer questions, stop, invoice.
import { type Adapter, type AttemptRecord, type Observed, NotReady, type PaymentError, paymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import { manifest } from "../manifest.ts"
import type { TemplatePaymentOptions } from "../options.ts"
import type { Api, Call } from "./api.ts"
import type { Settings } from "./configuration.ts"
import { malformed } from "./errors.ts"
import { observe } from "./mapping.ts"
import { toOrder } from "./order.ts"
import { InvoiceReply, PaymentReply } from "./wire.ts"

type Verbs = Adapter<typeof manifest, TemplatePaymentOptions>

export const pathOf = ({ attemptId }: AttemptRecord): string => `/v1/payments/${encodeURIComponent(attemptId)}`

/** Asks for something about one payment; a reply about another one is not used. */
export const askAbout = Effect.fnUntraced(function* (
  api: Api,
  settings: Settings,
  attempt: AttemptRecord,
  call: Omit<Call, "asking">
): Effect.fn.Return<ReadonlyArray<Observed>, PaymentError> {
  const asking = { instance: attempt.instance, paymentId: attempt.paymentId }
  const { evidence, reply } = yield* api.ask({ ...call, asking }, PaymentReply)
  if (reply.payment.id !== attempt.attemptId) {
    return yield* malformed(asking, call.operation, "it is about another payment")
  }
  return observe(reply.payment, settings.pages, evidence)
})

/** The provider does not know the payment: nothing was begun, or not yet. */
const absent = (error: PaymentError): Effect.Effect<ReadonlyArray<Observed>, PaymentError> =>
  error.reason._tag === "NotFound"
    ? Effect.succeed([{ says: { _tag: "absent" }, trust: "proven" }])
    : Effect.fail(error)

export const makeOrders = (
  api: Api,
  settings: Settings
): Pick<Verbs, "create" | "status" | "resume" | "withdraw" | "issueInvoice"> => ({
  create: Effect.fnUntraced(function* (input) {
    const content = yield* toOrder(input, settings)
    const call = { operation: "create", method: "POST", target: "/v1/payments", content } as const
    return yield* askAbout(api, settings, input, call)
  }),

  status: Effect.fnUntraced(function* (attempt) {
    const readyAt = (attempt.submittedAt ?? attempt.createdAt) + manifest.query.earliestSeconds * 1000
    if (attempt.now < readyAt) {
      const retryAfterSeconds = Math.ceil((readyAt - attempt.now) / 1000)
      const message = "The provider may not know a payment so early."
      return yield* paymentError(attempt, "status", new NotReady({ message, retryAfterSeconds }))
    }
    const call = { operation: "status", method: "GET", target: pathOf(attempt) } as const
    return yield* Effect.catch(askAbout(api, settings, attempt, call), absent)
  }),

  resume: (attempt, { consentText, fields }) => {
    const content = { fields, ...(consentText === undefined ? {} : { consent_text: consentText }) }
    const target = `${pathOf(attempt)}/answers`
    return askAbout(api, settings, attempt, { operation: "resume", method: "POST", target, content })
  },

  // A form that nobody has posted is not known: core closes it, and goes on watching.
  withdraw: (attempt) =>
    Effect.catch(
      askAbout(api, settings, attempt, {
        operation: "withdraw",
        method: "POST",
        target: `${pathOf(attempt)}/cancel`,
        content: {}
      }),
      absent
    ),

  issueInvoice: (attempt, { address, code, name }) =>
    Effect.map(
      api.ask(
        {
          asking: { instance: attempt.instance, paymentId: attempt.paymentId },
          operation: "issueInvoice",
          method: "POST",
          target: `${pathOf(attempt)}/invoice`,
          content: { name, code, address }
        },
        InvoiceReply
      ),
      ({ reply }) => ({ documentId: reply.document })
    )
})
