// `npm run mutation [-- core]`: mutates money, lifecycle and signature, and writes docs/generated/mutation.md. Takes an hour
// the first time (signature a quarter); what did not change is not tried again unless it was missed.
import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { Stryker } from "@stryker-mutator/core"
import { writeReport } from "./report.ts"
import { resultOf, type Target, targets } from "./targets.ts"

/** The part of Stryker's incremental file that is read here. */
interface Incremental {
  readonly files: Record<string, { mutants: ReadonlyArray<{ readonly status: string }> }>
}

/** Stryker would keep what was missed until a test has a new name: it does not see into the imported test files. */
const forgetMissed = (path: string): void => {
  if (!existsSync(path)) return
  // Stryker's own file, in its published schema.
  const report = JSON.parse(readFileSync(path, "utf8")) as Incremental
  for (const file of Object.values(report.files)) {
    file.mutants = file.mutants.filter(({ status }) => status === "Killed" || status === "Timeout")
  }
  writeFileSync(path, JSON.stringify(report))
}

const mutate = async ({ mutate, name, size, tests, tooSlow }: Target): Promise<void> => {
  const files = tests.flatMap((pattern) => globSync(pattern).toSorted()).filter((file) => !tooSlow.includes(file))
  process.env["MAKSA_MUTATION_TESTS"] = files.join(",")
  process.env["MAKSA_MUTATION_SIZE"] = size
  const incrementalFile = `.stryker/${name}.incremental.json`
  forgetMissed(incrementalFile)
  await new Stryker({
    mutate: [...mutate],
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "tools/mutation/vitest.config.ts", related: false },
    coverageAnalysis: "perTest",
    // One at a time: property tests are all work and no waiting.
    concurrency: 1,
    timeoutMS: 5000,
    incremental: true,
    incrementalFile,
    jsonReporter: { fileName: resultOf({ name }) },
    reporters: ["json", "progress-append-only"],
    tempDirName: `.stryker/tmp-${name}`,
    // Stryker would rewrite it with a compiler API that the workspace's TypeScript does not have.
    tsconfigFile: "none.json",
    ignorePatterns: ["**/dist", "**/test-results", ".nx", ".data"]
  }).runMutationTest()
  rmSync(`.stryker/tmp-${name}`, { recursive: true, force: true })
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !targets.some((target) => target.name === name))
if (unknown.length > 0) throw new Error(`no such target: ${unknown.join(", ")}`)
for (const target of targets) if (wanted.length === 0 || wanted.includes(target.name)) await mutate(target)
process.exitCode = writeReport() ? 0 : 1
