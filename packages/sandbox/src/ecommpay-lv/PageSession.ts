import type { PaymentRequest, ReturnUrls } from "./PaymentRecord.ts"
import type { BankChoice } from "./bankChoice.ts"
import type { PageParameters } from "./pageParameters.ts"

export type PageLanguage = PaymentRequest["language"]

/** A Payment Page that a payer opened. Nothing is registered at the platform before a bank is confirmed on it. */
export interface PageSession {
  readonly token: string
  readonly projectId: number
  readonly paymentId: string
  readonly parameters: PageParameters
  readonly openedAt: number
  readonly bestBefore: number | undefined
  readonly choice: BankChoice
  readonly language: PageLanguage
}

/** `language_code` first, then the browser's wish, then English; unknown codes mean English. */
export const pageLanguage = (code: string | undefined, acceptLanguage: string | undefined): PageLanguage => {
  const asked = code ?? acceptLanguage?.split(",")[0] ?? "en"
  const language = asked.trim().slice(0, 2).toLowerCase()
  return language === "lv" || language === "ru" ? language : "en"
}

/** `..._enabled=0` switches an address off. */
const address = (parameters: PageParameters, name: string): string | undefined => {
  const url = parameters[`${name}_url`] ?? ""
  return url === "" || parameters[`${name}_enabled`] === "0" ? undefined : url
}

/** Adds `payment_id` as the last parameter without touching what is there. */
export const withPaymentId = (url: string, paymentId: string): string => {
  const [address = "", fragment] = url.split("#", 2)
  const separator = address.includes("?") ? "&" : "?"
  const query = `${separator}payment_id=${encodeURIComponent(paymentId)}`
  return `${address}${query}${fragment === undefined ? "" : `#${fragment}`}`
}

/** Buttons that lead back to the merchant. */
export const merchantUrls = (parameters: PageParameters): ReturnUrls => {
  const success = address(parameters, "merchant_success")
  const decline = address(parameters, "merchant_fail")
  const back = address(parameters, "merchant_return")
  return {
    ...(success === undefined ? {} : { success }),
    ...(decline === undefined ? {} : { decline }),
    ...(back === undefined ? {} : { return: back })
  }
}

/** A button that leads back to the merchant, and where its page opens. */
export interface MerchantButton {
  readonly url: string
  /** Of HTML; absent: where the button is. */
  readonly target?: "_parent" | "_blank"
}

const targets: Readonly<Record<string, "_parent" | "_blank">> = { parent_page: "_parent", blank_page: "_blank" }

/** The button at an address of `merchant_success_url`, `merchant_fail_url` or `merchant_return_url`, as its mode has it open. */
export const merchantButton = (
  parameters: PageParameters,
  name: "merchant_success" | "merchant_fail" | "merchant_return",
  url: string
): MerchantButton => {
  const target = targets[parameters[`${name}_redirect_mode`] ?? ""]
  return { url, ...(target === undefined ? {} : { target }) }
}

/** Addresses to which the page sends the payer by itself. */
export const automaticUrls = (parameters: PageParameters): Omit<ReturnUrls, "return"> => {
  const success = address(parameters, "redirect_success")
  const decline = address(parameters, "redirect_fail")
  return { ...(success === undefined ? {} : { success }), ...(decline === undefined ? {} : { decline }) }
}

/** What the page registers at the platform when the payer confirmed a bank. */
export const requestOf = (session: PageSession, bankId: number): PaymentRequest => {
  const { bestBefore, language, parameters, paymentId, projectId } = session
  const url = parameters["merchant_callback_url"] ?? ""
  const email = parameters["customer_email"] ?? ""
  return {
    type: "purchase",
    projectId,
    paymentId,
    channel: "payment_page",
    amountMinor: BigInt(parameters["payment_amount"] ?? "0"),
    currency: parameters["payment_currency"] ?? "",
    description: parameters["payment_description"] ?? "",
    customerId: parameters["customer_id"] ?? "",
    ...(email === "" ? {} : { customerEmail: email }),
    given: (["first_name", "last_name"] as const).filter(
      (name) => (parameters[`customer_${name}`] ?? "").trim() !== ""
    ),
    bankId,
    ...(bestBefore === undefined ? {} : { bestBefore }),
    language,
    returnUrls: merchantUrls(parameters),
    callback: { ...(url === "" ? {} : { url }), delayMillis: 0, isDisabled: false }
  }
}
