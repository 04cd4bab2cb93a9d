import * as Schema from "effect/Schema"

const Seconds = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/**
 * Version of the provider port (verbs, manifest, claims, next actions) of this package. An adapter states the one that it
 * was built for; another one is refused at start, because it would be misunderstood.
 */
export const providerPort = 1

/**
 * What an adapter can do and what its evidence proves, as plain data.
 *
 * Types, run-time checks, the documentation's matrix and the contract kit all read this one value. An extra is `false` or
 * declared; an undeclared method does not exist on the adapter nor on the client.
 */
export const Manifest = Schema.Struct({
  id: Schema.NonEmptyString,
  /** The provider as payers know it, the same in every language; where absent, its instance's name is shown. */
  displayName: Schema.optionalKey(Schema.NonEmptyString),
  /** Version of the provider port that the adapter was built for. */
  port: Schema.Literal(providerPort),
  extras: Schema.Struct({
    resume: Schema.Boolean,
    withdraw: Schema.Boolean,
    refund: Schema.Union([Schema.Literal(false), Schema.Struct({ partial: Schema.Boolean, windowDays: Schema.Int })]),
    payout: Schema.Union([Schema.Literal(false), Schema.Struct({ currencies: Schema.Array(Schema.String) })]),
    /**
     * Which payments of a span the list holds. `beginning`: all that were begun in it. `end`: those of which something ended
     * in it (money came or went, a try was refused), whenever they were begun; what goes on stands in none.
     */
    list: Schema.Union([Schema.Literal(false), Schema.Struct({ by: Schema.Literals(["beginning", "end"]) })]),
    banks: Schema.Boolean,
    issueInvoice: Schema.Boolean,
    check: Schema.Boolean
  }),
  receipt: Schema.Struct({
    origin: Schema.Literals(["provider", "generated"]),
    formats: Schema.Array(Schema.Literals(["pdf", "xml"]))
  }),
  /** Which price lines `create` takes. */
  pricing: Schema.Struct({ amount: Schema.Boolean, tariff: Schema.Boolean }),
  /** Whether the provider stops taking money at the deadline that `create` sends; `ignored`: it has a time of its own. */
  deadline: Schema.Literals(["kept", "ignored"]),
  /** Which channel says how much money came. */
  amountEvidence: Schema.Literals(["status", "receipt", "listing", "none"]),
  /** `signed`: verified webhooks are proof. `hint_only`: a notice proves nothing and only makes core ask. */
  webhook: Schema.Literals(["signed", "hint_only"]),
  /**
   * Who tells the provider of a payment first: `create` by a call, or the payer's browser when it opens the next action.
   * `either`: an option decides.
   */
  firstContact: Schema.Literals(["call", "payer", "either"]),
  /** Which ends of a payment the provider's evidence can say. */
  outcomes: Schema.Array(Schema.Literals(["promised", "received", "refused", "lapsed", "withdrawn", "undone"])),
  /** Kinds of next action that payers can meet. */
  actions: Schema.Array(
    Schema.Literals(["redirect", "submit_form", "load_widget", "collect", "pay_elsewhere", "wait"])
  ),
  /** In which of a payer's languages the provider's pages open; in another they choose one themselves. */
  languages: Schema.Array(Schema.Literals(["lv", "en", "ru"])),
  /** After a lost reply to `create`: never send again, or send the identical bytes once a query proved absence. */
  repeatCreate: Schema.Literals(["never", "after_absence"]),
  /** What a query that finds nothing proves, and when (seconds); `false`: nothing, ever. */
  absenceProvesAfter: Schema.Struct({
    /** Since submission: the request never arrived. */
    notSubmittedSeconds: Schema.Union([Schema.Literal(false), Seconds]),
    /** Since the deadline: it can no longer be paid. */
    lapsedSeconds: Schema.Union([Schema.Literal(false), Seconds])
  }),
  /** How long each outcome stays soft before a repeating query makes it hard. */
  softSeconds: Schema.Struct({
    paid: Seconds,
    declined: Seconds,
    expired: Seconds,
    canceled: Seconds,
    reversed: Seconds
  }),
  query: Schema.Struct({
    /** Not before this long after submission. */
    earliestSeconds: Seconds,
    /** While the payment is younger than `untilSeconds`, ask every `everySeconds`; after the last row, by its pace. */
    schedule: Schema.Array(Schema.Struct({ untilSeconds: Seconds, everySeconds: Seconds }))
  }),
  limits: Schema.Struct({
    currencies: Schema.Array(Schema.String),
    minMinorUnits: Schema.BigInt,
    maxMinorUnits: Schema.BigInt,
    maxLines: Schema.Int,
    maxPurposeLength: Schema.Int,
    maxDeadlineSeconds: Seconds
  })
})
export type Manifest = typeof Manifest.Type

export type ExtraName = keyof Manifest["extras"]

/** Names of the extras that `M` declares. */
export type Declared<M extends Manifest> = {
  [K in ExtraName]: M["extras"][K] extends false ? never : K
}[ExtraName]

export type ReceiptFormat = Manifest["receipt"]["formats"][number]
