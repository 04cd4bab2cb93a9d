export { callbackUrl, CallbackUrlRefused } from "./callbackUrl.ts"
export type { CommonConfig, Secret, VissMmCredentials } from "./config.ts"
export {
  manifest,
  type PaymentApiManifest,
  paymentApiManifest,
  portalAsyncManifest,
  type PortalManifest
} from "./manifest.ts"
export type { Presentation, VissMmPaymentOptions } from "./options.ts"
export type { StatusOperation } from "./internal/wire.ts"
export type {
  PaymentApiStatusOperation,
  VissMmCertificate,
  VissMmPaymentApiConfig,
  VissMmToken
} from "./payment-api/config.ts"
export type { VissMmPaymentApi } from "./payment-api/provider.ts"
export type { PortalMode, RequestServiceConfig, VissMmPortalConfig } from "./portal/config.ts"
export type { VissMmPortal } from "./portal/provider.ts"
export { askPositions, type AskedPosition } from "./positions.ts"
export type { PfasConfig, StsConfig } from "./sts/settings.ts"
export { vissMm } from "./VissMm.ts"
export type { VissMmConfig, VissMmWsdl } from "./x509/config.ts"
export type { VissMm } from "./x509/provider.ts"
