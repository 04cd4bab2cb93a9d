import { writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { describeFailure } from "../provider/describeFailure.ts"
import { providerLaws } from "../provider/providerLaws.ts"
import { type LawResult, toJson, toMarkdown } from "../provider/Report.ts"
import { runProviderContract } from "../provider/runProviderContract.ts"
import { loadContract, UsageError } from "./loadContract.ts"

const marks = { passed: "ok    ", failed: "FAILED", exempt: "exempt" } as const

const show = ({ law, scenario, outcome, reason, error }: LawResult): void => {
  const broken = outcome === "failed" ? providerLaws.find(({ id }) => id === law) : undefined
  const why = broken === undefined ? reason : describeFailure(broken, error).replaceAll("\n", "\n       ")
  console.log(
    `${marks[outcome]} ${law}${scenario === undefined ? "" : `, ${scenario}`}${why === undefined ? "" : `: ${why}`}`
  )
}

/** `maksa-contract run`: tries every law. Answers whether all hold. */
export const run = async (file: string, args: ReadonlyArray<string>): Promise<boolean> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      json: { type: "string" },
      markdown: { type: "string" },
      law: { type: "string", multiple: true }
    }
  })
  const ids = values.law ?? []
  const unknown = ids.filter((id) => !providerLaws.some((law) => law.id === id))
  if (unknown.length > 0) throw new UsageError(`There is no law ${unknown.join(", ")}.`)
  const laws = ids.length === 0 ? providerLaws : providerLaws.filter((law) => ids.includes(law.id))
  const report = await runProviderContract(await loadContract(file), { laws, onResult: show })
  if (values.json !== undefined) writeFileSync(values.json, toJson(report))
  if (values.markdown !== undefined) writeFileSync(values.markdown, toMarkdown(report, laws))
  console.log(`${report.passed} passed, ${report.failed} failed, ${report.exempt} exempt`)
  return report.failed === 0
}
