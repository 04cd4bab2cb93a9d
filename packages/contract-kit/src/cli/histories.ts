import { writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { describeBroken } from "../provider/histories/describeBroken.ts"
import { runHistories } from "../provider/histories/runHistories.ts"
import { loadContract, UsageError } from "./loadContract.ts"

const whole = (name: string, text: string | undefined): number | undefined => {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`--${name} takes a whole number.`)
  return Number(text)
}

/** `maksa-contract histories`: plays random histories, or repeats one. Answers whether all promises hold. */
export const histories = async (file: string, args: ReadonlyArray<string>): Promise<boolean> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: "string" },
      seed: { type: "string" },
      path: { type: "string" },
      minutes: { type: "string" },
      json: { type: "string" }
    }
  })
  const seed = whole("seed", values.seed)
  const minutes = whole("minutes", values.minutes)
  const { path } = values
  if (path !== undefined && (seed === undefined || !/^\d+(?::\d+)*$/.test(path))) {
    throw new UsageError("--path is what the line of a failure says, and needs its --seed.")
  }
  const report = await runHistories(await loadContract(file), {
    count: path === undefined ? (whole("count", values.count) ?? 2_000) : 1,
    ...(seed === undefined ? {} : { seed }),
    ...(path === undefined ? {} : { path }),
    ...(minutes === undefined ? {} : { limitMillis: minutes * 60_000 })
  })
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, undefined, 2)}\n`)
  const { broken, played, seconds } = report
  console.log(`${played} histories of ${report.provider} in ${seconds.toFixed(1)} s, seed ${report.seed}`)
  if (broken !== undefined) console.log(describeBroken(broken, file))
  return broken === undefined
}
