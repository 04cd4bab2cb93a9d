// Observations between their three forms: what an adapter says, the stored row, and the entry that the fold reads.
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { createHash } from "node:crypto"
import { Decline } from "../Decline.ts"
import type { NewId } from "../Ids.ts"
import type { LedgerEntry } from "../lifecycle/evidence.ts"
import { Money } from "../Money.ts"
import { NextAction, Wait } from "../NextAction.ts"
import { type Channel, Claim, type ClaimTag, Observation, type Observed } from "../Observation.ts"
import type { ObservationRow } from "../Store.ts"

// What a row's `content` holds. Times are epoch milliseconds; money is text inside `says`.
const Content = Schema.Struct({
  at: Schema.Number,
  hasProviderTime: Schema.Boolean,
  says: Schema.toCodecJson(Claim),
  operation: Schema.optionalKey(Schema.String),
  providerReference: Schema.optionalKey(Schema.String),
  providerCode: Schema.optionalKey(Schema.String),
  decline: Schema.optionalKey(Decline),
  paidVia: Schema.optionalKey(Schema.String),
  contractDrift: Schema.optionalKey(Schema.Boolean),
  hasSealedAction: Schema.optionalKey(Schema.Boolean),
  decision: Schema.optionalKey(
    Schema.Struct({ by: Schema.String, reason: Schema.String, evidence: Schema.optionalKey(Schema.String) })
  )
})
const decodeContent = Schema.decodeUnknownSync(Schema.fromJsonString(Content))

const actionJson = Schema.fromJsonString(Schema.toCodecJson(NextAction))
const encodeAction = Schema.encodeSync(actionJson)
export const decodeAction = Schema.decodeUnknownSync(actionJson)

// `text` is JSON of the action, `raw` the message that asked for it, base64.
const SealedAction = Schema.fromJsonString(
  Schema.Struct({ action: Schema.String, raw: Schema.optionalKey(Schema.String) })
)
const encodeSealed = Schema.encodeSync(SealedAction)
const decodeSealed = Schema.decodeUnknownSync(SealedAction)

export const sha256 = (...parts: ReadonlyArray<string | Uint8Array>): string => {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(part).update("\0")
  return hash.digest("hex")
}

/** SHA-256 of the bytes alone, hex. */
export const sha256Hex = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex")

/** JSON with bigints as text, for evidence that may hold them anywhere; the sums of plain evidence write themselves. */
const bigintSafeJson = (value: unknown): string =>
  JSON.stringify(value, (_key, field: unknown) => (typeof field === "bigint" ? field.toString() : field))

export interface Reception {
  readonly channel: Channel
  readonly instance: string
  readonly observedAt: number
  /** For a query: when it was asked; orders its answer. */
  readonly askedAt?: number
  readonly attemptId?: string
  readonly paymentId?: string
  readonly reference?: string
  /** What a digest is taken over; without it the claim itself and its time. */
  readonly content?: Uint8Array
  readonly raw?: Uint8Array
  readonly decision?: { readonly by: string; readonly reason: string; readonly evidence?: string }
}

/**
 * An adapter gave evidence that core cannot take: a time that is none, a claim outside the union or not its own. Found before the
 * commit, so that such a row can neither be acknowledged nor stand in the way of others.
 */
export class UnreadableEvidence extends Error {
  override readonly name: string = "UnreadableEvidence"
}

const plainClaims: ReadonlySet<string> = new Set([
  "accepted",
  "working",
  "promised",
  "received",
  "refused",
  "lapsed",
  "withdrawn",
  "undone",
  "absent"
])
const isText = (value: unknown): boolean => value === undefined || typeof value === "string"
const isFlag = (value: unknown): boolean => value === undefined || typeof value === "boolean"

const isDecline = Schema.is(Decline)

/** True for ordinary evidence whose reading back cannot fail; saves the webhook path a full decode. */
const isPlainlyReadable = (observed: Observed): boolean => {
  const { says } = observed
  return (
    plainClaims.has(says._tag) &&
    (!("amount" in says) || says.amount === undefined || says.amount instanceof Money) &&
    (!("actionStands" in says) || isFlag(says.actionStands)) &&
    isText(observed.operation) &&
    isText(observed.providerReference) &&
    isText(observed.providerCode) &&
    isText(observed.paidVia) &&
    (observed.decline === undefined || isDecline(observed.decline)) &&
    isFlag(observed.contractDrift)
  )
}

/** What only core says, and by which way it heard it: no provider decides for a person, nor consents for a payer. */
const ownClaims: Partial<Record<ClaimTag, Channel>> = { decided: "operator", consented: "return" }

