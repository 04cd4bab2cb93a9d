import type { Manifest, RepaymentStatus } from "@maksa/core"
import type { Moment } from "./Moment.ts"
import { isCarried, type KnownRepayment } from "./Repayments.ts"

/** What may be believed of a repayment once everything was asked. */
const mayBe = (
  { atProvider, isApproved, wasRefused }: KnownRepayment,
  { repeatCreate }: Manifest
): ReadonlyArray<RepaymentStatus> => {
  if (atProvider === undefined) {
    if (!isApproved) return ["requested", "refused"]
    // What may have arrived is sent again only where the manifest's rules prove that it did not.
    return repeatCreate === "after_absence" ? ["requested", "refused"] : ["requested", "refused", "outcome_unknown"]
  }
  if (atProvider.cameBack) return ["reversed"]
  if (atProvider.sent.length > 0) return ["done"]
  return wasRefused ? ["refused"] : ["submitted"]
}

/** What the provider's books say moved is what is believed; what a person settled is that person's. */
export const repaymentsAtRest = ({ repayments }: Moment, manifest: Manifest): string | undefined => {
  for (const known of repayments.known) {
    if (!isCarried(known) || known.isSettled) continue
    const possible = mayBe(known, manifest)
    if (possible.includes(known.status)) continue
    return `a ${known.route} is ${known.status}, and ought to be ${possible.join(" or ")}`
  }
  return undefined
}
