import type { Connection, TransportResponse } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

import { Trouble } from "../errors.ts"
import { exchangeAs, statusTrouble } from "../exchange.ts"
import { codeLike } from "../soap/fault.ts"
import type { Json, JsonInput } from "./json.ts"
import type { PaymentApiSettings } from "./configuration.ts"
import type { MmCert } from "./mmCert.ts"
import type { Renewing } from "../credentials/renewing.ts"

/** Bytes of an answer about one payment request, which has a few members. */
const maxAnswerBytes = 128 * 1024
/** Bytes of a list: twice what the platform announces as its limit for one message. */
export const maxListBytes = 8 * 1024 * 1024

/** Methods by their paths, relative to the folder `/api/v1/payments/`. */
export type Path = string

/** Sends one body, with `MM_Cert` added; answers the body of HTTP 200, of `maxBytes` at most. Never repeats it. */
export type ApiCall = (
  path: Path,
  body: { readonly [member: string]: JsonInput },
  maxBytes?: number
) => Effect.Effect<Uint8Array, Trouble>

/** Statuses that come from what stands before the service, whatever headers they have. */
const ofOthers: ReadonlySet<number> = new Set([401, 403, 407, 429, 502, 503, 504])

/**
 * What an answer other than 200 comes to. A handled error of MM's own rules has its code in `MM-Error` (guide, chapter on
 * PaymentApi); its text stays behind, because it may name a person's case.
 *
 * ASSUMPTION(viss-mm#20): MM-Error comes with 404 or 500, and never with 200, where it would contradict the answer.
 */
export const troubleOf = (response: TransportResponse): Trouble | undefined => {
  const { headers, status } = response
  const code = headers["mm-error"]?.trim() ?? ""
  if (code === "") return statusTrouble(response)
  if (status === 200) return new Trouble({ situation: "not_understood", detail: "HTTP 200 with MM-Error" })
  const providerCode = codeLike.test(code) ? { providerCode: code } : {}
  const trouble = statusTrouble(response)
  return status >= 400 && !ofOthers.has(status)
    ? new Trouble({ situation: "business_fault", detail: `HTTP ${status}`, ...providerCode })
    : trouble
}

const noToken = (): Trouble => new Trouble({ situation: "token_unavailable" })

const bearer = (token: Redacted.Redacted): Result.Result<{ readonly authorization: string }, Trouble> => {
  const value: unknown = Redacted.value(token)
  return typeof value === "string" && /^[\x21-\x7e]+$/.test(value)
    ? Result.succeed({ authorization: `Bearer ${value}` })
    : Result.fail(noToken())
}

const bodyOf = (response: TransportResponse): Result.Result<Uint8Array, Trouble> => {
  const trouble = troubleOf(response)
  return trouble === undefined ? Result.succeed(response.body) : Result.fail(trouble)
}

/** Makes the caller of the microservice. */
export const makeApiCall = (
  { paymentApi, token }: Pick<PaymentApiSettings, "paymentApi" | "token">,
  connection: Connection,
  mmCert: Renewing<MmCert>,
  json: Json
): ApiCall => {
  const authorization =
    token === undefined
      ? Effect.succeed({})
      : Effect.flatMap(Effect.tryPromise({ try: token, catch: noToken }), (fresh) => Effect.fromResult(bearer(fresh)))
  const urls = new Map<Path, URL>()
  const urlOf = (path: Path): URL => {
    const url = urls.get(path) ?? new URL(path, paymentApi)
    urls.set(path, url)
    return url
  }
  return Effect.fnUntraced(function* (path, body, maxBytes = maxAnswerBytes) {
    const headers = {
      "content-type": "application/json",
      accept: "application/json, text/plain",
      ...(yield* authorization)
    }
    const { text: MM_Cert } = yield* mmCert.inUse
    const text = json.write({ MM_Cert: Redacted.value(MM_Cert), ...body })
    const request = { method: "POST", url: urlOf(path), headers, body: Buffer.from(text) } as const
    return yield* exchangeAs(connection, request, maxBytes, bodyOf)
  })
}
