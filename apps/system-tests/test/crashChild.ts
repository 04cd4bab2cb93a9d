// One life of a payment in a process that may be killed after any durable step. The provider and the application's own
// records live in the parent process, over loopback, so that a kill here loses nothing there.
import {
  createPayments,
  Conflict,
  isPaymentError,
  type ListedPayment,
  type Observed,
  PaymentError,
  type PaymentsClient,
  OutcomeUnknown,
  Redirect
} from "@maksa/core"
import { sqliteStore } from "@maksa/store-sql"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { bank, type Carrying, carrying, says as said } from "./carryingProvider.ts"
import { fake, notice, received, script } from "./fakeProvider.ts"
import { type Invoicing, withInvoices } from "./invoicingProvider.ts"
import { withList } from "./listingProvider.ts"
import { base, minutes, days, order, secret } from "./harness.ts"

const [parent = "", file = "", killStep = "", killCount = "0", start = "0"] = process.argv.slice(2)
const clock = { value: Number(start) }
let seen = 0
const onDurableStep = (step: string): void => {
  if (step === killStep && ++seen === Number(killCount)) process.kill(process.pid, "SIGKILL")
}
const tell = async (path: string, body: unknown): Promise<unknown> => {
  const response = await fetch(`${parent}${path}`, { method: "POST", body: JSON.stringify(body) })
  return response.json()
}

const scripted = script()
scripted.create = (input) =>
  Effect.as(
    Effect.tryPromise({
      try: () => tell("/create", { attemptId: input.attemptId }),
      catch: () => new PaymentError({ operation: "create", reason: new OutcomeUnknown({ message: "lost" }) })
    }),
    [{ says: { _tag: "action_needed", action: new Redirect({ url: "https://pay.example" }) }, trust: "proven" }]
  )
scripted.status = (attempt) =>
  Effect.promise(async () => {
    const { says } = (await tell("/status", { attemptId: attempt.attemptId })) as { readonly says: string }
    // Like VISS MM: the answer says that it is paid, and only the document says how much.
    const observed: ReadonlyArray<Observed> = [
      {
        says: { _tag: says === "received" ? "received" : "absent" },
        trust: "proven",
        providerReference: attempt.attemptId
      }
    ]
    return observed
  })
scripted.receipt = () =>
  Effect.succeed({
    _tag: "document",
    mediaType: "application/xml",
    bytes: new TextEncoder().encode("<receipt/>"),
    observations: [received()]
  })

/** The provider's list has the attempt if the provider has it, by our own id. */
const list = () =>
  Effect.promise(async (): Promise<ReadonlyArray<ListedPayment>> => {
    const found = await payments.list()
    const rows = found.map(async ({ current: { createdAt, id } }) => {
      const { says } = (await tell("/status", { attemptId: id })) as { readonly says: string }
      const row = { providerReference: id, attemptId: id, observations: [received()] }
      return says === "received" ? [{ ...row, createdAt: DateTime.toEpochMillis(createdAt) }] : []
    })
    return (await Promise.all(rows)).flat()
  })

const ignoreConflict = async (call: Promise<unknown>): Promise<void> => {
  try {
    await call
  } catch (cause) {
    if (!isPaymentError(cause) || !(cause.reason instanceof Conflict)) throw cause
  }
}

// What the provider sends stands in the parent's books.
const book = bank()
book.reply = (id) =>
  Effect.as(
    Effect.promise(() => tell("/payout", { id })),
    []
  )
book.answer = async (id) => {
  const { isSent } = (await tell("/payout-status", { id })) as { readonly isSent: boolean }
  return [isSent ? said({ _tag: "done" }, clock.value - 1) : said({ _tag: "absent" })]
}

const receipt = { origin: "provider", formats: ["pdf", "xml"] } as const
const carried = carrying(fake(scripted), book, { amountEvidence: "receipt", receipt, repeatCreate: "never" })
const invoice = () =>
  Effect.as(
    Effect.promise(() => tell("/invoice", {})),
    { documentId: "invoice" }
  )
