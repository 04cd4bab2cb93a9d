import { type ChildProcess, spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"

const main = join(import.meta.dirname, "..", "..", "dist", "main.js")

/** The built program as `npm start` runs it. */
export interface StartedProgram {
  readonly process: ChildProcess
  readonly output: () => string
  readonly errors: () => string
  /** Waits until it has said where it listens; rejects if it ends before. */
  readonly address: Promise<string>
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
}

export const startProgram = (environment: Readonly<Record<string, string>>): StartedProgram => {
  if (!existsSync(main)) throw new Error("Build the sample first: tsc -b apps/sample")
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env["PATH"] ?? "", ...environment },
    stdio: ["ignore", "pipe", "pipe"]
  })
  let output = ""
  let errors = ""
  const found = Promise.withResolvers<string>()
  // A program that is expected to fail has nobody waiting for its address.
  found.promise.catch(() => {})
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString("utf8")
    const address = /Open (http:\/\/\S+)/.exec(output)?.[1]
    if (address !== undefined) found.resolve(address)
  })
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk.toString("utf8")
  })
  const ended = new Promise<number | NodeJS.Signals>((resolve) => {
    child.once("close", (code, signal) => {
      found.reject(new Error(`ended with ${code ?? signal}: ${errors}`))
      resolve(code ?? signal ?? 1)
    })
  })
  return { process: child, output: () => output, errors: () => errors, address: found.promise, ended }
}
