// An open page may ask as often as the provider may be asked. What it hears again and again is not kept each time.
import { foldAttempt } from "../lifecycle/fold.ts"
import type { ObservationRow, PaymentRow, StoreTransaction } from "../Store.ts"
import { factsOf } from "./folding.ts"
import { type Entry, sealedAction, toEntry } from "./ledger.ts"
import type { Runtime } from "./Runtime.ts"
import { askedOf } from "./view.ts"

/** A kept repetition vouches for the next ones for this part of the time over which the answer has been the same. */
const trustedPart = 8

interface Answer {
  readonly at: number
  readonly rows: ReadonlyArray<ObservationRow>
}

/** The latest answers to queries, newest first, up to the latest evidence of another kind. A notice that proves nothing is none. */
const latestAnswers = (
  ledger: ReadonlyArray<ObservationRow>,
  entryOf: (row: ObservationRow) => Entry
): ReadonlyArray<Answer> => {
  const answers: Array<{ readonly at: number; readonly rows: Array<ObservationRow> }> = []
  for (const row of ledger.filter((one) => one.trust === "proven").toReversed()) {
    if (row.channel !== "query") break
    const { at } = entryOf(row)
    const last = answers.at(-1)
    if (last?.at === at) last.rows.unshift(row)
    else answers.push({ at, rows: [row] })
  }
  return answers
}

/** What a row says, without its time. */
const sayingOf = async (
  row: ObservationRow,
  evidenceOf: () => Promise<Uint8Array | undefined>
): Promise<string | undefined> => {
  // written by ledger.ts
  const { at: _at, ...content } = JSON.parse(row.content) as { readonly at: number; readonly hasSealedAction?: true }
  if (content.hasSealedAction !== true) return JSON.stringify(content)
  // After an erasure nobody can say whether it is the same action.
  const evidence = await evidenceOf()
  return evidence === undefined ? undefined : JSON.stringify([content, sealedAction(evidence)])
}

const saysSame = async (
  tx: StoreTransaction,
  kept: ReadonlyArray<ObservationRow>,
  rows: ReadonlyArray<ObservationRow>
): Promise<boolean> => {
  if (kept.length !== rows.length) return false
  for (const [index, row] of rows.entries()) {
    const other = kept[index]
    if (other === undefined) return false
    const said = await sayingOf(other, () => tx.evidenceOf(other.id))
    if (said === undefined || said !== (await sayingOf(row, async () => row.evidence))) return false
  }
  return true
}

/** Reads each row at most once, and none that nobody asks for. */
const reader = (): ((row: ObservationRow) => Entry) => {
  const entries = new Map<ObservationRow, Entry>()
  return (row) => {
    const entry = entries.get(row) ?? toEntry(row)
    entries.set(row, entry)
    return entry
  }
}

/** Everything that a fold comes to, but which of two equal rows asked for the action. */
export const foldText = (fold: ReturnType<typeof foldAttempt>): string =>
  JSON.stringify({ ...fold, actionDigest: undefined }, (_key, value: unknown) =>
    typeof value === "bigint" ? value.toString() : value
  )

/**
 * Whether the answer to a query says what the last ones said, changes nothing, and comes so soon after the last kept one
 * that the ledger is no better for it. So an answer that stays the same for `n` seconds is kept some `log n` times.
 */
export const isRepeat = async (
  runtime: Runtime,
  tx: StoreTransaction,
  payment: PaymentRow,
  attemptId: string,
  rows: ReadonlyArray<ObservationRow>,
  now: number
): Promise<boolean> => {
  const attempt = await tx.findAttempt(attemptId)
  const [first] = rows
  if (attempt === undefined || first === undefined) return false
  const ledger = (await tx.observationsOf(payment.id)).filter((row) => row.attemptId === attemptId)
  // Where the clock was set back, the order of arrival tells what was asked after what: nothing may be missing from it.
  if (ledger.some((row) => row.observedAt > now)) return false
  const entryOf = reader()
  const answers = latestAnswers(ledger, entryOf)
  const [last] = answers
  if (last === undefined || !(await saysSame(tx, last.rows, rows))) return false
  let since = last.at
  for (const one of answers) {
    if (!(await saysSame(tx, one.rows, rows))) break
    since = one.at
  }
  if (entryOf(first).at - last.at >= (last.at - since) / trustedPart) return false
  const facts = factsOf(runtime, attempt, askedOf(payment))
  const entries = ledger.map(entryOf)
  return foldText(foldAttempt(facts, entries)) === foldText(foldAttempt(facts, [...entries, ...rows.map(entryOf)]))
}
