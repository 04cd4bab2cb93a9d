#!/usr/bin/env node
// `maksa-contract run FILE`: tries the contract that a module exports, outside any test runner.
import { writeFileSync } from "node:fs"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { parseArgs } from "node:util"
import type { ProviderContract } from "./provider/ProviderContract.ts"
import { providerLaws } from "./provider/providerLaws.ts"
import { type LawResult, toJson, toMarkdown } from "./provider/Report.ts"
import { runProviderContract } from "./provider/runProviderContract.ts"

const usage = `Usage: maksa-contract run FILE [--json FILE] [--markdown FILE] [--law ID]...

FILE is a module that exports \`contract\`, made by defineProviderContract. Ends with 1 if a law is broken, with 2 if
nothing could be tried.`

const stop = (message: string): never => {
  console.error(message)
  process.exit(2)
}

const isContract = (value: unknown): value is ProviderContract =>
  typeof value === "object" && value !== null && "driver" in value && "make" in value && "scenarios" in value

const load = async (file: string): Promise<ProviderContract> => {
  const module: unknown = await import(pathToFileURL(resolve(file)).href)
  const contract = typeof module === "object" && module !== null && "contract" in module ? module.contract : undefined
  return isContract(contract) ? contract : stop(`${file} does not export a provider contract as \`contract\`.`)
}

const marks = { passed: "ok    ", failed: "FAILED", exempt: "exempt" } as const

const show = ({ law, scenario, outcome, reason, error }: LawResult): void => {
  const why = reason ?? error
  console.log(
    `${marks[outcome]} ${law}${scenario === undefined ? "" : `, ${scenario}`}${why === undefined ? "" : `: ${why}`}`
  )
}

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: "string" },
      markdown: { type: "string" },
      law: { type: "string", multiple: true },
      help: { type: "boolean" }
    }
  })
  const [command, file, ...rest] = positionals
  if (values.help === true) return console.log(usage)
  if (command !== "run" || file === undefined || rest.length > 0) return stop(usage)
  const ids = values.law ?? []
  const unknown = ids.filter((id) => !providerLaws.some((law) => law.id === id))
  if (unknown.length > 0) return stop(`There is no law ${unknown.join(", ")}.`)
  const laws = ids.length === 0 ? providerLaws : providerLaws.filter((law) => ids.includes(law.id))
  const report = await runProviderContract(await load(file), { laws, onResult: show })
  if (values.json !== undefined) writeFileSync(values.json, toJson(report))
  if (values.markdown !== undefined) writeFileSync(values.markdown, toMarkdown(report, laws))
  console.log(`${report.passed} passed, ${report.failed} failed, ${report.exempt} exempt`)
  process.exitCode = report.failed > 0 ? 1 : 0
}

try {
  await main()
} catch (cause) {
  stop(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause))
}
