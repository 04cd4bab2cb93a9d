import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { combine } from "../lifecycle/combine.ts"
import type { Payment } from "../Payment.ts"
import { Conflict, InvalidRequest, NotFound, type Operation, PaymentError } from "../PaymentError.ts"
import type { AnyProvider } from "../Provider.ts"
import type { AttemptRow, PaymentRow, StoreTransaction } from "../Store.ts"
import { foldPayment } from "./folding.ts"
import { answerHints } from "./query.ts"
import { type AttemptRequest, checkAgainstManifest, readAttempt, readCreate } from "./request.ts"
import { failWith, findInstance, now, type Runtime, transact } from "./Runtime.ts"
import { encodeInput, type SealedInput, submit } from "./submit.ts"
import { nextUrl, payerToken, tokenDigest, webhookToken } from "./urls.ts"
import { askedOf, decodeLines, encodeLines, encodeState, loadPayment } from "./view.ts"

/** JSON with sorted keys and bigints as text: equal inputs give equal texts. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, field: unknown) =>
    typeof field === "bigint"
      ? `${field}n`
      : typeof field === "object" && field !== null && !Array.isArray(field)
        ? Object.fromEntries(Object.entries(field).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : field
  )

/** Options are kept as JSON, so what is decoded here is what JSON gives back: a Date or a bigint would not survive. */
const readOptions = (
  operation: Operation,
  provider: AnyProvider,
  options: unknown
): Effect.Effect<unknown, PaymentError> => {
  const invalid = (message: string) =>
    failWith(operation, new InvalidRequest({ field: "options", message }), { instance: provider.instance })
  return Effect.flatMap(
    Effect.try({
      try: (): unknown => JSON.parse(JSON.stringify(options ?? null)),
      catch: () => invalid("options must be plain JSON data.")
    }),
    (plain) =>
      Effect.as(
        Effect.mapError(Schema.decodeUnknownEffect(provider.options, { onExcessProperty: "error" })(plain), (error) =>
          invalid(error.message)
        ),
        plain
      )
  )
}

/** The payer's browser ends there, so only web addresses. */
const checkReturnUrl = (operation: Operation, url: string): Effect.Effect<void, PaymentError> =>
  URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).username === ""
    ? Effect.void
    : Effect.fail(
        failWith(
          operation,
          new InvalidRequest({ field: "returnUrl", message: "returnUrl must be an absolute http(s) URL." })
        )
      )

export const load = (runtime: Runtime, operation: Operation, paymentId: string): Effect.Effect<Payment, PaymentError> =>
  Effect.flatMap(
    transact(runtime, operation, async (tx) => {
      const row = await tx.findPayment(paymentId)
      return row === undefined ? undefined : loadPayment(tx, row, (attemptId) => nextUrl(runtime, attemptId))
    }),
    (payment) =>
      payment === undefined
        ? Effect.fail(failWith(operation, new NotFound({ message: "There is no such payment." })))
        : Effect.succeed(payment)
  )

const attemptRow = (
  runtime: Runtime,
  request: { readonly provider: string },
  paymentId: string,
  ordinal: number,
  deadline: number,
  at: number,
  key?: { readonly idempotencyDigest: string; readonly inputDigest: string }
): AttemptRow => {
  const id = runtime.newId("att", at)
  return {
    id,
    paymentId,
    instance: request.provider,
    ordinal,
    idempotencyDigest: key?.idempotencyDigest,
    inputDigest: key?.inputDigest,
    createdAt: at,
    deadline,
    submission: "none",
    submittedAt: undefined,
    providerReference: undefined,
    payerTokenDigest: tokenDigest(payerToken(runtime, id)),
    webhookTokenDigest: tokenDigest(webhookToken(runtime, id)),
    status: "created",
    finality: "soft",
    since: at,
    lastQueryAt: undefined,
    answeredAt: undefined
  }
}

const sealedInput = (request: AttemptRequest | Omit<AttemptRequest, "paymentId">): SealedInput => ({
  ...(request.payer === undefined ? {} : { payer: request.payer }),
  language: request.language,
  returnUrl: request.returnUrl,
  options: request.options
})

const storeAttempt = async (tx: StoreTransaction, attempt: AttemptRow, input: SealedInput): Promise<void> => {
  await tx.insertAttempt(attempt)
  await tx.putSealed(attempt.id, attempt.paymentId, "input", encodeInput(input))
  // A webhook may have come before us under our own attempt id.
  await tx.joinParked(attempt.instance, attempt.id)
}

const conflict = (operation: Operation, paymentId: string): PaymentError =>
  failWith(
    operation,
    new Conflict({
      message: "This idempotency key was used with other input. Use a new key, or repeat the same input."
    }),
    { paymentId }
  )

