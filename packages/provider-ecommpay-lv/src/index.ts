export { type EcommpayLv, ecommpayLv, manifest } from "./EcommpayLv.ts"
export { findResultCode, type Handling, type ResultCode } from "./internal/codes.ts"
export {
  type EcommpayLvConfig,
  EcommpayLvPaymentOptions,
  type Flow,
  type FundsConfirmation,
  type Secret
} from "./options.ts"
