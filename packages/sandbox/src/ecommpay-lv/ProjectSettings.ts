import { largestAmount } from "./Banks.ts"
import { defaultConsentText } from "./clarification/consentText.ts"

/** What the platform's support would set up with a merchant, and every assumption that can be switched. */
export interface ProjectSettings {
  /** Where callbacks go when the payment names no address; empty: nowhere. */
  readonly callbackUrl: string
  /** Where payers of Gate go when the payment names no address; empty: a page of the platform. */
  readonly returnUrl: string
  readonly payee: string
  readonly iban: string
  /** Whether the arrival of money is confirmed, and what becomes of a payment whose money did not arrive. */
  readonly confirmation: "off" | "decline" | "reversal"
  /** ISO duration after which money that did not arrive counts as missing. */
  readonly confirmationDelay: string
  readonly consentRequired: boolean
  readonly consentText: string
  /** What becomes of a payment whose payer refuses consent on Payment Page: nothing before its time is over, or a decline. */
  readonly consentRefusal: "waits" | "declines"
  /** Whether first and last name are asked for when the request has none. */
  readonly namesRequired: boolean
  /** Ids of the banks whose payers give their IBAN before they are sent there. */
  readonly ibanBanks: ReadonlyArray<number>
  /** Ids of the banks behind whose provider consent is needed, where `consentRequired` does not ask for it everywhere. */
  readonly consentBanks: ReadonlyArray<number>
  /** Ids of the banks behind whose provider payers are sent by redirect variant 1, whatever `redirectVariant` says. */
  readonly widgetBanks: ReadonlyArray<number>
  /** ISO duration for which the platform waits for consent and data; every answer begins it anew. */
  readonly clarificationTime: string
  readonly redirectVariant: 1 | 2
  /** Attempts that a payer has on Payment Page; 1: a refusal ends the payment. */
  readonly pageAttempts: number
  /** ISO duration after the first refusal in which they may be made. */
  readonly pageAttemptsTime: string
  readonly redirectMethod: "GET" | "POST"
  readonly callbackFormat: CallbackFormat
  /** Addresses that may call Gate; empty: any. */
  readonly ipWhitelist: ReadonlyArray<string>
  /** How errors found after the signature check reach the merchant (not an accepted id: see `duplicateError`). */
  readonly semanticErrors: "callback" | "answer"
  readonly duplicateError: "answer" | "callback"
  readonly duplicateCode: "3041" | "3613"
  /** What becomes of a payment id with a blank at its beginning or end. */
  readonly paymentIdBlanks: "refuse" | "trim"
  readonly isAcceptanceSigned: boolean
  /** ISO duration after registration before which the status query knows nothing. */
  readonly statusAfter: string
  /** ISO duration between a Gate answer and what follows from it. */
  readonly processingDelay: string
  /** ISO duration after which a payment without best_before that waits for its payer is declined. */
  readonly abandonedAfter: string
  /** Which callbacks announce `awaiting confirmation`. */
  readonly confirmationNotices: "both" | "sale" | "confirmation"
  /** The payment's status in the notice between a failed confirmation and `reversed`. */
  readonly reversalNoticeStatus: "processing" | "awaiting confirmation"
  readonly bankListEnvelope: "array" | "object"
  /** How the limits in the list of banks are called. */
  readonly bankLimitNames: "blank" | "camel" | "snake"
  /** ASSUMPTION(ecommpay-lv#1): the documents say that limits depend on the bank, and not which. Minor units. */
  readonly bankLimitMinor: number
  /** Limits of single banks, by their ids, instead of `bankLimitMinor`. Minor units. */
  readonly bankLimits: Readonly<Record<string, number>>
  readonly payouts: PayoutSettings
  /** What is left for payouts, minor units: each payout takes from it. Purchases do not fill it. */
  readonly balanceMinor: number
  /** How Data API writes ids and amounts; its documentation shows both. */
  readonly dataApiNumbers: "numbers" | "texts"
}

/** Payouts by SEPA (`/v2/payment/bank-transfer/sepa/payout`). */
export interface PayoutSettings {
  /** ASSUMPTION(ecommpay-lv#3): the path is known only from a sister brand's documentation. */
  readonly path: string
  /** Members of `customer` without which a payout is refused. */
  readonly customerFields: ReadonlyArray<string>
  /** What the payee's bank says about name and account: `mismatch` declines with 20451, `unavailable` with 20450. */
  readonly verification: "match" | "mismatch" | "unavailable"
  /** ISO duration for which a definite answer of that kind is kept for the same customer, account and name. */
  readonly verificationKept: string
  /** The code of a payout that the balance does not cover. */
  readonly lowBalanceCode: "3028" | "504" | "20504"
  /** ISO duration between the beginning of a payout and its success. */
  readonly duration: string
  /** Further attempts, one hour apart, after a low balance or an unavailable verification; 0: retries are not enabled. */
  readonly retries: number
}

export interface CallbackFormat {
  /** Adds optional members holding null. */
  readonly nulls: boolean
  /** Adds a list of twelve items, where natural and byte order differ. */
  readonly longLists: boolean
  /** How an empty object is written; PHP writes it as a list. */
  readonly emptyObjects: "list" | "object"
  /** How `errors[].code` is written; Gate's schema and its examples differ. */
  readonly errorCodes: "texts" | "numbers"
  readonly redirectKey: "redirect_data" | "redirect" | "redirectData"
  /** Members of callbacks that are left out, dotted for inner ones. */
  readonly omit: ReadonlyArray<string>
  /** Adds members to callbacks that no document names. */
  readonly extraMembers: boolean
  /** Where callbacks hold their signature: at the top level, or in `general`. */
  readonly signatureIn: "root" | "general"
}

export const defaultSettings: ProjectSettings = {
  callbackUrl: "",
  returnUrl: "",
  payee: "Paraugu pašvaldība",
  // The published example of a Latvian IBAN; no such account exists.
  iban: "LV80BANK0000435195001",
  confirmation: "off",
  confirmationDelay: "P7D",
  consentRequired: false,
  consentText: defaultConsentText,
  consentRefusal: "waits",
  namesRequired: false,
  ibanBanks: [],
  consentBanks: [],
  widgetBanks: [],
  clarificationTime: "PT30M",
  redirectVariant: 2,
  pageAttempts: 1,
  pageAttemptsTime: "PT10M",
  redirectMethod: "GET",
  callbackFormat: {
    nulls: false,
    longLists: false,
    emptyObjects: "list",
    errorCodes: "texts",
    redirectKey: "redirect_data",
    omit: [],
    extraMembers: false,
    signatureIn: "root"
  },
  ipWhitelist: [],
  semanticErrors: "callback",
  duplicateError: "answer",
  duplicateCode: "3041",
  paymentIdBlanks: "refuse",
  isAcceptanceSigned: false,
  statusAfter: "PT10S",
  processingDelay: "PT0.1S",
  abandonedAfter: "P1D",
  confirmationNotices: "both",
  reversalNoticeStatus: "processing",
  bankListEnvelope: "array",
  bankLimitNames: "blank",
  bankLimitMinor: Number(largestAmount),
  bankLimits: {},
  payouts: {
    path: "/v2/payment/bank-transfer/sepa/payout",
    customerFields: ["id", "ip_address", "first_name", "last_name", "email", "address", "city", "zip"],
    verification: "match",
    verificationKept: "P10D",
    lowBalanceCode: "3028",
    duration: "PT5S",
    retries: 0
  },
  balanceMinor: 10_000_000,
  dataApiNumbers: "numbers"
}
