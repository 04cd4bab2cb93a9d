import * as Result from "effect/Result"

import {
  at,
  type CommonConfig,
  type CommonSettings,
  type ConfigProblem,
  oneOf,
  readCommon,
  type Renewable,
  type VissMmCredentials
} from "../configuration.ts"
import { readServiceUrl, readWsdlSource } from "../configurationFields.ts"
import { type CredentialsSource, readCredentialsSource } from "../credentials/credentialsSource.ts"
import { type StatusOperation, statusOperations } from "../wire.ts"

/** Where the service's description comes from: a file, an https address (fetched with the certificate), or its text. */
export type VissMmWsdl = { readonly file: string | URL } | { readonly url: string | URL } | { readonly text: string }

/** SOAP and REST of MM behind the agency's client certificate. */
export interface VissMmConfig extends CommonConfig {
  /** This one where it is absent. */
  readonly service?: "x509"
  readonly credentials: Renewable<VissMmCredentials>
  readonly endpoints: {
    /** Address of `PaymentRequestService.svc`; it goes before the one in the WSDL. */
    readonly paymentRequestService: string | URL
    /** Address of the folder `Invoices/`. */
    readonly invoices: string | URL
  }
  /** Default: the draft that comes with this package. Give the WSDL of your environment: the real one is not public. */
  readonly wsdl?: VissMmWsdl
  /** Default: the first of `CheckPaymentRequestStatusWpt`, `CheckPaymentRequestStatus` and `CheckPaymentStatus` in the WSDL. */
  readonly statusOperation?: StatusOperation
}

/** The configuration, checked as far as it can be without a file, a socket or a key. */
export interface X509Settings extends CommonSettings {
  readonly credentials: CredentialsSource
  readonly paymentRequestService: URL
  readonly invoices: URL
  readonly wsdl: { readonly path: string | URL } | { readonly url: URL } | { readonly text: string } | undefined
  readonly statusOperation: StatusOperation | undefined
}

/** Checks the configuration and names the first field that is wrong. */
export const readX509Config = (config: VissMmConfig): Result.Result<X509Settings, ConfigProblem> =>
  Result.gen(function* () {
    const { endpoints, wsdl } = config
    return {
      ...(yield* readCommon(config)),
      credentials: yield* readCredentialsSource(config.credentials),
      paymentRequestService: yield* at(
        "endpoints.paymentRequestService",
        readServiceUrl(endpoints?.paymentRequestService)
      ),
      invoices: yield* at("endpoints.invoices", readServiceUrl(endpoints?.invoices, "folder")),
      statusOperation: yield* oneOf<StatusOperation | undefined>(
        "statusOperation",
        config.statusOperation,
        statusOperations,
        undefined
      ),
      wsdl: wsdl === undefined ? undefined : yield* at("wsdl", readWsdlSource(wsdl))
    }
  })
