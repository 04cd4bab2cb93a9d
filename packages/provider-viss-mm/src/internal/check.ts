// What the checks of all services say alike.
import type { CheckResult } from "@maksa/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { explain, type Trouble } from "./errors.ts"
import type { CertificateFacts } from "./credentials/credentials.ts"
import type { Renewing } from "./credentials/renewing.ts"

const day = 86_400_000
/** Days before its end from which each warning stands: an authority needs time to issue a new certificate. */
const warnings: ReadonlyArray<readonly [days: number, advice: string]> = [
  [1, "Payments stop with it: replace it now."],
  [7, "Replace it this week."],
  [14, "Ask for the new one that was ordered."],
  [30, "Order a new one now."],
  [60, "Order a new one."]
]
/** An id that no payment request has: the answer "nothing there" proves that the service is. */
export const nobody = "00000000-0000-0000-0000-000000000000"

const daysOf = (days: number): string => (days === 0 ? "today" : days === 1 ? "in 1 day" : `in ${days} days`)

export const certificateResult = (
  { notAfter }: Pick<CertificateFacts, "notAfter">,
  now: number,
  name = "certificate"
): CheckResult => {
  const result = { name, expiresAt: notAfter.getTime() }
  const left = notAfter.getTime() - now
  if (left < 0) return { ...result, isOk: false, message: "The client certificate has expired." }
  const days = Math.floor(left / day)
  const warning = warnings.find(([from]) => left <= from * day)
  return warning === undefined
    ? { ...result, isOk: true, message: `The client certificate is valid for ${days} days.` }
    : {
        ...result,
        isOk: true,
        isWarning: true,
        message: `The client certificate expires ${daysOf(days)}. ${warning[1]}`
      }
}

const undated: CheckResult = {
  name: "certificate",
  isOk: true,
  message: "MM_Cert is a whole PFX file with the private key. Its dates are not known here."
}

/** Looks for new credentials, and tells how long those in use last. New ones that cannot be used are told in time. */
export const checkCertificate = Effect.fnUntraced(function* (
  client: Renewing<{ readonly certificate: CertificateFacts | undefined }>,
  name = "certificate"
): Effect.fn.Return<CheckResult> {
  const renewed = yield* Effect.result(client.renew)
  const { certificate } = client.current()
  const now = yield* Clock.currentTimeMillis
  const result = certificate === undefined ? undated : certificateResult(certificate, now, name)
  if (Result.isSuccess(renewed)) return result
  const { message } = renewed.failure.reason
  return {
    ...result,
    ...(result.isOk ? { isWarning: true } : {}),
    message: `${result.message} New credentials cannot be used, the old ones stay in use. ${message}`
  }
})

export const reached = (name: string, found: Result.Result<unknown, Trouble>): CheckResult =>
  Result.isSuccess(found)
    ? { name, isOk: true, message: "The service answers and accepts the certificate." }
    : { name, isOk: false, message: explain(found.failure) }
