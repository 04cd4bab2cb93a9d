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

const installed = (): string | undefined => {
  const named = process.env["MAKSA_CHROMIUM"]
  if (named !== undefined && named !== "") return named
  const folders = (process.env["PATH"] ?? "").split(":")
  const names = ["chromium", "chromium-browser", "google-chrome"]
  return names.flatMap((name) => ["/usr/bin", ...folders].map((folder) => `${folder}/${name}`)).find(isProgram)
}

/** The browser inside an npm package, for machines without one. It is unpacked at the first use. */
const packaged = async (): Promise<Found> => {
  const { default: shipped } = await import("@sparticuz/chromium")
  return { path: await shipped.executablePath(), args: shipped.args }
}

const tryLaunch = async ({ args, path }: Found): Promise<Browser> =>
  // Playwright makes a fresh profile for each launch and removes it.
  chromium.launch({ executablePath: path, args: [...args], timeout: 30_000 })

/** A running browser, or the reason why there is none. */
export const launchBrowser = async (): Promise<Browser | { readonly reason: string }> => {
  const path = installed()
  try {
    return await tryLaunch(path === undefined ? await packaged() : { path, args: flags })
  } catch (error) {
    return { reason: error instanceof Error ? (error.message.split("\n")[0] ?? "unknown") : "unknown" }
  }
}