// How far a provider's clock may run ahead of ours before its times are not believed.
export const clockLeewayMillis = 60_000

export const requireTime = (value: number): number => {
  if (!Number.isSafeInteger(value) || Math.abs(value) > 8.64e15) throw new UnreadableEvidence("not a time")
  return value
}

/** The row of one observation; `index` tells apart several observations of one message. */
export const toRow = (newId: NewId, observed: Observed, reception: Reception, index: number): ObservationRow => {
  const { says } = observed
  if ((ownClaims[says._tag] ?? reception.channel) !== reception.channel) throw new UnreadableEvidence(says._tag)
  const isAction = says._tag === "action_needed"
  const claimedAt = requireTime(reception.askedAt ?? observed.providerTime ?? reception.observedAt)
  // No fact is younger than its news: believed, such a time would outlast the answer to every question asked before it.
  const isAhead = reception.askedAt === undefined && claimedAt > reception.observedAt + clockLeewayMillis
  const at = isAhead ? reception.observedAt : claimedAt
  const raw = reception.raw ?? observed.evidence
  const shown = isAction ? { _tag: "action_needed", action: new Wait({}) } : says
  const content = {
    at,
    hasProviderTime: !isAhead && (reception.askedAt !== undefined || observed.providerTime !== undefined),
    says: shown,
    ...(observed.operation === undefined ? {} : { operation: observed.operation }),
    ...(observed.providerReference === undefined ? {} : { providerReference: observed.providerReference }),
    ...(observed.providerCode === undefined ? {} : { providerCode: observed.providerCode }),
    ...(observed.decline === undefined ? {} : { decline: observed.decline }),
    ...(observed.paidVia === undefined ? {} : { paidVia: observed.paidVia }),
    ...(isAhead
      ? { contractDrift: true }
      : observed.contractDrift === undefined
        ? {}
        : { contractDrift: observed.contractDrift }),
    ...(isAction ? { hasSealedAction: true } : {}),
    ...(reception.decision === undefined ? {} : { decision: reception.decision })
  }
  const action = isAction ? encodeAction(says.action) : undefined
  const isPlain = isPlainlyReadable(observed)
  const text = isPlain ? JSON.stringify(content) : bigintSafeJson(content)
  if (!isPlain) {
    try {
      decodeContent(text)
    } catch {
      throw new UnreadableEvidence(says._tag)
    }
  }
  const digest =
    reception.content === undefined
      ? sha256(reception.channel, reception.attemptId ?? reception.reference ?? "", text, action ?? "", String(index))
      : sha256(reception.channel, reception.instance, reception.content, String(index))
  return {
    id: newId("obs", reception.observedAt),
    attemptId: reception.attemptId,
    paymentId: reception.paymentId,
    instance: reception.instance,
    reference: reception.reference,
    channel: reception.channel,
    trust: observed.trust,
    content: text,
    digest,
    observedAt: reception.observedAt,
    evidence:
      action === undefined
        ? raw
        : new TextEncoder().encode(
            encodeSealed({ action, ...(raw === undefined ? {} : { raw: Buffer.from(raw).toString("base64") }) })
          )
  }
}

/** The action that an `action_needed` row's evidence holds. */
export const sealedAction = (evidence: Uint8Array): string => decodeSealed(new TextDecoder().decode(evidence)).action

export type Entry = LedgerEntry & { readonly row: ObservationRow }

export const toEntry = (row: ObservationRow): Entry => {
  const content = decodeContent(row.content)
  return {
    // Rows are written by this module from these closed sets; the store's constraints hold them.
    channel: row.channel as Channel,
    trust: row.trust,
    says: content.says,
    at: content.at,
    hasProviderTime: content.hasProviderTime,
    observedAt: row.observedAt,
    digest: row.digest,
    operation: content.operation,
    providerCode: content.providerCode,
    decline: content.decline,
    paidVia: content.paidVia,
    contractDrift: content.contractDrift,
    row
  }
}

/** For callers: the observation without its sealed parts. */
export const toObservation = (row: ObservationRow): Observation => {
  const { at, ...content } = decodeContent(row.content)
  return new Observation({
    ...content,
    id: row.id,
    attemptId: row.attemptId ?? "",
    // see toEntry
    channel: row.channel as Channel,
    trust: row.trust,
    at: DateTime.makeUnsafe(at),
    observedAt: DateTime.makeUnsafe(row.observedAt),
    digest: row.digest
  })
}
