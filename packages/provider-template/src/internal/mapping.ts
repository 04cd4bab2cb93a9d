// The provider's words as claims: pure, total, and by one table (document, 3.2).
import type { Claim, Observed } from "@maksa/core"
import { toNextAction } from "./actions.ts"
import { toMoney, type WirePayment } from "./wire.ts"

/** A claim, and the provider's operation that its money belongs to. */
interface Told {
  readonly says: Claim
  readonly operation?: string
}

/** Provider words go into ledgers and alarms: only short printable ASCII. */
export const printable = (text: string): string => (/^[\x20-\x7e]{1,64}$/.test(text) ? text : "an unprintable word")

const unknown = (word: string): ReadonlyArray<Told> => [{ says: { _tag: "unknown_word", word: printable(word) } }]
const only = (says: Claim): ReadonlyArray<Told> => [{ says }]

const returned = ({ returns }: WirePayment): ReadonlyArray<Told> =>
  returns.map(({ amount, id }) => ({ says: { _tag: "undone", amount: toMoney(amount) }, operation: id }))

/** Where the provider set the price, nobody else can tell whether what was charged is what was due. */
const isDue = ({ charges, priced_by, total }: WirePayment): boolean =>
  priced_by === "merchant" ||
  (charges.every(({ amount }) => amount.currency === total.currency) &&
    charges.reduce((sum, { amount }) => sum + BigInt(amount.value), 0n) >= BigInt(total.value))

const received = (payment: WirePayment): ReadonlyArray<Told> => {
  if (payment.charges.length === 0) return unknown("paid without a charge")
  if (!isDue(payment)) return unknown("paid another sum than its price")
  return payment.charges.map(({ amount, id }) => ({
    says: { _tag: "received", amount: toMoney(amount) },
    operation: id
  }))
}

const awaiting = ({ action }: WirePayment, pages: string): ReadonlyArray<Told> => {
  if (action === undefined) return only({ _tag: "working", actionStands: true })
  const next = toNextAction(action, pages)
  return next === undefined ? unknown("a page in another place") : only({ _tag: "action_needed", action: next })
}

/** Every status that the document knows. */
export const statuses: Readonly<Record<string, (payment: WirePayment, pages: string) => ReadonlyArray<Told>>> = {
  awaiting_payer: awaiting,
  processing: () => only({ _tag: "working" }),
  promised: ({ promised }) =>
    promised === undefined ? unknown("promised without a sum") : only({ _tag: "promised", amount: toMoney(promised) }),
  // A part may have gone back while the rest is there.
  paid: (payment) => [...received(payment), ...returned(payment)],
  refused: () => only({ _tag: "refused" }),
  lapsed: () => only({ _tag: "lapsed" }),
  cancelled: () => only({ _tag: "withdrawn" }),
  // Of a promise that was taken back nothing is returned.
  returned: (payment) => (payment.returns.length === 0 ? only({ _tag: "undone" }) : returned(payment))
}

/** Reads a payment of ours; `pages` is the origin to which payers may be sent. */
export const observe = (payment: WirePayment, pages: string, evidence?: Uint8Array): ReadonlyArray<Observed> => {
  const tell = Object.hasOwn(statuses, payment.status) ? statuses[payment.status] : undefined
  const time = Date.parse(payment.updated_at)
  const facts = {
    trust: "proven",
    providerReference: payment.number,
    ...(Number.isNaN(time) ? { contractDrift: true } : { providerTime: time }),
    ...(payment.code === undefined ? {} : { providerCode: printable(payment.code) }),
    ...(payment.bank === undefined ? {} : { paidVia: printable(payment.bank) }),
    ...(evidence === undefined ? {} : { evidence })
  } as const
  return (tell?.(payment, pages) ?? unknown(payment.status)).map((told) => ({ ...told, ...facts }))
}
