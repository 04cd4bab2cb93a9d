import { findBank } from "../Banks.ts"
import type { PaymentRecord } from "../PaymentRecord.ts"

/** Addresses that the body names. */
export interface WidgetAddresses {
  readonly pages: string
  /** The project's, for merchants who give none; may be empty. */
  readonly returnUrl: string
  /** `redirect_data.url`. */
  readonly redirectUrl: string
}

/** `redirect_data.body` of variant 1; the host ends in a slash as in the published example. */
export const widgetBody = (record: PaymentRecord, addresses: WidgetAddresses): Readonly<Record<string, string>> => {
  const { pages, redirectUrl, returnUrl } = addresses
  const bank = findBank(record.bankId)
  return {
    widget_url: `${pages}/widget.js`,
    widget_host: `${pages}/`,
    token: record.widgetToken ?? "",
    other: "off",
    ...(bank === undefined ? {} : { creditor: bank.bic }),
    default_country: "LV",
    // Where the payer's browser goes afterwards; not an address for notices.
    callback_url: record.request.returnUrls.return ?? (returnUrl === "" ? redirectUrl : returnUrl)
  }
}
