import type { Environment } from "@maksa/core"

import type { Presentation } from "../options.ts"

/** How the payer's page looks; what is absent is left to MM. */
export interface Look extends Presentation {
  readonly language?: "lv" | "en" | "ru"
}

/** Hosts to which a link may be plain http: nobody stands between. */
const loopback: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"])

/** Parameters of the payer's link (guide, "MM web UI"): `fs`, `language` (LAT or ENG) and `bm`. */
const parameters = ({ contrast, fontSize, language }: Look): ReadonlyArray<readonly [name: string, value: string]> => [
  ...(contrast === undefined ? [] : [["bm", contrast] as const]),
  ...(fontSize === undefined ? [] : [["fs", `font-size-${fontSize}`] as const]),
  // MM speaks two languages; everybody else reads English.
  ...(language === undefined ? [] : [["language", language === "lv" ? "LAT" : "ENG"] as const])
]

/**
 * Appends the look to the link that MM gave, or answers `undefined` if the payer must not be sent there: it is not an
 * absolute URL without user information, or not https, save for a sandbox on this machine.
 *
 * The link's own query stays byte for byte, and a parameter that it already has stays MM's.
 */
export const redirectUrl = (url: string, look: Look, environment: Environment): string | undefined => {
  const parsed = /[\s\p{Cc}]/u.test(url) ? null : URL.parse(url)
  if (parsed === null) return undefined
  const isLocal = environment === "sandbox" && loopback.has(parsed.hostname)
  const isSafe = parsed.protocol === "https:" || (parsed.protocol === "http:" && isLocal)
  if (!isSafe || parsed.username !== "" || parsed.password !== "") return undefined
  const added = parameters(look)
    .filter(([name]) => !parsed.searchParams.has(name))
    .map(([name, value]) => `${name}=${value}`)
    .join("&")
  if (added === "") return url
  const hash = url.indexOf("#")
  const [base, fragment] = hash < 0 ? [url, ""] : [url.slice(0, hash), url.slice(hash)]
  const separator = !base.includes("?") ? "?" : /[?&]$/.test(base) ? "" : "&"
  return `${base}${separator}${added}${fragment}`
}
