// What must compile and what must not. Checked by `tsc -p tsconfig.test.json`: an expected error that does not come is one.
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import {
  type Adapter,
  createPayments,
  type Manifest,
  named,
  type Payments,
  type Provider,
  type Store
} from "../../src/index.ts"

const base = {
  port: 1,
  receipt: { origin: "provider", formats: ["pdf"] },
  pricing: { amount: true, tariff: true },
  deadline: "kept",
  amountEvidence: "receipt",
  webhook: "hint_only",
  firstContact: "call",
  outcomes: ["received", "refused"],
  actions: ["redirect"],
  languages: ["lv"],
  repeatCreate: "never",
  absenceProvesAfter: { notSubmittedSeconds: false, lapsedSeconds: false },
  softSeconds: { paid: 1, declined: 1, expired: 1, canceled: 1, reversed: 1 },
  query: { earliestSeconds: 0, schedule: [] },
  limits: {
    currencies: ["EUR"],
    minMinorUnits: 1n,
    maxMinorUnits: 1n,
    maxLines: 1,
    maxPurposeLength: 1,
    maxDeadlineSeconds: 1
  }
} as const
const no = {
  resume: false,
  withdraw: false,
  refund: false,
  payout: false,
  list: false,
  banks: false,
  issueInvoice: false,
  check: false
} as const

const treasuryManifest = { ...base, id: "treasury", extras: { ...no, check: true } } as const satisfies Manifest
const bankManifest = { ...base, id: "bank", extras: { ...no, resume: true, banks: true } } as const satisfies Manifest
interface TreasuryOptions {
  readonly step: string
}
interface BankOptions {
  readonly customer: string
  readonly bank?: "seb" | "swedbank"
}
type Treasury = Provider<typeof treasuryManifest, TreasuryOptions, "treasury">
type Bank = Provider<typeof bankManifest, BankOptions, "bank">

const verbs = {
  create: () => Effect.succeed([]),
  status: () => Effect.succeed([]),
  receipt: () => Effect.succeed({ _tag: "generate" } as const),
  webhook: () => Effect.die("not called")
}
const treasury = (): Treasury => ({
  instance: "treasury",
  environment: "sandbox",
  manifest: treasuryManifest,
  options: Schema.Struct({ step: Schema.String }),
  make: Effect.succeed({ ...verbs, check: () => Effect.succeed([]) })
})
const bank = (): Bank => ({
  instance: "bank",
  environment: "sandbox",
  manifest: bankManifest,
  options: Schema.Struct({ customer: Schema.String, bank: Schema.optionalKey(Schema.Literals(["seb", "swedbank"])) }),
  make: Effect.succeed({ ...verbs, resume: () => Effect.succeed([]), banks: () => Effect.succeed([]) })
})
declare const store: Store
const common = {
  idempotencyKey: "k",
  merchantReference: "m",
  amount: { minorUnits: 1n, currency: "EUR" },
  returnUrl: "https://agency.example/"
}
const options = { store, publicBaseUrl: "https://agency.example/maksa", fulfilment: { policy: "eager" } } as const

export const compiles = async (): Promise<void> => {
  await using payments = await createPayments({
    ...options,
    providers: [treasury(), bank(), named("bank-jelgava", bank())]
  })
  const payment = await payments.create({ ...common, provider: "treasury", options: { step: "02Y70" } })
  await payments.create({ ...common, provider: "bank", options: { customer: "c", bank: "seb" } })
  await payments.create(
    { ...common, provider: "bank-jelgava", options: { customer: "c" } },
    { signal: new AbortController().signal }
  )
  if (payment.provider === "bank") await payments.resume(payment, { fields: {} })
  await payments.check("treasury")
  await payments.banks("bank-jelgava", common.amount)

  // @ts-expect-error the treasury has no customer
  await payments.create({ ...common, provider: "treasury", options: { customer: "c" } })
  // @ts-expect-error this bank is not offered
  await payments.create({ ...common, provider: "bank", options: { customer: "c", bank: "citadele" } })
  // @ts-expect-error no instance of that name
  await payments.create({ ...common, provider: "bank-riga", options: { customer: "c" } })
  // @ts-expect-error options are missing
  await payments.create({ ...common, provider: "treasury" })
  const inCents = { ...common, provider: "treasury", options: { step: "x" } } as const
  // @ts-expect-error a float is no sum
  await payments.create({ ...inCents, amount: { minorUnits: 1.5, currency: "EUR" } })
  // @ts-expect-error no provider here refunds
  await payments.refund(payment)
  // @ts-expect-error not every payment of this application can be resumed
  await payments.resume(payment, { fields: {} })
  // @ts-expect-error no provider here has a list to compare with
  await payments.reconcile({ provider: "bank", from: new Date(), to: new Date() })
  // @ts-expect-error no provider here issues invoices
  await payments.issueInvoice(payment, { name: "a", code: "b", address: "c" })
  // @ts-expect-error the treasury lists no banks
  await payments.banks("treasury", common.amount)
  // @ts-expect-error a bank declares no check
  await payments.check("bank")
  // @ts-expect-error a provider is the result of calling its function
  await createPayments({ ...options, providers: [treasury] })
  // @ts-expect-error there is no default fulfilment policy
  await createPayments({ store, publicBaseUrl: "https://agency.example/", providers: [treasury()] })
}

// @ts-expect-error a declared extra is missing
export const missing: Adapter<typeof bankManifest, BankOptions> = { ...verbs, resume: () => Effect.succeed([]) }
const three = { ...verbs, check: () => Effect.succeed([]), banks: () => Effect.succeed([]) }
// @ts-expect-error an undeclared extra is there
export const extra: Adapter<typeof treasuryManifest, TreasuryOptions> = three
// @ts-expect-error a misspelt manifest key
export const misspelt = { ...base, id: "x", extras: { ...no, bank: true } } as const satisfies Manifest
// @ts-expect-error an outcome that no evidence can say
export const foretold = { ...base, id: "x", extras: no, outcomes: ["paid"] } as const satisfies Manifest
// @ts-expect-error the environment is mandatory
export const nowhere: Treasury = {
  instance: "treasury",
  manifest: treasuryManifest,
  options: treasury().options,
  make: treasury().make
}

export const inEffect = (payments: Payments.Payments<Treasury | Bank>) =>
  Effect.map(payments.get("pay_x"), (payment) => (payment.provider === "bank" ? payment.current.id : undefined))
