import {
  type Adapter,
  type AttemptRecord,
  AuthenticationFailed,
  type Connection,
  MalformedResponse,
  money,
  type Observed,
  OutcomeUnknown,
  PaymentError,
  type PaymentErrorReason,
  RateLimited,
  Redirect,
  Refused,
  Unavailable
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { manifest } from "./manifest.ts"

const Payment = Schema.Struct({
  id: Schema.NonEmptyString,
  state: Schema.String,
  cents: Schema.String.check(Schema.isPattern(/^\d{1,15}$/)),
  currency: Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/)),
  page: Schema.NonEmptyString,
  changed: Schema.Int
})
type Payment = typeof Payment.Type

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Payment))
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

type Operation = "create" | "status"

const failed = (attempt: AttemptRecord, operation: Operation, reason: PaymentErrorReason): PaymentError =>
  new PaymentError({ instance: attempt.instance, operation, reason, paymentId: attempt.paymentId })

/** What an answer other than 200 means. A new payment may exist unless the provider says by its own word that it does not. */
const reasonOf = (operation: Operation, status: number, body: string): PaymentErrorReason => {
  const message = `The provider answered HTTP ${status}.`
  const isExplicit = /^\{"error":"[a-z_]{1,40}"\}$/.test(body)
  if (status === 401 && isExplicit) return new AuthenticationFailed({ message })
  if (status === 422 && isExplicit) return new Refused({ message, providerCode: body.slice(10, -2) })
  if (operation === "create") return new OutcomeUnknown({ message })
  if (status === 429) return new RateLimited({ message })
  return status === 200
    ? new MalformedResponse({ message: "The answer was not understood." })
    : new Unavailable({ message })
}

const says = ({ cents, currency, page, state }: Payment, api: string): Observed["says"] => {
  switch (state) {
    case "open":
      return URL.parse(page)?.origin === api
        ? { _tag: "action_needed", action: new Redirect({ url: page }) }
        : { _tag: "unknown_word", word: "a page in another place" }
    case "paid":
      return { _tag: "received", amount: money(BigInt(cents), currency) }
    case "refused":
      return { _tag: "refused" }
    case "expired":
      return { _tag: "lapsed" }
    default:
      return { _tag: "unknown_word", word: /^[a-z_]{1,40}$/.test(state) ? state : "an unprintable word" }
  }
}

export const makeAdapter = (
  connection: Connection,
  api: string,
  key: Redacted.Redacted
): Adapter<typeof manifest, Record<string, never>> => {
  const ask = Effect.fnUntraced(function* (
    attempt: AttemptRecord,
    operation: Operation,
    content?: object
  ): Effect.fn.Return<ReadonlyArray<Observed>, PaymentError> {
    const request = {
      method: content === undefined ? "GET" : "POST",
      url: new URL(`${api}/payments/${attempt.attemptId}`),
      headers: { authorization: `Bearer ${Redacted.value(key)}`, "content-type": "application/json" },
      ...(content === undefined ? {} : { body: new TextEncoder().encode(JSON.stringify(content)) })
    } as const
    const response = yield* Effect.mapError(connection.send(request), ({ code, phase }) => {
      const message = `No answer (${phase}, ${code}).`
      const isSafe = operation === "status" || phase === "not_sent"
      return failed(attempt, operation, isSafe ? new Unavailable({ message }) : new OutcomeUnknown({ message }))
    })
    const body = text(response.body)
    if (operation === "status" && response.status === 404 && body === '{"error":"unknown"}') {
      return [{ says: { _tag: "absent" }, trust: "proven" }]
    }
    const payment = Option.getOrUndefined(decode(body))
    if (response.status !== 200 || payment?.id !== attempt.attemptId) {
      return yield* failed(attempt, operation, reasonOf(operation, response.status, body))
    }
    const facts = { trust: "proven", providerReference: payment.id, evidence: response.body } as const
    return [{ ...facts, says: says(payment, api), providerTime: payment.changed, operation: "payment" }]
  })

  return {
    create: Effect.fn("Pocket.create")((input) =>
      ask(input, "create", {
        cents: String(input.total?.minorUnits ?? 0n),
        currency: input.total?.currency ?? "EUR",
        purpose: input.purpose,
        until: input.deadline,
        back: input.urls.return,
        notify: input.urls.webhook
      })
    ),
    status: Effect.fn("Pocket.status")((attempt) => ask(attempt, "status")),
    receipt: () => Effect.succeed({ _tag: "generate" }),
    // Anybody can send a notice: it says nothing, and only makes core ask.
    webhook: ({ body }) =>
      Effect.succeed({
        observations: [{ says: { _tag: "working", actionStands: true }, trust: "hint" }],
        content: body,
        acknowledge: { status: 200 },
        tryAgain: { status: 503 }
      })
  }
}
