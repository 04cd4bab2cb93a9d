import { networkInterfaces } from "node:os"
import type { Settings } from "./settings.ts"

/** An address as people type it into a browser. */
export const addressAt = (host: string, port: number): string =>
  `http://${host.includes(":") ? `[${host}]` : host}:${port}`

export const isWildcard = (host: string): boolean => host === "0.0.0.0" || host === "::"

/** This machine's addresses in its networks, IPv4 without loopback. */
export const networkHosts = (): ReadonlyArray<string> =>
  Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).filter(({ family, internal }) => family === "IPv4" && !internal).map(({ address }) => address)
  )

const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d+){3}|::1)$/.test(host)

const elsewhere = ({ host }: Settings, port: number, hosts: ReadonlyArray<string>): string => {
  if (isLoopback(host)) return ""
  const addresses = (isWildcard(host) ? hosts : [host]).map((one) => addressAt(one, port))
  const open = addresses.length === 0 ? "" : `\n  Other machines can look at the fees on ${addresses.join(" or ")}.`
  return `${open}
  Pay on this machine only: the simulated providers' payment pages listen on 127.0.0.1, whatever HOST says.
`
}

/** What the person who started the sample reads: where to go and what to do. `hosts` are this machine's in its networks. */
export const welcome = (
  { address, port }: { readonly address: string; readonly port: number },
  settings: Settings,
  hosts: ReadonlyArray<string>
): string => {
  const moved =
    settings.port !== 0 && port !== settings.port ? `Port ${settings.port} is taken; this is ${port}.\n` : ""
  return `${moved}
  Maksa's sample is ready: a municipality's fee page, with simulated providers. No money moves.

  Open ${address}
    1. Choose a fee, enter any name, choose VISS MM, and continue.
    2. Choose a bank, confirm the payment, and download the receipt.
    3. Do it again with ecommpay.
${elsewhere(settings, port, hosts)}
  Clerk's view, where the clock can be turned: ${address}/clerk
  Data is in ${settings.dataFolder}. Ctrl+C ends the sample.
`
}