const store = await sqliteStore({ file, secret })
const payments = await createPayments({
  store,
  providers: [withList(withInvoices(carried as never, invoice), list)],
  publicBaseUrl: base,
  fulfilment: { policy: "eager" },
  worker: false,
  clock: { now: () => clock.value },
  onDurableStep,
  onEvent: async (event) => {
    await tell("/event", event)
  }
})
// The whole life, every call with its own fixed key: after a kill the next process runs the same again.
const payment = await payments.create({ ...order(), idempotencyKey: "life" })
// Only a provider that knows the attempt sends a message about it.
const { says } = (await tell("/status", { attemptId: payment.current.id })) as { readonly says: string }
if (says === "received") {
  const callback = notice({ about: payment.current.id, says: { _tag: "working" }, at: Number(start) + 1 })
  const answer = await payments.handler(new Request(`${base}/webhooks/fake`, callback))
  if (answer.status !== 200) throw new Error(`webhook answered ${answer.status}`)
}
clock.value += minutes(2)
await payments.runDue()
const day = { from: new Date(Number(start) - days(1)), to: new Date(Number(start) + days(1)) }
await payments.reconcile({ provider: "fake", ...day })
// A query proved that the submission never arrived: only now, and by the application's own decision, a new attempt.
if ((await payments.get(payment.id)).status === "created") {
  const { merchantReference: _reference, amount: _amount, ...again } = order()
  await payments.attempt({ ...again, paymentId: payment.id, idempotencyKey: "again" })
  clock.value += minutes(2)
  await payments.runDue()
}
clock.value += days(2)
await payments.runDue()
const repayment = await payments.repay({
  paymentId: payment.id,
  idempotencyKey: "back",
  amount: { minorUnits: 200n, currency: "EUR" },
  by: "clerk",
  reason: "Too much."
})
await ignoreConflict(payments.stepRepayment(repayment.id, { action: "approve", by: "chief" }))
await ignoreConflict(payments.stepRepayment(repayment.id, { action: "complete", by: "chief", evidence: "T-1" }))
// It also has the capabilities of the provider under its list.
const payouts = payments as unknown as PaymentsClient<Carrying>
const out = await payouts.repay({
  paymentId: payment.id,
  idempotencyKey: "out",
  amount: { minorUnits: 300n, currency: "EUR" },
  by: "clerk",
  reason: "Too much.",
  route: "payout",
  payee: { iban: "LV80BANK0000435195001", name: "Zvaigznīte Kanārijputniņa" }
})
await ignoreConflict(payments.stepRepayment(out.id, { action: "approve", by: "chief" }))
clock.value += minutes(2)
await payments.runDue()
const invoices = payments as unknown as Invoicing
const issued = await invoices.issueInvoice(await invoices.get(payment.id), { name: "a", code: "b", address: "c" }).then(
  ({ documentId }) => documentId,
  (cause: unknown) => (isPaymentError(cause) ? cause.reason._tag : String(cause))
)
const other = await payments.create({ ...order(), idempotencyKey: "other" })
await ignoreConflict(payments.withdraw(other.id, { by: "clerk", reason: "Not needed." }))
await payments.runDue()

const final = await payments.get(payment.id)
process.stdout.write(
  JSON.stringify({
    payments: (await payments.list()).length,
    status: `${final.status} ${final.state.finality}`,
    received: final.state.money.received?.minorUnits.toString(),
    attention: final.state.attention.join(),
    givenBack: final.state.money.givenBack?.minorUnits.toString(),
    repayment: (await payments.repayments(payment.id)).map((one) => one.status),
    issued,
    other: (await payments.get(other.id)).status,
    attempts: final.attempts.length,
    digests: (await payments.history(payment.id)).map((one) => one.digest)
  })
)
await payments.close()
await store.close()
