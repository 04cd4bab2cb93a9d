// What providers say of repayments, on the one write path of evidence: a row of the ledger whose subject is the repayment.
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { isRepaymentId } from "../../Ids.ts"
import type { RepaymentEntry } from "../../lifecycle/foldRepayment.ts"
import { money } from "../../Money.ts"
import { MalformedResponse, type Operation, type PaymentError } from "../../PaymentError.ts"
import { RepaymentClaim, type RepaymentObserved } from "../../Repayment.ts"
import type { ObservationRow, StoreTransaction } from "../../Store.ts"
import { clockLeewayMillis, type Reception, requireTime, sha256 } from "../ledger.ts"
import { failWith, type Runtime, transact } from "../Runtime.ts"

const Content = Schema.Struct({
  at: Schema.Number,
  saysOfRepayment: Schema.toCodecJson(RepaymentClaim),
  providerCode: Schema.optionalKey(Schema.String)
})
const contentJson = Schema.fromJsonString(Content)
const encodeContent = Schema.encodeSync(contentJson)
const decodeContent = Schema.decodeUnknownSync(contentJson)

/** True for evidence about a repayment, which no fold of a purchase reads. */
export const isAboutRepayment = (row: Pick<ObservationRow, "attemptId">): boolean => isRepaymentId(row.attemptId)

export const toRepaymentEntry = (row: ObservationRow): RepaymentEntry => {
  const { at, providerCode, saysOfRepayment } = decodeContent(row.content)
  return { says: saysOfRepayment, at, digest: row.digest, providerCode }
}

const plain = (says: RepaymentClaim): RepaymentClaim =>
  // A sum of another copy of this package, or of plain data, is read like ours.
  says._tag === "done" && says.amount !== undefined
    ? { ...says, amount: money(says.amount.minorUnits, says.amount.currency) }
    : says

const toRow = (runtime: Runtime, observed: RepaymentObserved, reception: Reception, index: number): ObservationRow => {
  const { observedAt } = reception
  const claimedAt = requireTime(observed.providerTime ?? reception.askedAt ?? observedAt)
  // No fact is younger than its news.
  const at = claimedAt > observedAt + clockLeewayMillis ? observedAt : claimedAt
  const content = encodeContent({
    at,
    saysOfRepayment: plain(observed.says),
    ...(observed.providerCode === undefined ? {} : { providerCode: observed.providerCode })
  })
  const subject = reception.attemptId ?? reception.reference ?? ""
  return {
    id: runtime.newId("obs", observedAt),
    attemptId: reception.attemptId,
    paymentId: reception.paymentId,
    instance: reception.instance,
    reference: reception.reference,
    channel: reception.channel,
    trust: observed.trust,
    content,
    digest:
      reception.content === undefined
        ? sha256(reception.channel, subject, content, String(index))
        : sha256(reception.channel, reception.instance, reception.content, String(index)),
    observedAt,
    evidence: reception.raw ?? observed.evidence
  }
}

/** Rows of evidence about repayments, or the error that the adapter gave what core cannot read back. */
export const toRepaymentRows = (
  runtime: Runtime,
  operation: Operation,
  observed: ReadonlyArray<RepaymentObserved>,
  reception: Reception
): Effect.Effect<ReadonlyArray<ObservationRow>, PaymentError> =>
  Effect.try({
    try: () => observed.map((one, index) => toRow(runtime, one, reception, index)),
    catch: () =>
      failWith(
        operation,
        new MalformedResponse({
          message: "The adapter gave evidence about a repayment that core cannot read; nothing of it was stored."
        }),
        { instance: reception.instance }
      )
  })

/** Commits what a reply or a query said; answers the rows that are new. */
export const recordWords = Effect.fnUntraced(function* (
  runtime: Runtime,
  operation: Operation,
  observed: ReadonlyArray<RepaymentObserved>,
  reception: Reception
): Effect.fn.Return<ReadonlyArray<ObservationRow>, PaymentError> {
  const rows = yield* toRepaymentRows(runtime, operation, observed, reception)
  return yield* transact(runtime, operation, async (tx: StoreTransaction) => {
    const added: Array<ObservationRow> = []
    for (const row of rows) if (await tx.insertObservation(row)) added.push(row)
    return added
  })
})
