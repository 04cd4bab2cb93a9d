// `npm run histories -- [--count N] [--minutes N] [--seed N] [--at-once N] [--contract NAME]...`: plays N random histories
// of every provider, shared among its settings, and writes their figures to docs/generated/histories.md, beside those of
// earlier runs with other seeds (`--anew`: instead of them). Ends with 1 if a promise is broken.
import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { type Played, type Run, toPage } from "./report.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
const program = join(root, "packages", "contract-kit", "src", "cli.ts")
/** Provider -> its settings -> the contract's file. */
const providers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  template: { template: "provider-template/test/contract/contract.ts" },
  "viss-mm": {
    "viss-mm": "provider-viss-mm/test/contract/contract.ts",
    "viss-mm-payment-api": "provider-viss-mm/test/contract/paymentApiContract.ts",
    "viss-mm-portal-sync": "provider-viss-mm/test/contract/portalSyncContract.ts",
    "viss-mm-portal-async": "provider-viss-mm/test/contract/portalAsyncContract.ts"
  },
  "ecommpay-lv": {
    "ecommpay-lv": "provider-ecommpay-lv/test/contract/contract.ts",
    "ecommpay-lv-declining": "provider-ecommpay-lv/test/contract/decliningContract.ts",
    "ecommpay-lv-reversing": "provider-ecommpay-lv/test/contract/reversingContract.ts"
  }
}
const contracts = new Map(
  Object.values(providers).flatMap((settings) =>
    Object.entries(settings).map(([name, file]) => [name, { file, share: Object.keys(settings).length }] as const)
  )
)

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100000" },
    minutes: { type: "string", default: "300" },
    seed: { type: "string", default: String(Math.floor(Date.now() / 1000) % 1_000_000_000) },
    anew: { type: "boolean" },
    "at-once": { type: "string", default: "2" },
    contract: { type: "string", multiple: true, default: [...contracts.keys()] }
  }
})

const folder = mkdtempSync(join(tmpdir(), "maksa-histories-"))

const play = (name: string): Promise<Played> =>
  new Promise((resolve, reject) => {
    const json = join(folder, `${name}.json`)
    const contract = contracts.get(name)
    if (contract === undefined) throw new Error(`${name} is none of ${[...contracts.keys()].join(", ")}`)
    const { minutes, seed } = values
    const count = String(Math.ceil(Number(values.count) / contract.share))
    const child = spawn(
      process.execPath,
      [
        "--conditions=@maksa/source",
        program,
        "histories",
        join("packages", contract.file),
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
      if (code === 0 || code === 1) resolve(JSON.parse(readFileSync(json, "utf8")) as Played) // written by the program
      else reject(new Error(`${name} could not be played`))
    })
  })

const queue = [...values.contract]
const runs = new Map<string, Played>()
const work = async (): Promise<void> => {
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) runs.set(next, await play(next))
}

try {
  await Promise.all(Array.from({ length: Number(values["at-once"]) }, work))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const figures = join(root, "docs", "generated", "histories.json")
const earlier: ReadonlyArray<Run> =
  values.anew === true || !existsSync(figures) ? [] : (JSON.parse(readFileSync(figures, "utf8")) as Array<Run>) // our own file
const date = new Date().toISOString().slice(0, 10)
const now = values.contract.flatMap((name): ReadonlyArray<Run> => {
  const played = runs.get(name)
  return played === undefined ? [] : [{ ...played, date }]
})
const isNow = ({ provider, seed }: Run): boolean => now.some((one) => one.provider === provider && one.seed === seed)
const all = [...earlier.filter((run) => !isNow(run)), ...now]
writeFileSync(figures, `${JSON.stringify(all, undefined, 2)}\n`)
writeFileSync(join(root, "docs", "generated", "histories.md"), toPage(all))
process.exitCode = now.some((run) => run.broken !== undefined) ? 1 : 0
