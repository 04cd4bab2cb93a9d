import { parseDuration } from "../../kernel/Clock.ts"
import type { Settings } from "../settings.ts"
import type { XmlElement } from "../xmlRead.ts"
import { ns } from "./names.ts"
import { onlyChild, Soap12Fault, textAt } from "./soap12.ts"

const moment = (timestamp: XmlElement, name: string): number => Date.parse(textAt(timestamp, ns.utility, name) ?? "")

export const timestampOf = (security: XmlElement): XmlElement => {
  const found = onlyChild(security, ns.utility, "Timestamp")
  if (found === undefined) throw new Soap12Fault(ns.security, "InvalidSecurity", "The message has no single Timestamp.")
  return found
}

/** Refuses a message that was not made just now, by the sandbox's clock. */
export const checkFreshness = (timestamp: XmlElement, now: number, settings: Settings): void => {
  const created = moment(timestamp, "Created")
  const expires = moment(timestamp, "Expires")
  const skew = parseDuration(settings.messageSkew)
  const isFresh = created <= now + skew && created > now - skew && expires > created && expires > now - skew
  if (isFresh) return
  const isHidden = settings.staleMessageFault === "InvalidSecurity"
  throw isHidden
    ? new Soap12Fault(ns.security, "InvalidSecurity", "An error occurred when verifying security for the message.")
    : new Soap12Fault(ns.utility, "MessageExpired", "The message's timestamp is not of this time.")
}

/** Whether two elements carry the same moments. */
export const isSameTimestamp = (a: XmlElement, b: XmlElement): boolean =>
  moment(a, "Created") === moment(b, "Created") && moment(a, "Expires") === moment(b, "Expires")
