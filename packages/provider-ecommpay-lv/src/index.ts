export { type EcommpayLv, ecommpayLv } from "./EcommpayLv.ts"
export { findResultCode, type Handling, type ResultCode } from "./internal/codes.ts"
export { manifest } from "./manifest.ts"
export type { BankDisplay, PageButton, PageOptions, RedirectMode } from "./page.ts"
export type { PageAddressCheck, PageBilling, PagePayer } from "./pagePayer.ts"
export type { Cents, PageBooking, PageReceipt, PageReceiptPosition } from "./pagePurchase.ts"
export {
  type EcommpayLvConfig,
  EcommpayLvPaymentOptions,
  type Flow,
  type FundsConfirmation,
  type Secret
} from "./options.ts"
