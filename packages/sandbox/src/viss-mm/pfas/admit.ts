import { parseDuration } from "../../kernel/Clock.ts"
import type { Pki } from "../../kernel/Pki.ts"
import type { Settings } from "../settings.ts"
import { checkFreshness, isSameTimestamp, timestampOf } from "../sts/freshness.ts"
import { ns } from "../sts/names.ts"
import { type Message, Soap12Fault } from "../sts/soap12.ts"
import { signedParts } from "../sts/xmlSignature.ts"
import { readToken, type Token } from "./readToken.ts"

const home = { namespace: ns.security, name: "Security" } as const

/** Whose key the token holds must have signed the Timestamp of this message with it. */
const checkPossession = (message: Message, secret: Buffer): void => {
  try {
    const parts = signedParts(message.text, home, { secret })
    const signed = parts.find((part) => part.namespace === ns.utility && part.name === "Timestamp")
    if (signed !== undefined && isSameTimestamp(signed, timestampOf(message.security))) return
  } catch {
    // The same answer, whatever is wrong with the signature.
  }
  throw new Soap12Fault(ns.security, "FailedCheck", "The message is not signed with the token's key.")
}

/** Lets a message in that carries a token for `audience`, in date and with the role if one is wanted. Throws Soap12Fault. */
export const admit = (
  message: Message,
  wanted: { readonly audience: string; readonly role?: string },
  parts: { readonly now: number; readonly settings: Settings; readonly pki: Pki }
): Token => {
  const { now, pki, settings } = parts
  checkFreshness(timestampOf(message.security), now, settings)
  const token = readToken(message, pki)
  const skew = parseDuration(settings.messageSkew)
  const isInDate = token.notBefore <= now + skew && now < token.notOnOrAfter + skew
  if (!isInDate) throw new Soap12Fault(ns.security, "InvalidSecurityToken", "The token is not valid now.")
  if (!token.audiences.includes(wanted.audience)) {
    throw new Soap12Fault(ns.security, "InvalidSecurityToken", "The token was issued for another service.")
  }
  if (token.proofKey !== undefined) checkPossession(message, token.proofKey)
  if (wanted.role !== undefined && !token.roles.has(wanted.role)) {
    throw new Soap12Fault(ns.security, "FailedAuthentication", "Access is denied.")
  }
  return token
}
