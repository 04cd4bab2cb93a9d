import { accessSync, constants } from "node:fs"
import { type Browser, chromium } from "playwright-core"

const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync"
]

interface Found {
  readonly path: string
  readonly args: ReadonlyArray<string>
}

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

const installed = (): ReadonlyArray<Found> => {
  const named = process.env["MAKSA_CHROMIUM"] ?? ""
  const folders = ["/usr/bin", ...(process.env["PATH"] ?? "").split(":")]
  const names = ["chromium", "chromium-browser", "google-chrome"]
  const found = names.flatMap((name) => folders.map((folder) => `${folder}/${name}`)).find(isProgram)
  return [...(named === "" ? [] : [named]), ...(found === undefined ? [] : [found])].map((path) => ({
    path,
    args: flags
  }))
}

/** The browser inside an npm package, for machines without one. It is unpacked at the first use. */
const packaged = async (): Promise<Found> => {
  const { default: shipped } = await import("@sparticuz/chromium")
  return { path: await shipped.executablePath(), args: shipped.args }
}

const tryLaunch = ({ args, path }: Found): Promise<Browser> =>
  // Playwright makes a fresh profile for each launch and removes it.
  chromium.launch({ executablePath: path, args: [...args], timeout: 30_000 })

/** A running browser, or the reasons why there is none. */
export const launchBrowser = async (): Promise<Browser | { readonly reason: string }> => {
  const reasons: Array<string> = []
  for (const candidate of [...installed().map((found) => () => Promise.resolve(found)), packaged]) {
    try {
      // One after another: the first that starts is used.
      // oxlint-disable-next-line no-await-in-loop
      return await tryLaunch(await candidate())
    } catch (error) {
      reasons.push(error instanceof Error ? (error.message.split("\n")[0] ?? "unknown") : "unknown")
    }
  }
  return { reason: reasons.join("; ") }
}
