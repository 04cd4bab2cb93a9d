// `npm run histories -- [--count N] [--minutes N] [--seed N] [--contract NAME]...`: plays many random histories of every
// contract, two at a time, and writes their figures to docs/generated/histories.md. Ends with 1 if a promise is broken.
import { spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { type Run, toPage } from "./report.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const program = join(root, "packages", "contract-kit", "src", "cli.ts")
const atOnce = 2

const contracts: Readonly<Record<string, string>> = {
  template: "provider-template/test/contract/contract.ts",
  "viss-mm": "provider-viss-mm/test/contract/contract.ts",
  "viss-mm-payment-api": "provider-viss-mm/test/contract/paymentApiContract.ts",
  "ecommpay-lv": "provider-ecommpay-lv/test/contract/contract.ts",
  "ecommpay-lv-declining": "provider-ecommpay-lv/test/contract/decliningContract.ts",
  "ecommpay-lv-reversing": "provider-ecommpay-lv/test/contract/reversingContract.ts"
}

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100000" },
    minutes: { type: "string", default: "60" },
    seed: { type: "string", default: String(Math.floor(Date.now() / 1000) % 1_000_000_000) },
    contract: { type: "string", multiple: true, default: Object.keys(contracts) }
  }
})

const folder = mkdtempSync(join(tmpdir(), "maksa-histories-"))

const play = (name: string): Promise<Run> =>
  new Promise((resolve, reject) => {
    const json = join(folder, `${name}.json`)
    const contract = contracts[name]
    if (contract === undefined) throw new Error(`${name} is none of ${Object.keys(contracts).join(", ")}`)
    const { count, minutes, seed } = values
    const child = spawn(
      process.execPath,
      [
        "--conditions=@maksa/source",
        program,
        "histories",
        join("packages", contract),
        "--count",
        count,
        "--minutes",
        minutes,
        "--seed",
        seed,
        "--json",
        json
      ],
      { cwd: root, stdio: "inherit" }
    )
    child.once("error", reject)
    child.once("exit", (code) => {
      if (code === 0 || code === 1) resolve(JSON.parse(readFileSync(json, "utf8")) as Run) // written by the program
      else reject(new Error(`${name} could not be played`))
    })
  })

const queue = [...values.contract]
const runs = new Map<string, Run>()
const work = async (): Promise<void> => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) runs.set(next, await play(next))
}

try {
  await Promise.all(Array.from({ length: atOnce }, work))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const inOrder = values.contract.flatMap((name) => runs.get(name) ?? [])
writeFileSync(join(root, "docs", "generated", "histories.md"), toPage(inOrder, new Date().toISOString().slice(0, 10)))
process.exitCode = inOrder.some((run) => run.broken !== undefined) ? 1 : 0
