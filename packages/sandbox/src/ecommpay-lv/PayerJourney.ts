import type { BankResult } from "../kernel/BankDesk.ts"
import type { World } from "../kernel/World.ts"
import { findBank } from "./Banks.ts"
import type { Lifecycle } from "./Lifecycle.ts"
import type { PaymentRecord } from "./PaymentRecord.ts"
import { isOpen, type PaymentStatus } from "./Statuses.ts"

/** How a payment looks to its payer. */
export type PayerOutcome = "success" | "decline" | "open"

const wentWell: ReadonlySet<PaymentStatus> = new Set(["success", "awaiting confirmation", "external processing"])

export const payerOutcome = (status: PaymentStatus): PayerOutcome => {
  if (wentWell.has(status)) return "success"
  return isOpen(status) ? "open" : "decline"
}

/** Takes payers to the bank and back, from whichever channel they came. */
export interface PayerJourney {
  /** The bank's page for this payment; the same one until the payer left it. */
  bankUrl(record: PaymentRecord): string
  /** Where the payer goes now that the payment is what it is. */
  returnUrl(record: PaymentRecord): string
  /** The token of a page of ours for payers without a merchant's address. */
  pageOf(record: PaymentRecord): string
  findByPage(token: string): PaymentRecord | undefined
  clear(): void
}

export const createPayerJourney = (world: World, lifecycle: Lifecycle): PayerJourney => {
  let visits = new WeakMap<PaymentRecord, string>()
  const pages = new Map<string, PaymentRecord>()
  let tokens = new WeakMap<PaymentRecord, string>()

  const pageOf = (record: PaymentRecord): string => {
    const known = tokens.get(record)
    if (known !== undefined) return known
    const token = world.random.hex(32)
    tokens.set(record, token)
    pages.set(token, record)
    return token
  }

  const returnUrl = (record: PaymentRecord): string => {
    const own = `${world.base.pages}/payment/result/${pageOf(record)}`
    // Payment Page shows the result itself; Gate sends payers straight to the merchant.
    if (record.request.channel === "payment_page") return own
    const { decline, return: back, success } = record.request.returnUrls
    const projectUrl = lifecycle.settingsOf(record).returnUrl
    const fallback = back ?? (projectUrl === "" ? own : projectUrl)
    // The provider's widget knows one address.
    if (record.widgetToken !== undefined) return fallback
    const outcome = payerOutcome(record.status)
    if (outcome === "success") return success ?? fallback
    return outcome === "decline" ? (decline ?? fallback) : fallback
  }

  const decided = async (record: PaymentRecord, result: BankResult): Promise<string> => {
    visits.delete(record)
    if (result === "confirm") await lifecycle.bankConfirmed(record)
    if (result === "refuse") await lifecycle.bankRefused(record)
    return returnUrl(record)
  }

  return {
    returnUrl,
    pageOf,
    findByPage: (token) => pages.get(token),
    bankUrl: (record) => {
      const open = visits.get(record)
      if (open !== undefined) return open
      const { payee, iban } = lifecycle.settingsOf(record)
      const bank = findBank(record.bankId)
      const url = world.bank.open({
        simulator: "ecommpay",
        paymentId: record.request.paymentId,
        payee,
        iban,
        amountMinor: record.request.amountMinor,
        currency: record.request.currency,
        purpose: record.request.description || record.request.paymentId,
        language: record.request.language,
        ...(bank === undefined ? {} : { bankName: bank.name }),
        onResult: (result) => decided(record, result)
      })
      visits.set(record, url)
      return url
    },
    clear: () => {
      visits = new WeakMap()
      tokens = new WeakMap()
      pages.clear()
    }
  }
}
