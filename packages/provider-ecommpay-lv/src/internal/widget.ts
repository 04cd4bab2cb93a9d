// Redirect variant 1 (method page, "Formats of data for redirecting users"): the provider's script takes the payer on.
import { type Claim, LoadWidget } from "@maksa/core"

/** Where scripts of providers may come from. */
export interface WidgetOrigins {
  readonly allowed: ReadonlyArray<string>
  /** A simulator's script comes from this machine. */
  readonly isLoopbackAllowed: boolean
}

/** The script's own function, as the method page calls it. */
const call = "NEOWidget.initialize"

const isLoopback = (url: URL): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)

const isAllowed = (address: string | undefined, { allowed, isLoopbackAllowed }: WidgetOrigins): boolean => {
  const url = address === undefined ? null : URL.parse(address)
  if (url === null || url.username !== "" || url.password !== "") return false
  return allowed.includes(url.origin) || (isLoopbackAllowed && isLoopback(url))
}

/** What loads the widget. A script from elsewhere would run in the agency's name, so that a person has to allow it first. */
export const widgetClaim = (fields: Readonly<Record<string, string>>, origins: WidgetOrigins): Claim => {
  const { token, widget_host: host, widget_url: scriptUrl, ...parameters } = fields
  if (!token || host === undefined || scriptUrl === undefined) {
    return { _tag: "unknown_word", word: "redirect variant 1 without script, host or token" }
  }
  if (!isAllowed(scriptUrl, origins) || !isAllowed(host, origins)) {
    return { _tag: "unknown_word", word: "redirect variant 1 from an address that widgetOrigins does not allow" }
  }
  // The published data have a slash at the end of the host, the published call has none.
  const action = new LoadWidget({ scriptUrl, host: host.replace(/\/+$/, ""), token, parameters, call })
  return { _tag: "action_needed", action }
}
