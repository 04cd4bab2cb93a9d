// `npm run mutation [-- core]`: mutates money, lifecycle and signature, and writes docs/generated/mutation.md. Takes an hour
// the first time; what did not change is not tried again.
import { globSync, rmSync } from "node:fs"
import { Stryker } from "@stryker-mutator/core"
import { writeReport } from "./report.ts"
import { resultOf, type Target, targets } from "./targets.ts"

const mutate = async ({ mutate, name, tests, tooSlow }: Target): Promise<void> => {
  const files = globSync([...tests]).filter((file) => file !== tooSlow)
  process.env["MAKSA_MUTATION_TESTS"] = files.toSorted().join(",")
  await new Stryker({
    mutate: [...mutate],
    testRunner: "vitest",
    plugins: ["@stryker-mutator/vitest-runner"],
    vitest: { configFile: "tools/mutation/vitest.config.ts", related: false },
    coverageAnalysis: "perTest",
    // One at a time: property tests are all work and no waiting.
    concurrency: 1,
    timeoutMS: 15_000,
    incremental: true,
    incrementalFile: `.stryker/${name}.incremental.json`,
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
