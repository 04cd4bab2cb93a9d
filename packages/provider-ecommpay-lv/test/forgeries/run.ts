/** `npm run forgeries -- --count N [--seed S]`: as many forgeries as wanted, their figures in docs/generated/forgeries.md. */
import { writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { type Attack, type Finding, forger, type Tally } from "./forge.ts"

const { values } = parseArgs({ options: { count: { type: "string" }, seed: { type: "string" } } })

const whole = (name: string, text: string): number => {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number`)
  return Number(text)
}

const count = whole("count", values.count ?? "1000000")
const seed = values.seed === undefined ? Date.now() % 1_000_000_000 : whole("seed", values.seed)
const step = 20_000
const totals = new Map<Attack, Tally>()
const findings: Array<Finding> = []
const attacker = await forger()
for (let from = 0; from < count; from += step) {
  const report = attacker.run(seed + from / step, Math.min(step, count - from))
  for (const [attack, { fitting, messages, unchanged }] of report.tallies) {
    const total = totals.get(attack) ?? { messages: 0, fitting: 0, unchanged: 0 }
    totals.set(attack, {
      messages: total.messages + messages,
      fitting: total.fitting + fitting,
      unchanged: total.unchanged + unchanged
    })
  }
  findings.push(...report.findings)
  console.error(`${Math.min(count, from + step)} of ${count}, ${findings.length} findings`)
}
for (const { attack, seed, message } of findings.slice(0, 20)) console.log(`${attack} (seed ${seed}): ${message}`)

const rows = [...totals].map(
  ([attack, { fitting, messages, unchanged }]) => `| ${attack} | ${messages} | ${fitting} | ${unchanged} |`
)
const lines = [
  "<!-- Written by `npm run forgeries`. Do not edit. -->",
  "",
  "# Forged callbacks of ecommpay",
  "",
  `${count} messages of seed ${seed}, made without the key out of signed callbacks and Payment Page calls: ${findings.length} findings. A finding is a message that proves anything its signer did not say. A right signature alone is none: the signed text does not fix types and structure.`,
  "",
  "| Attack | Messages | Signature fits | Proves the genuine fact |",
  "| --- | --- | --- | --- |",
  ...rows
]
writeFileSync(new URL("../../../../docs/generated/forgeries.md", import.meta.url), `${lines.join("\n")}\n`)
process.exitCode = findings.length === 0 ? 0 : 1