/** Starts a payment: durable intent, then the provider, then the durable reply. Safe to repeat with the same key and input. */
export const create = Effect.fn("Payments.create")(function* (
  runtime: Runtime,
  input: unknown
): Effect.fn.Return<Payment, PaymentError> {
  const asked = yield* readCreate(input)
  const { provider } = yield* findInstance(runtime, "create", asked.provider)
  const request = { ...asked, options: yield* readOptions("create", provider, asked.options) }
  const at = yield* now
  const deadline = request.deadline ?? at + runtime.defaultDeadlineSeconds * 1000
  yield* checkReturnUrl("create", request.returnUrl)

  const { idempotencyKey, ...compared } = request
  const idempotencyDigest = runtime.store.keyedDigest("idempotency", idempotencyKey)
  const inputDigest = runtime.store.keyedDigest("input", canonical({ ...compared, lines: encodeLines(request.lines) }))

  const known = yield* transact(runtime, "create", (tx) => tx.findPaymentByKey(idempotencyDigest))
  if (known === undefined) yield* checkAgainstManifest("create", provider.manifest, request, deadline, at)
  else if (known.inputDigest !== inputDigest) return yield* conflict("create", known.id)

  const paymentId = runtime.newId("pay", at)
  const attempt = attemptRow(runtime, request, paymentId, 0, deadline, at)
  const payment: PaymentRow = {
    id: paymentId,
    idempotencyDigest,
    inputDigest,
    merchantReference: request.merchantReference,
    environment: provider.environment,
    purpose: request.purpose,
    lines: encodeLines(request.lines),
    askedMinor: request.total?.minorUnits,
    currency: request.total?.currency,
    createdAt: at,
    updatedAt: at,
    status: "created",
    finality: "soft",
    state: encodeState(combine(request.total, [], undefined)),
    epoch: 0,
    fulfilment: "none"
  }
  const stored = yield* transact(runtime, "create", async (tx) => {
    const existing = await tx.findPaymentByKey(idempotencyDigest)
    if (existing !== undefined) return existing
    if (!(await tx.insertPayment(payment))) {
      // Another process was faster between the two statements: its payment is the one.
      const other = await tx.findPaymentByKey(idempotencyDigest)
      if (other === undefined) throw new Error("the idempotency key is taken, and by no payment")
      return other
    }
    await storeAttempt(tx, attempt, sealedInput(request))
    await foldPayment(runtime, tx, paymentId, at)
    return payment
  })
  if (stored.inputDigest !== inputDigest) return yield* conflict("create", stored.id)
  runtime.onDurableStep("intent_committed")
  const first = yield* transact(runtime, "create", (tx) => tx.attemptsOf(stored.id))
  // A repeat of the call sends what an earlier one could not send; what may have been sent is looked up, never sent again.
  for (const one of first.slice(0, 1)) yield* submit(runtime, one.id)
  return yield* load(runtime, "create", stored.id)
})

// While money may still come from an attempt, another one could collect twice; the caller decides with open eyes.
const endsForNewAttempt: ReadonlySet<string> = new Set([
  "created",
  "requires_action",
  "declined",
  "expired",
  "canceled",
  "reversed"
])

const stillOpen: ReadonlySet<string> = new Set(["created", "requires_action"])

/** Opens a new attempt on a payment, at the same or another provider. Earlier attempts stay watched. */
export const attempt = Effect.fn("Payments.attempt")(function* (
  runtime: Runtime,
  input: unknown
): Effect.fn.Return<Payment, PaymentError> {
  const asked = yield* readAttempt(input)
  const { provider } = yield* findInstance(runtime, "attempt", asked.provider)
  const request = { ...asked, options: yield* readOptions("attempt", provider, asked.options) }
  const at = yield* now
  const deadline = request.deadline ?? at + runtime.defaultDeadlineSeconds * 1000
  yield* checkReturnUrl("attempt", request.returnUrl)
  const { idempotencyKey, ...compared } = request
  const key = {
    // The key of an attempt is scoped to its payment.
    idempotencyDigest: runtime.store.keyedDigest("attempt", `${request.paymentId}\0${idempotencyKey}`),
    inputDigest: runtime.store.keyedDigest("input", canonical(compared))
  }
  const existing = yield* transact(runtime, "attempt", (tx) => tx.findPayment(request.paymentId))
  if (existing === undefined) return yield* failWith("attempt", new NotFound({ message: "There is no such payment." }))
  const known = yield* transact(runtime, "attempt", (tx) => tx.findAttemptByKey(key.idempotencyDigest))
  const asks = { lines: decodeLines(existing.lines), total: askedOf(existing), purpose: existing.purpose }
  // While the payer can still pay the open attempt, news of it comes first; after a refusal nobody is kept waiting.
  if (known === undefined && stillOpen.has(existing.status)) yield* answerHints(runtime, "attempt", request.paymentId)
  if (known === undefined) yield* checkAgainstManifest("attempt", provider.manifest, asks, deadline, at)

  const outcome = yield* transact(runtime, "attempt", async (tx) => {
    const payment = (await tx.findPayment(request.paymentId)) ?? existing
    const repeated = await tx.findAttemptByKey(key.idempotencyDigest)
    if (repeated !== undefined) {
      return repeated.inputDigest === key.inputDigest
        ? ({ _tag: "known", attemptId: repeated.id } as const)
        : ({ _tag: "conflict" } as const)
    }
    if (!endsForNewAttempt.has(payment.status)) return { _tag: "busy", status: payment.status } as const
    if (payment.environment !== provider.environment) return { _tag: "environment" } as const
    const attempts = await tx.attemptsOf(payment.id)
    const row = attemptRow(runtime, request, payment.id, attempts.length, deadline, at, key)
    await storeAttempt(tx, row, sealedInput(request))
    await foldPayment(runtime, tx, payment.id, at)
    return { _tag: "opened", attemptId: row.id } as const
  })
  const about = { instance: request.provider, paymentId: request.paymentId }
  switch (outcome._tag) {
    case "conflict":
      return yield* conflict("attempt", request.paymentId)
    case "busy":
      return yield* failWith(
        "attempt",
        new Conflict({
          message: `The payment is ${outcome.status}: a new attempt could collect twice. Wait, withdraw or decide first.`
        }),
        about
      )
    case "environment":
      return yield* failWith(
        "attempt",
        new InvalidRequest({
          field: "provider",
          message: "A payment stays in one environment (sandbox, test or live)."
        }),
        about
      )
  }
  runtime.onDurableStep("intent_committed")
  yield* submit(runtime, outcome.attemptId)
  return yield* load(runtime, "attempt", request.paymentId)
})
