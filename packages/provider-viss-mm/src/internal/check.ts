// What the checks of all services say alike.
import type { CheckResult } from "@maksa/core"
import * as Result from "effect/Result"

import { explain, type Trouble } from "./errors.ts"
import type { CertificateFacts } from "./credentials/credentials.ts"

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

export const certificateResult = ({ notAfter }: Pick<CertificateFacts, "notAfter">, now: number): CheckResult => {
  const result = { name: "certificate", expiresAt: notAfter.getTime() }
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

export const reached = (name: string, found: Result.Result<unknown, Trouble>): CheckResult =>
  Result.isSuccess(found)
    ? { name, isOk: true, message: "The service answers and accepts the certificate." }
    : { name, isOk: false, message: explain(found.failure) }
