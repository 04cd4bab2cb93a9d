export { callbackUrl, CallbackUrlRefused } from "./callbackUrl.ts"
export type { CommonConfig, Renewable, Secret, VissMmCredentials } from "./internal/configuration.ts"
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
} from "./internal/payment-api/configuration.ts"
export type { VissMmPaymentApi } from "./internal/payment-api/provider.ts"
export type { PortalMode, RequestServiceConfig, VissMmPortalConfig } from "./internal/portal/configuration.ts"
export type { VissMmPortal } from "./internal/portal/provider.ts"
export { askPositions, type AskedPosition } from "./positions.ts"
export type { PfasConfig, StsConfig } from "./internal/sts/configuration.ts"
export { vissMm } from "./VissMm.ts"
export type { VissMmConfig, VissMmWsdl } from "./internal/x509/configuration.ts"
export type { VissMm } from "./internal/x509/provider.ts"
