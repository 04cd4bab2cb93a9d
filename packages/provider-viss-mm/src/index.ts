export { callbackUrl, CallbackUrlRefused } from "./callbackUrl.ts"
export {
  manifest,
  type PaymentApiManifest,
  paymentApiManifest,
  portalAsyncManifest,
  type PortalManifest
} from "./manifest.ts"
export type { StatusOperation } from "./internal/wire.ts"
export type { VissMmPaymentApi } from "./internal/payment-api/provider.ts"
export type { VissMmPortal } from "./internal/portal/provider.ts"
export { askPositions, type AskedPosition } from "./positions.ts"
export type {
  CommonConfig,
  PaymentApiStatusOperation,
  PfasConfig,
  PortalMode,
  Presentation,
  Renewable,
  RequestServiceConfig,
  Secret,
  StsConfig,
  VissMmCertificate,
  VissMmConfig,
  VissMmCredentials,
  VissMmPaymentApiConfig,
  VissMmPaymentOptions,
  VissMmPortalConfig,
  VissMmToken,
  VissMmWsdl
} from "./options.ts"
export { vissMm } from "./VissMm.ts"
export type { VissMm } from "./internal/x509/provider.ts"
