// `npm run bench`: every benchmark, as ratios inside one run. Absolute times mean nothing here and are not kept.
import { writeFileSync } from "node:fs"
import { cpus } from "node:os"
import { type Figure, isReached } from "./figure.ts"

type Suite = { readonly run: () => Promise<ReadonlyArray<Figure>> }
interface Entry {
  readonly name: string
  readonly load: () => Promise<Suite>
}
const suites: ReadonlyArray<Entry> = [
  { name: "signature", load: () => import("../packages/provider-ecommpay-lv/bench/signature.ts") },
  { name: "bodies", load: () => import("../packages/provider-ecommpay-lv/bench/bodies.ts") },
  { name: "start", load: () => import("../packages/provider-ecommpay-lv/bench/start.ts") },
  { name: "ingest", load: () => import("./ingest.ts") },
  { name: "receipt", load: () => import("./receipt.ts") },
  { name: "imports", load: () => import("./imports.ts") },
  { name: "viss-mm", load: () => import("../packages/provider-viss-mm/bench/services.ts") }
]

const wanted = process.argv.slice(2)
const figures: Array<Figure> = []
for (const { name, load } of suites) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.error(`${name} ...`)
  figures.push(...(await (await load()).run()))
}
const round = (value: number): number => Math.round(value * 1000) / 1000
for (const one of figures) {
  const mark = isReached(one) ? "reached" : one.isNoted === true ? "noted" : "MISSED"
  console.log(
    `${mark}  ${one.id}: ${round(one.ratio)} (${round(one.min)} to ${round(one.max)}; goal ${one.isCost === true ? "<=" : ">="} ${one.goal})`
  )
}
if (wanted.length === 0) {
  const rows = figures.map((one) => ({ ...one, ratio: round(one.ratio), min: round(one.min), max: round(one.max) }))
  const environment = {
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    cores: cpus().length
  }
  const folder = new URL("../docs/generated/", import.meta.url)
  writeFileSync(new URL("bench.json", folder), `${JSON.stringify({ environment, figures: rows }, undefined, 2)}\n`)
  const table = rows.map((one) => {
    const goal = `${one.isCost === true ? "at most" : "at least"} ${one.goal}${one.isNoted === true ? " (noted only)" : ""}`
    return `| ${one.id} | ${one.ratio} | ${one.min} to ${one.max} | ${goal} |`
  })
  const head = ["| Figure | Median ratio | Rounds | Goal |", "| --- | --- | --- | --- |"]
  writeFileSync(new URL("bench.md", folder), `${[...head, ...table].join("\n")}\n`)
}
process.exitCode = figures.every((one) => isReached(one) || one.isNoted === true) ? 0 : 1
