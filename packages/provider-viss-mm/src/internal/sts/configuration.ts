import * as Result from "effect/Result"

import { at, oneOf, type Read } from "../configuration.ts"
import type { WsdlPlace } from "../soap/fetchWsdl.ts"
import { readServiceUrl, readWsdlSource } from "../configurationFields.ts"
import type { KeyProof, TokenRequest } from "./issueRequest.ts"
import type { SamlVersion } from "./names.ts"
import type { HashName } from "./sign.ts"
import type { PfasConfig, StsConfig } from "../../options.ts"

export type StsSettings = Omit<TokenRequest, "appliesTo">

export interface PfasSettings {
  readonly endpoint: URL
  readonly appliesTo: string
  readonly wsdl: WsdlPlace | undefined
  readonly port: string | undefined
}

const textOf = (value: unknown): Result.Result<string, string> =>
  typeof value === "string" && value.trim() !== "" ? Result.succeed(value) : Result.fail("must be a text")

/** Checks the configuration of the token service. `field` is its place in the whole. */
export const readStsConfig = (config: StsConfig, field = "sts"): Read<StsSettings> =>
  Result.gen(function* () {
    return {
      endpoint: yield* at(`${field}.url`, readServiceUrl(config?.url)),
      keyProof: yield* oneOf<KeyProof>(`${field}.keyProof`, config.keyProof, ["bearer", "holder_of_key"], "bearer"),
      samlVersion: yield* oneOf<SamlVersion>(`${field}.samlVersion`, config.samlVersion, ["2.0", "1.1"], "2.0"),
      hash: yield* oneOf<HashName>(`${field}.hash`, config.hash, ["sha256", "sha1"], "sha256")
    }
  })

/** Checks the configuration of the protected services. */
export const readPfasConfig = (config: PfasConfig, field = "pfas"): Read<PfasSettings> =>
  Result.gen(function* () {
    const endpoint = yield* at(`${field}.url`, readServiceUrl(config?.url))
    const { port, wsdl } = config
    return {
      endpoint,
      appliesTo: yield* at(`${field}.appliesTo`, textOf(config.appliesTo)),
      wsdl: wsdl === undefined ? undefined : yield* at(`${field}.wsdl`, readWsdlSource(wsdl)),
      port: port === undefined ? undefined : yield* at(`${field}.port`, textOf(port))
    }
  })
