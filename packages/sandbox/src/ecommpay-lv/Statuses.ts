/**
 * Every payment status known from ecommpay's documentation, its method page and its official WooCommerce plugin.
 * The control API accepts these; words that nobody knows come from the fault `unknown_status`.
 */
export const paymentStatuses = [
  "error",
  "processing",
  "awaiting redirect result",
  "awaiting customer action",
  "awaiting clarification",
  "awaiting confirmation",
  "awaiting customer",
  "external processing",
  "awaiting 3ds result",
  "awaiting merchant auth",
  "awaiting capture",
  "awaiting approval",
  "awaiting clarify data",
  "awaiting clearing",
  "awaiting partially clearing",
  "clearing processing",
  "scheduled recurring processing",
  "awaiting retry",
  "awaiting finalization",
  "invoice sent",
  "awaiting payment",
  "success",
  "decline",
  "reversed",
  "partially reversed",
  "refunded",
  "partially refunded",
  "canceled",
  "expired",
  "internal error",
  "external error",
  "partially paid",
  "partially paid out",
  "invoice cancelled",
  "decline renewal"
] as const

export type PaymentStatus = (typeof paymentStatuses)[number]

export const isPaymentStatus = (text: string): text is PaymentStatus =>
  (paymentStatuses as ReadonlyArray<string>).includes(text) // widened: `includes` asks for a member of the union

/** Of these words an operation `sale` may carry the same status as its payment. */
const saleStatuses: ReadonlySet<PaymentStatus> = new Set([
  "processing",
  "awaiting redirect result",
  "awaiting customer action",
  "awaiting clarification",
  "awaiting customer",
  "awaiting confirmation",
  "awaiting finalization",
  "awaiting 3ds result",
  "awaiting merchant auth",
  "awaiting approval",
  "awaiting payment",
  "external processing",
  "expired",
  "internal error",
  "external error",
  "invoice sent",
  "invoice cancelled"
])

export const isSaleStatus = (status: PaymentStatus): boolean => saleStatuses.has(status)

/** Statuses from which the payer may go to the bank now. */
export const mayGoToBank = (status: PaymentStatus): boolean =>
  status === "processing" || status === "awaiting redirect result" || status === "awaiting customer action"

/** Statuses in which the payer has something to do. */
export const isOpen = (status: PaymentStatus): boolean =>
  mayGoToBank(status) || status === "awaiting clarification" || status === "awaiting customer"

/** Statuses in which a decision is still to come. */
export const isUndecided = (status: PaymentStatus): boolean => isOpen(status) || status === "external processing"

/**
 * What may follow what for this method. The confirmation rows are documented (method page, "Confirmation of crediting");
 * the others follow the platform's status descriptions. `decline` to `success` happens (late money, same section), but
 * only somebody who insists (`"force": true`) gets it.
 */
export const transitions: { readonly [Status in PaymentStatus]?: ReadonlyArray<PaymentStatus> } = {
  processing: [
    "awaiting redirect result",
    "external processing",
    "awaiting confirmation",
    "success",
    "decline",
    "expired"
  ],
  "awaiting redirect result": [
    // By way of another provider (cascading).
    "awaiting redirect result",
    "processing",
    "external processing",
    "awaiting confirmation",
    "success",
    "decline",
    "expired"
  ],
  "awaiting customer": ["processing", "decline", "expired"],
  "awaiting clarification": ["processing", "decline", "expired"],
  "external processing": ["awaiting confirmation", "success", "decline"],
  "awaiting confirmation": ["success", "decline", "reversed"]
}
