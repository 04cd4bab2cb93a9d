// The one table from what ecommpay says about a payment to what that means.
/** What a payment status comes to for a purchase. `open`: whether the payer has acted is not told. */
export type PurchaseKind =
  | "open"
  | "working"
  | "redirect"
  | "question"
  | "promised"
  | "received"
  | "refused"
  | "failed_checks"
  | "lapsed"
  | "withdrawn"
  | "undone"
  | "undone_partly"
  | "trouble"
  | "unknown"

/**
 * What it comes to for a payout. Only the ends that are documented for payouts are ends: whoever takes another word for one
 * pays the same money out twice.
 */
export type PayoutKind = "working" | "done" | "refused" | "reversed" | "trouble" | "unknown"

/**
 * Every status that is documented or in the official plugins, for a payment of type `purchase` and of type `payout`. What is
 * said about a payment of any other type is not about our money.
 *
 * `trouble`: the platform or the bank broke. Nothing is known of the money, so the status query has to tell.
 */
export const paymentStatuses = {
  error: ["failed_checks", "refused"],
  processing: ["open", "working"],
  "awaiting redirect result": ["redirect", "working"],
  "awaiting customer action": ["open", "working"],
  "awaiting customer": ["open", "working"],
  "awaiting clarification": ["question", "working"],
  "awaiting confirmation": ["promised", "working"],
  "external processing": ["working", "working"],
  "awaiting 3ds result": ["open", "working"],
  "awaiting merchant auth": ["working", "working"],
  "awaiting capture": ["working", "working"],
  "awaiting approval": ["working", "working"],
  "awaiting clarify data": ["open", "working"],
  "awaiting clearing": ["working", "working"],
  "awaiting partially clearing": ["working", "working"],
  "clearing processing": ["working", "working"],
  "scheduled recurring processing": ["working", "working"],
  "awaiting retry": ["working", "working"],
  "awaiting finalization": ["working", "working"],
  "invoice sent": ["open", "unknown"],
  "awaiting payment": ["open", "working"],
  success: ["received", "done"],
  decline: ["refused", "refused"],
  reversed: ["undone", "reversed"],
  refunded: ["undone", "unknown"],
  "partially reversed": ["undone_partly", "unknown"],
  "partially refunded": ["undone_partly", "unknown"],
  canceled: ["withdrawn", "unknown"],
  cancelled: ["withdrawn", "unknown"],
  "invoice cancelled": ["withdrawn", "unknown"],
  expired: ["lapsed", "unknown"],
  "internal error": ["trouble", "trouble"],
  "external error": ["trouble", "trouble"],
  "partially paid": ["unknown", "unknown"],
  "partially paid out": ["unknown", "unknown"],
  "decline renewal": ["unknown", "unknown"]
} as const satisfies Record<string, readonly [purchase: PurchaseKind, payout: PayoutKind]>

const isKnown = (status: string): status is keyof typeof paymentStatuses => Object.hasOwn(paymentStatuses, status)

export const purchaseKind = (status: string): PurchaseKind => (isKnown(status) ? paymentStatuses[status][0] : "unknown")

export const payoutKind = (status: string): PayoutKind => (isKnown(status) ? paymentStatuses[status][1] : "unknown")
