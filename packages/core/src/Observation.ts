import * as Schema from "effect/Schema"
import { Decline } from "./Decline.ts"
import { Money } from "./Money.ts"
import { NextAction } from "./NextAction.ts"

/** How a piece of evidence reached us; `return`: through the payer's browser, by the payer's own hand. */
export const Channel = Schema.Literals(["reply", "query", "webhook", "return", "listing", "receipt", "operator"])
export type Channel = typeof Channel.Type

/** `proven`: authenticated as the provider's (or an operator's) word. `hint`: anybody may have sent it; it only makes us ask. */
export const Trust = Schema.Literals(["proven", "hint"])
export type Trust = typeof Trust.Type

/**
 * What a piece of evidence says. The union is closed; each provider's `mapping.ts` translates its words into these.
 *
 * - `working.actionStands`: the provider's word does not tell whether the payer has acted, so the open action stays open.
 * - `received.amount` absent: the provider says that the money came, not how much (design: `amount_unconfirmed`).
 * - `consented`: the payer agreed to the text that was shown, in the words of core and not of a provider. `textDigest` is the
 *   SHA-256 of the text's UTF-8 bytes, hexadecimal; `language` the one in which the payer was addressed, unknown after an
 *   erasure. It moves nothing.
 * - `absent`: the provider does not know the attempt; what that proves is in the manifest.
 */
export const Claim = Schema.TaggedUnion({
  accepted: {},
  action_needed: { action: NextAction },
  working: { actionStands: Schema.optionalKey(Schema.Boolean) },
  promised: { amount: Schema.optionalKey(Money) },
  received: { amount: Schema.optionalKey(Money) },
  refused: {},
  lapsed: {},
  withdrawn: {},
  undone: { amount: Schema.optionalKey(Money) },
  absent: {},
  unknown_word: { word: Schema.String },
  consented: { textDigest: Schema.String, language: Schema.optionalKey(Schema.Literals(["lv", "en", "ru"])) },
  decided: { status: Schema.Literals(["paid", "declined", "expired", "canceled", "reversed"]) }
})
export type Claim = typeof Claim.Type
export type ClaimTag = Claim["_tag"]

/** What an adapter hands to core: a claim and what is needed to weigh it. Core adds the attempt, our time and the digest. */
export interface Observed {
  readonly says: Claim
  readonly trust: Trust
  /** The provider's own time of the fact, epoch milliseconds. For a query core takes the time of asking instead. */
  readonly providerTime?: number
  /** The provider's operation that the money belongs to; money is united per operation, never summed over observations. */
  readonly operation?: string
  /** What the provider calls the attempt, when this evidence tells it. */
  readonly providerReference?: string
  /** The provider's raw result code, kept beside our reason. */
  readonly providerCode?: string
  /** Why the attempt came to nothing, where the provider's code tells it. */
  readonly decline?: Decline
  /** Which bank or card scheme the payer used, as the provider spells it. */
  readonly paidVia?: string
  /** The message deviated from the provider's contract in a way that could be tolerated; a person should look. */
  readonly contractDrift?: boolean
  /** The raw bytes that were received, kept encrypted as evidence; for webhooks core takes the body itself. */
  readonly evidence?: Uint8Array
}

/** One piece of evidence in the append-only ledger. */
export class Observation extends Schema.Class<Observation>("@maksa/core/Observation")({
  id: Schema.NonEmptyString,
  attemptId: Schema.NonEmptyString,
  channel: Channel,
  trust: Trust,
  says: Claim,
  /** The time that orders it: the provider's, for a query the time of asking, else our own. */
  at: Schema.DateTimeUtc,
  /** False where the provider gave no time and ours stands in. */
  hasProviderTime: Schema.Boolean,
  observedAt: Schema.DateTimeUtc,
  /** SHA-256 over the verified content; equal digests are one observation. */
  digest: Schema.NonEmptyString,
  operation: Schema.optionalKey(Schema.String),
  providerReference: Schema.optionalKey(Schema.String),
  providerCode: Schema.optionalKey(Schema.String),
  decline: Schema.optionalKey(Decline),
  paidVia: Schema.optionalKey(Schema.String),
  contractDrift: Schema.optionalKey(Schema.Boolean),
  /** The action may hold personal data, so it is sealed; `says` then holds `wait` in its place. */
  hasSealedAction: Schema.optionalKey(Schema.Boolean),
  /** Who decided and why; only on the operator channel. */
  decision: Schema.optionalKey(
    Schema.Struct({
      by: Schema.NonEmptyString,
      reason: Schema.NonEmptyString,
      evidence: Schema.optionalKey(Schema.String)
    })
  )
}) {}
