import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** PHP's own web server with some scripts in a folder of its own. */
export interface PhpServer {
  /** Puts a script there under this name and answers what a browser gets from it. */
  visit(name: string, script: string): Promise<Response>
  close(): Promise<void>
}

export const startPhpServer = async (php: string, ini: Readonly<Record<string, string>>): Promise<PhpServer> => {
  const folder = await mkdtemp(join(tmpdir(), "maksa-php-"))
  const settings = Object.entries(ini).flatMap(([name, value]) => ["-d", `${name}=${value}`])
  const child = spawn(php, [...settings, "-S", "127.0.0.1:0", "-t", folder], { stdio: ["ignore", "ignore", "pipe"] })
  const ended = once(child, "close")
  const started = Promise.withResolvers<string>()
  let said = ""
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString("utf8")
    const address = /Development Server \((http:\/\/127\.0\.0\.1:\d+)\) started/.exec(said)?.[1]
    if (address !== undefined) started.resolve(address)
  })
  child.once("error", started.reject)
  child.once("close", () => started.reject(new Error(`PHP ended: ${said}`)))
  const address = await started.promise
  return {
    visit: async (name, script) => {
      await writeFile(join(folder, name), script)
      return fetch(`${address}/${name}`, { redirect: "manual" })
    },
    close: async () => {
      child.kill()
      await ended
      await rm(folder, { recursive: true, force: true })
    }
  }
}
