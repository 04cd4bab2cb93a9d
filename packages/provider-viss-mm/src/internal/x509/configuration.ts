import * as Result from "effect/Result"

import { at, type CommonSettings, type ConfigProblem, oneOf, readCommon } from "../configuration.ts"
import { readServiceUrl, readWsdlSource } from "../configurationFields.ts"
import { type CredentialsSource, readCredentialsSource } from "../credentials/credentialsSource.ts"
import { type StatusOperation, statusOperations } from "../wire.ts"
import type { VissMmConfig } from "../../options.ts"

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
