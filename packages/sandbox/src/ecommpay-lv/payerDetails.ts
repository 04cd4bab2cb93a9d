import type { World } from "../kernel/World.ts"
import type { Clarification, Supplied } from "./clarification/Clarification.ts"
import { codes } from "./Codes.ts"
import { detailsPage } from "./detailsHtml.ts"
import type { Lifecycle } from "./Lifecycle.ts"
import { recordHead } from "./pageHtml.ts"
import { withPaymentId } from "./PageSession.ts"
import { payerOutcome, type PayerJourney } from "./PayerJourney.ts"
import type { PaymentRecord } from "./PaymentRecord.ts"

/** Consent and missing data on Payment Page, where the payer gives them to the platform directly. */
export interface PayerDetails {
  /** Where the payer of a registered payment goes now: to the questions, to the bank, or to the result. */
  nextUrl(record: PaymentRecord): string
  /** The page with the questions; `undefined` when nothing is asked. */
  page(record: PaymentRecord): string | undefined
  /** Answers where the payer goes next. */
  supply(record: PaymentRecord, supplied: Supplied): Promise<string>
  /** Where a payer goes who gives up here. */
  leaveUrl(record: PaymentRecord): string
  /** The payer does not consent and goes back to the merchant. */
  refuse(record: PaymentRecord): Promise<string>
}

export const createPayerDetails = (parts: {
  readonly world: World
  readonly lifecycle: Lifecycle
  readonly clarification: Clarification
  readonly journey: PayerJourney
}): PayerDetails => {
  const { clarification, journey, lifecycle, world } = parts

  const nextUrl = (record: PaymentRecord): string => {
    if (record.status === "awaiting clarification")
      return `${world.base.pages}/payment/details/${journey.pageOf(record)}`
    if (record.status === "awaiting customer") return `${world.base.pages}/payment/again/${journey.pageOf(record)}`
    return payerOutcome(record.status) === "open" ? journey.bankUrl(record) : journey.returnUrl(record)
  }

  const leaveUrl = (record: PaymentRecord): string => {
    const { paymentId, returnUrls } = record.request
    return returnUrls.return === undefined ? journey.returnUrl(record) : withPaymentId(returnUrls.return, paymentId)
  }

  return {
    nextUrl,
    leaveUrl,
    page: (record) =>
      record.status === "awaiting clarification" && record.clarification !== undefined
        ? detailsPage(recordHead(record), record.clarification, {
            action: `/payment/details/${journey.pageOf(record)}`,
            back: record.request.returnUrls.return === undefined ? undefined : { url: leaveUrl(record) }
          })
        : undefined,
    supply: async (record, supplied) => {
      // The page shows the text itself, so that what is agreed to is what was shown.
      const psuConsentText = record.clarification?.consentText
      await clarification.supply(record, supplied.psuConsent === undefined ? supplied : { ...supplied, psuConsentText })
      return nextUrl(record)
    },
    refuse: async (record) => {
      if (lifecycle.settingsOf(record).consentRefusal === "declines") {
        await lifecycle.decline(record, codes.canceledByOwner)
      }
      return leaveUrl(record)
    }
  }
}
