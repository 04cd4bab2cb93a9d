// What the faults and the transport failures of a protected call come to.
import { type Situation, Trouble } from "../errors.ts"
import { businessFault } from "../wire.ts"
import type { XmlNode } from "../xml/parse.ts"
import type { Fault } from "./reply.ts"

const codeLike = /^[\w.:-]{1,40}$/

const coded = (situation: Situation, { subcode }: Fault, providerCode?: string): Trouble =>
  new Trouble({
    situation,
    detail: codeLike.test(subcode) ? `fault ${subcode}` : "fault",
    ...(providerCode === undefined ? {} : { providerCode })
  })

/** The number by which Windows Identity Foundation tells what is wrong; its sentences stay behind. */
const identityCode = (text: string): string | undefined => /\bID\d{4}\b/.exec(text)?.[0]

/**
 * The certificate is not activated, out of its dates, or the other environment's.
 *
 * ASSUMPTION(viss-mm#31): public clients met this number at the same service over OAuth; in a SOAP fault's text it means
 * the same.
 */
const notActivated = "ID4058"

/** A fault of the security token service. Nothing was sent to MM yet. */
export const tokenFault = (fault: Fault): Trouble => {
  const code = identityCode(fault.text)
  if (code === notActivated) return coded("certificate_not_activated", fault, code)
  if (fault.subcode === "MessageExpired") return coded("clock_skew", fault, code)
  return coded(fault.isSender ? "token_refused" : "token_unavailable", fault, code)
}

/** Troubles that a later request for a token may be spared. */
const passing: ReadonlySet<Situation> = new Set([
  "not_sent",
  "no_response",
  "broken_off",
  "stalled",
  "slow_down",
  "server_error"
])
/** Troubles that mean the same wherever they come from. */
const plain: ReadonlySet<Situation> = new Set(["server_not_trusted", "client_not_trusted", "forbidden"])

/** A failed exchange with the security token service: whatever happened there, MM was not asked. */
export const tokenTrouble = (trouble: Trouble): Trouble => {
  const { detail, retryAfterSeconds, situation } = trouble
  if (plain.has(situation)) return trouble
  return new Trouble({
    situation: passing.has(situation) ? "token_unavailable" : "token_not_understood",
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds })
  })
}

/** By which a service turns a token or its use away (WS-Security 1.1, 12; WS-Trust 1.3, 11); WCF names most of them `InvalidSecurity`. */
const tokenFaults: Readonly<Record<string, Situation>> = {
  // ASSUMPTION(viss-mm#32): WCF's "Access is denied" for a good token means that its owner lacks the operation's role.
  FailedAuthentication: "role_missing",
  FailedCheck: "token_not_accepted",
  InvalidSecurity: "token_not_accepted",
  InvalidSecurityToken: "token_not_accepted",
  MessageExpired: "clock_skew",
  SecurityTokenUnavailable: "token_not_accepted",
  UnsupportedSecurityToken: "token_not_accepted"
}

const contractFaults: ReadonlySet<string> = new Set([
  "ActionNotSupported",
  "DeserializationFailed",
  "DestinationUnreachable",
  "MessageAddressingHeaderRequired",
  "MustUnderstand",
  "Sender",
  "VersionMismatch"
])

/** Whether a new token may help. The service has not carried anything out. */
export const isRefusedToken = ({ situation }: Trouble): boolean =>
  situation === "role_missing" || situation === "token_not_accepted" || situation === "clock_skew"

const errorCodeOf = (entry: XmlNode): string | undefined => {
  const text = entry.children.find(({ name }) => name === "ErrorCode")?.text.trim()
  return text !== undefined && codeLike.test(text) ? text : undefined
}

/** A fault of a protected service. `role` is the one that its operation asks for. */
export const serviceFault = (fault: Fault, role: string): Trouble => {
  const entry = fault.detail?.children[0]
  if (entry?.name === businessFault) {
    const providerCode = errorCodeOf(entry)
    return new Trouble({ situation: "business_fault", ...(providerCode === undefined ? {} : { providerCode }) })
  }
  const { subcode } = fault
  const situation = Object.hasOwn(tokenFaults, subcode) ? tokenFaults[subcode] : undefined
  if (situation === "role_missing") return new Trouble({ situation, detail: `role ${role}` })
  return coded(situation ?? (contractFaults.has(subcode) ? "contract_fault" : "service_fault"), fault)
}
