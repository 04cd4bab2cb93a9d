import type { Money, Payment } from "@maksa/core"

/** What was asked, or, where the provider prices it, what was received; `undefined` while nobody has said. */
export const sumOf = (payment: Payment): Money | undefined => payment.amount ?? payment.state.money.received
