import type { Router } from "express"
import { claimedName } from "./clientCertificate.ts"
import { issueToken, type StsParts } from "./issue.ts"
import { mountSecured } from "./securedService.ts"

/** The address for certificates, by the pattern of the public one for passwords (`.../trust/13/usernamemixed`). */
export const stsPath = "/STS/VISS.Pfas.STS/STS/Issue.svc/trust/13/certificatemixed"

/** The security token service. */
export const mountSts = (router: Router, parts: StsParts): void =>
  mountSecured(router, parts.world, {
    path: stsPath,
    operation: () => "Issue",
    subject: (message) => ({ clientCertificate: claimedName(message) }),
    caller: claimedName,
    answer: (message, faults) => issueToken(message, faults, parts)
  })
