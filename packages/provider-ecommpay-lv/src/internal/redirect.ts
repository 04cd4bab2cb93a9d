import { type Claim, Redirect, SubmitForm } from "@maksa/core"
import { RawNumber } from "../signature.ts"
import { widgetClaim } from "./widget.ts"
import type { Message, WireRedirect } from "./wire.ts"

const isSafe = (address: string, isSandbox: boolean): boolean => {
  const url = URL.parse(address)
  if (url === null || url.username !== "" || url.password !== "" || url.hostname === "") return false
  return url.protocol === "https:" || (isSandbox && url.protocol === "http:")
}

const fieldText = (value: unknown): string | undefined => {
  if (typeof value === "string") return value
  if (typeof value === "bigint") return String(value)
  if (typeof value === "boolean") return value ? "1" : "0"
  if (value === null) return ""
  return value instanceof RawNumber ? value.raw : undefined
}

const fieldsOf = (body: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> | undefined => {
  const fields: Array<readonly [string, string]> = []
  for (const [name, value] of Object.entries(body)) {
    const text = fieldText(value)
    if (text === undefined) return undefined
    fields.push([name, text])
  }
  return Object.fromEntries(fields)
}

const unknown = (word: string): Claim => ({ _tag: "unknown_word", word })

/** Where redirects by plain http, and from which origins scripts are allowed. */
interface Trusted {
  readonly isSandbox: boolean
  readonly widgetOrigins: ReadonlyArray<string>
}

const toAction = (redirect: WireRedirect, { isSandbox, widgetOrigins }: Trusted): Claim => {
  const { body, method, url } = redirect
  const fields = fieldsOf(body ?? {})
  if (fields === undefined) return unknown("redirect with nested fields")
  // ASSUMPTION(ecommpay-lv#6): variant 1 of the method page is told by its script or host, not by the address.
  if ("widget_url" in fields || "widget_host" in fields) {
    return widgetClaim(fields, { allowed: widgetOrigins, isLoopbackAllowed: isSandbox })
  }
  if (!isSafe(url, isSandbox)) return unknown("redirect to an address that is not safe")
  const verb = (method ?? "GET").toUpperCase()
  if (verb === "POST") return { _tag: "action_needed", action: new SubmitForm({ url, fields }) }
  const isPlain = verb === "GET" && Object.keys(fields).length === 0
  return isPlain ? { _tag: "action_needed", action: new Redirect({ url }) } : unknown("redirect of an unknown method")
}

/**
 * Where "awaiting redirect result" sends the payer. Payment Page sends payers itself, and then there is no address: the
 * payer's open action stands.
 */
export const redirectClaim = (message: Message, trusted: Trusted): Claim => {
  const redirect = message.redirect_data ?? message.redirect ?? message.redirectData ?? undefined
  return redirect === undefined ? { _tag: "working", actionStands: true } : toAction(redirect, trusted)
}
