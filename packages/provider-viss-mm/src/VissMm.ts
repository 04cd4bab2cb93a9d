import { paymentApiProvider, type VissMmPaymentApi } from "./internal/payment-api/provider.ts"
import { portalProvider, type VissMmPortal } from "./internal/portal/provider.ts"
import { type VissMm, x509Provider } from "./internal/x509/provider.ts"
import type { VissMmConfig, VissMmPaymentApiConfig, VissMmPortalConfig } from "./options.ts"

/**
 * Configures VISS MM by one of its services: `service` absent or `"x509"` for SOAP and REST behind a client certificate,
 * `"payment-api"` for the JSON microservice, `"portal"` for services of the portal latvija.lv. Nothing is opened or checked until `make` runs, which fails with
 * `NotConfigured` naming the field, or with `AuthenticationFailed` for a certificate out of its dates.
 *
 * **Gotchas** Over SOAP without `wsdl` the draft of this package is used: fit for the sandbox, but not MM's own.
 */
export function vissMm(config: VissMmPaymentApiConfig): VissMmPaymentApi
export function vissMm(config: VissMmPortalConfig): VissMmPortal
export function vissMm(config: VissMmConfig): VissMm
export function vissMm(
  // Callers without types may give nothing: `make` then says what is missing, as for every other mistake.
  config: VissMmConfig | VissMmPaymentApiConfig | VissMmPortalConfig | undefined
): VissMm | VissMmPaymentApi | VissMmPortal {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- reading it names the first field that is missing
  const given = config ?? ({} as VissMmConfig)
  if (given.service === "payment-api") return paymentApiProvider(given)
  return given.service === "portal" ? portalProvider(given) : x509Provider(given)
}
