/**
 * `npm run fuzz -- --count N [--seed S]`: as many inputs as wanted, and what became of them in docs/generated/fuzz.md.
 * `npm run fuzz -- --seed S --at N`: one input once more, shown with what it does.
 */
import { writeFileSync } from "node:fs"
import { parseArgs } from "node:util"

import { type Finding, fuzz, maxMillis, type Tally } from "./fuzz.ts"

const { values } = parseArgs({
  options: { count: { type: "string" }, seed: { type: "string" }, at: { type: "string" } }
})

const whole = (name: string, text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number`)
  return Number(text)
}

const show = ({ at, input, seed, target, what }: Finding): void => {
  console.log(`${target}: ${what}\n  npm run fuzz -- --seed ${seed} --at ${at}`)
  console.log(`  ${JSON.stringify(input.toString("latin1"))}`)
}

const seed = values.seed === undefined ? Date.now() % 1_000_000_000 : whole("seed", values.seed)
if (values.at === undefined) {
  const count = whole("count", values.count ?? "1000000")
  const step = 50_000
  const totals = new Map<string, Tally>()
  const findings: Array<Finding> = []
  let slowest = 0
  for (let from = 0; from < count; from += step) {
    const report = fuzz(seed, from, Math.min(count, from + step))
    for (const [name, { accepted, inputs }] of report.tallies) {
      const total = totals.get(name) ?? { inputs: 0, accepted: 0 }
      totals.set(name, { inputs: total.inputs + inputs, accepted: total.accepted + accepted })
    }
    findings.push(...report.findings)
    slowest = Math.max(slowest, report.slowestMillis)
    console.error(`${Math.min(count, from + step)} of ${count}, ${findings.length} findings`)
  }
  for (const finding of findings.slice(0, 20)) show(finding)
  const rows = [...totals].map(([name, { accepted, inputs }]) => `| ${name} | ${inputs} | ${accepted} |`)
  const lines = [
    `<!-- Written by \`npm run fuzz\`. Do not edit. -->`,
    "",
    "# Hostile input to the parsers of VISS MM",
    "",
    `${count} inputs of seed ${seed}: ${findings.length} findings. A finding is anything thrown, anything accepted that must not be, and more than ${maxMillis} ms for one input; the slowest took ${slowest.toFixed(1)} ms.`,
    "",
    "| Parser | Inputs | Accepted |",
    "| --- | --- | --- |",
    ...rows
  ]
  writeFileSync(new URL("../../../../docs/generated/fuzz.md", import.meta.url), `${lines.join("\n")}\n`)
  process.exitCode = findings.length === 0 ? 0 : 1
} else {
  const at = whole("at", values.at)
  const { findings, tallies } = fuzz(seed, at, at + 1)
  for (const [name, { accepted, inputs }] of tallies) {
    if (inputs > 0) console.log(`${name}: ${accepted > 0 ? "accepted" : "refused"}`)
  }
  for (const finding of findings) show(finding)
  process.exitCode = findings.length === 0 ? 0 : 1
}
