/** What importing the built `./signature` costs in a fresh process: milliseconds, and megabytes of memory. */
import { spawnSync } from "node:child_process"
import { fileURLToPath, pathToFileURL } from "node:url"
import { type Figure, figure } from "../../../bench/figure.ts"

const entry = pathToFileURL(fileURLToPath(new URL("../dist/signature.js", import.meta.url))).href
const ROUNDS = 11

// The first look at the memory takes memory itself.
const program = `process.memoryUsage();const m=process.memoryUsage().rss;const t=performance.now();await import(${JSON.stringify(entry)});
process.stdout.write(JSON.stringify([performance.now()-t,(process.memoryUsage().rss-m)/2**20]))`

const measure = (): readonly [millis: number, megabytes: number] => {
  const { status, stderr, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    encoding: "utf8"
  })
  if (status !== 0) throw new Error(stderr)
  const measured: unknown = JSON.parse(stdout)
  if (!Array.isArray(measured)) throw new Error("the measuring process said something else")
  return [Number(measured[0]), Number(measured[1])]
}

export const run = (): Promise<ReadonlyArray<Figure>> => {
  measure()
  const rounds = Array.from({ length: ROUNDS }, measure)
  return Promise.resolve([
    figure(
      "import provider-ecommpay-lv/signature, milliseconds",
      rounds.map(([millis]) => millis),
      15,
      true
    ),
    figure(
      "import provider-ecommpay-lv/signature, megabytes",
      rounds.map(([, megabytes]) => megabytes),
      8,
      true
    )
  ])
}

if (import.meta.main) for (const one of await run()) console.log(one)
