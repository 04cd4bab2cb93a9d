#!/usr/bin/env node
import { parseArgs } from "node:util"
import { startSandbox, type SandboxOptions } from "./startSandbox.ts"

const usage = `Usage: sandbox [--host 127.0.0.1] [--port-base 0] [--pki DIR] [--seed N] [--clock ISO] [--clock-frozen] [--json]`

const wholeNumber = (name: string, text: string | undefined, most: number): number | undefined => {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!/^\d+$/.test(text) || value > most) throw new TypeError(`--${name} must be a whole number up to ${most}`)
  return value
}

const readOptions = (): { readonly options: SandboxOptions; readonly help: boolean } => {
  const { values } = parseArgs({
    options: {
      host: { type: "string" },
      "port-base": { type: "string" },
      pki: { type: "string" },
      seed: { type: "string" },
      clock: { type: "string" },
      "clock-frozen": { type: "boolean" },
      json: { type: "boolean" },
      help: { type: "boolean" }
    }
  })
  const portBase = wholeNumber("port-base", values["port-base"], 65_530)
  const seed = wholeNumber("seed", values.seed, Number.MAX_SAFE_INTEGER)
  const options: SandboxOptions = {
    log: (line) => process.stderr.write(`${line}\n`),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(portBase === undefined ? {} : { portBase }),
    ...(values.pki === undefined ? {} : { pkiDirectory: values.pki }),
    ...(seed === undefined ? {} : { seed }),
    ...(values.clock === undefined ? {} : { clock: values.clock }),
    frozen: values["clock-frozen"] === true
  }
  return { options, help: values.help === true }
}

// Asked before the arguments are parsed, so that a wrong argument is reported in the form that was asked for.
const json = process.argv.includes("--json")

try {
  const { help, options } = readOptions()
  if (help) {
    process.stdout.write(`${usage}\n`)
  } else {
    const starting = startSandbox(options)
    // Before the start line is written: whoever reads it may signal at once.
    const stop = (): void => {
      starting
        .then((sandbox) => sandbox.close())
        .then(
          () => process.exit(0),
          () => process.exit(1)
        )
    }
    process.once("SIGTERM", stop)
    process.once("SIGINT", stop)
    const { ready } = await starting
    if (json) process.stdout.write(`${JSON.stringify(ready)}\n`)
    else process.stderr.write(`${JSON.stringify(ready, undefined, 2)}\nSandbox is ready; Ctrl+C ends it.\n`)
  }
} catch (error) {
  const message = error instanceof Error ? error.message : "failed"
  if (json) process.stdout.write(`${JSON.stringify({ ready: false, error: message })}\n`)
  else process.stderr.write(`${message}\n${usage}\n`)
  process.exitCode = 1
}
