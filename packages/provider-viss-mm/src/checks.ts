// What the checks of all services say alike.
import type { CheckResult } from "@maksa/core"
import * as Result from "effect/Result"

import { paymentError, type Trouble } from "./errors.ts"
import type { CertificateFacts } from "./internal/credentials.ts"

const day = 86_400_000
/** An authority needs time to issue a new certificate. */
const warnDays = 30
/** An id that no payment request has: the answer "nothing there" proves that the service is. */
export const nobody = "00000000-0000-0000-0000-000000000000"

export const certificateResult = ({ notAfter }: Pick<CertificateFacts, "notAfter">, now: number): CheckResult => {
  const left = Math.floor((notAfter.getTime() - now) / day)
  const message =
    left < 0
      ? "The client certificate has expired."
      : left < warnDays
        ? `The client certificate expires in ${left} days. Order a new one.`
        : `The client certificate is valid for ${left} days.`
  return { name: "certificate", isOk: left >= 0, message, expiresAt: notAfter.getTime() }
}

export const reached = (name: string, found: Result.Result<unknown, Trouble>): CheckResult =>
  Result.isSuccess(found)
    ? { name, isOk: true, message: "The service answers and accepts the certificate." }
    : { name, isOk: false, message: paymentError("status", found.failure).reason.message }
