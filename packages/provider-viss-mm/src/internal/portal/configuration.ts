import * as Result from "effect/Result"

import { at, type CommonSettings, type ConfigProblem, oneOf, problem, readCommon } from "../configuration.ts"
import { readServiceUrl } from "../configurationFields.ts"
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

type Read<A> = Result.Result<A, ConfigProblem>

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

/** Checks the configuration and names the first field that is wrong. */
export const readPortalConfig = (config: VissMmPortalConfig): Read<PortalSettings> =>
  Result.gen(function* () {
    const modes = ["sync", "async"] as const
    if (!modes.includes(config.mode)) return yield* problem("mode", "must be sync or async; there is no default")
    if (typeof config.requestService !== "object" || config.requestService === null) {
      return yield* problem("requestService", "give { url, eServiceId, messageType }")
    }
    return {
      ...(yield* readCommon(config)),
      mode: yield* oneOf<PortalMode>("mode", config.mode, modes, "sync"),
      credentials: yield* readCredentialsSource(config.credentials),
      sts: yield* readStsConfig(config.sts),
      pfas: yield* readPfasConfig(config.pfas),
      requestService: yield* readRequestService(config.requestService),
      documentList: yield* readDocumentList(config, config.documentList)
    }
  })
