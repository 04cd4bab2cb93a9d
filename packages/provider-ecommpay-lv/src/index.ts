export { askBalance, type Balance } from "./balance.ts"
export { type EcommpayLv, type EcommpayLvWithList, ecommpayLv } from "./EcommpayLv.ts"
export { findResultCode, type Handling, type ResultCode } from "./internal/codes.ts"
export type { AskedOperation, AskedRequest, RequestProblem, ToldResult } from "./internal/requestStatus.ts"
export { type ListingManifest, listingManifest, manifest } from "./manifest.ts"
export type { BankDisplay, PageButton, PageOptions, RedirectMode } from "./page.ts"
export type { PageAddressCheck, PageBilling, PagePayer } from "./pagePayer.ts"
export type { Cents, PageBooking, PageReceipt, PageReceiptPosition } from "./pagePurchase.ts"
export { askRequest } from "./request.ts"
export {
  type DataApiCredentials,
  type EcommpayLvConfig,
  EcommpayLvPaymentOptions,
  type Flow,
  type FundsConfirmation,
  type Secret
} from "./options.ts"
