import { makeConfigurationReader } from "@maksa/core"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"

import {
  at,
  commonExpectations,
  commonFields,
  type CommonSettings,
  problem,
  type Read,
  readCommon
} from "../configuration.ts"
import { onlyFields, readServiceUrl } from "../configurationFields.ts"
import { type CredentialsSource, readCredentialsSource } from "../credentials/credentialsSource.ts"
import { type PfasSettings, readPfasConfig, readStsConfig, type StsSettings } from "../sts/configuration.ts"
import { paymentDestination, requestServiceName } from "./names.ts"
import type { CommonConfig, PortalMode, RequestServiceConfig, VissMmPortalConfig } from "../../options.ts"

export interface RequestServiceSettings {
  readonly endpoint: URL
  readonly eServiceId: string
  readonly messageType: string
  readonly destination: string
  readonly appliesTo: string
}

/** The configuration, checked as far as it can be without a file, a socket or a key. */
export interface PortalSettings extends CommonSettings {
  readonly mode: PortalMode
  readonly credentials: CredentialsSource
  readonly sts: StsSettings
  readonly pfas: PfasSettings
  readonly requestService: RequestServiceSettings
  readonly documentList: { readonly place: string; readonly url: string | undefined }
}

const readUrn = (field: string, value: unknown, kind: RegExp, example: string): Read<string> =>
  typeof value === "string" && kind.test(value)
    ? Result.succeed(value)
    : problem(field, `must be a URN like ${example}`)

const readRequestService = (given: RequestServiceConfig): Read<RequestServiceSettings> =>
  Result.gen(function* () {
    const field = "requestService"
    const { appliesTo = requestServiceName, destination = paymentDestination, eServiceId, messageType, url } = given
    if (typeof appliesTo !== "string" || appliesTo.trim() === "") {
      return yield* problem(`${field}.appliesTo`, "must be a text")
    }
    return {
      endpoint: yield* at(`${field}.url`, readServiceUrl(url)),
      eServiceId: yield* readUrn(
        `${field}.eServiceId`,
        eServiceId,
        /^URN:IVIS:\d{6}:E[PF][-.]\S+$/i,
        "URN:IVIS:100001:EP-EP00-v1-0"
      ),
      messageType: yield* readUrn(
        `${field}.messageType`,
        messageType,
        /^URN:IVIS:\d{6}:XSD-\S+-TYPE-\w+$/i,
        "URN:IVIS:100001:XSD-...-TYPE-..."
      ),
      destination: yield* readUrn(`${field}.destination`, destination, /^URN:IVIS:\d{6}:ISS-\S+$/i, paymentDestination),
      appliesTo
    }
  })

const readDocumentList = (
  { environment }: CommonConfig,
  given: VissMmPortalConfig["documentList"] = {}
): Read<PortalSettings["documentList"]> => {
  const { place = "latvija.lv", url } = given
  if (typeof place !== "string" || place.trim() === "") return problem("documentList.place", "must be a text")
  const isLink =
    url === undefined ||
    (URL.canParse(url) &&
      (new URL(url).protocol === "https:" || (new URL(url).protocol === "http:" && environment === "sandbox")))
  return isLink ? Result.succeed({ place, url }) : problem("documentList.url", "must be an absolute https URL")
}

const reader = makeConfigurationReader(
  "viss-mm",
  Schema.Struct({
    ...commonFields,
    mode: Schema.Literals(["sync", "async"]),
    sts: onlyFields("url", "keyProof", "samlVersion", "hash"),
    pfas: onlyFields("url", "appliesTo", "wsdl", "port"),
    requestService: onlyFields("url", "eServiceId", "messageType", "destination", "appliesTo"),
    documentList: Schema.optional(onlyFields("place", "url"))
  }),
  {
    ...commonExpectations,
    mode: 'give "sync" or "async"; there is no default',
    sts: "give url, and keyProof, samlVersion and hash where they differ",
    pfas: "give url and appliesTo, and wsdl and port where they are needed",
    requestService: "give url, eServiceId and messageType, and destination and appliesTo where they differ",
    documentList: "give place and url"
  }
)

/** Checks the configuration and names the first field that is wrong. */
export const readPortalConfig = (config: VissMmPortalConfig): Read<PortalSettings> =>
  Result.gen(function* () {
    const { mode, ...read } = yield* reader.read(config)
    return {
      ...(yield* readCommon(read)),
      mode,
      credentials: yield* readCredentialsSource(config.credentials),
      sts: yield* readStsConfig(config.sts),
      pfas: yield* readPfasConfig(config.pfas),
      requestService: yield* readRequestService(config.requestService),
      documentList: yield* readDocumentList(config, config.documentList)
    }
  })
