import { makeConfigurationReader } from "@maksa/core"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

import { at, commonExpectations, commonFields, type CommonSettings, type Read, readCommon } from "../configuration.ts"
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

const reader = makeConfigurationReader(
  "viss-mm",
  Schema.Struct({
    ...commonFields,
    endpoints: Schema.Struct({ paymentRequestService: Schema.Unknown, invoices: Schema.Unknown }),
    wsdl: Schema.optional(Schema.Unknown),
    statusOperation: Schema.optional(Schema.Literals(statusOperations))
  }),
  {
    ...commonExpectations,
    endpoints: "give paymentRequestService and invoices as https addresses",
    wsdl: "give one of { file }, { url } and { text }",
    statusOperation: `give one of ${statusOperations.join(", ")}`
  }
)

/** Checks the configuration and names the first field that is wrong. */
export const readX509Config = (config: VissMmConfig): Read<X509Settings> =>
  Result.gen(function* () {
    const { endpoints, statusOperation, ...read } = yield* reader.read(config)
    const { credentials, wsdl } = config
    return {
      ...(yield* readCommon(read)),
      credentials: yield* readCredentialsSource(credentials),
      paymentRequestService: yield* at(
        "endpoints.paymentRequestService",
        readServiceUrl(endpoints.paymentRequestService)
      ),
      invoices: yield* at("endpoints.invoices", readServiceUrl(endpoints.invoices, "folder")),
      statusOperation,
      wsdl: wsdl === undefined ? undefined : yield* at("wsdl", readWsdlSource(wsdl))
    }
  })
