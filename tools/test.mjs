// `npm test`: build, type check, lint, repository checks and every test; ends with one line that adds it all up.
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { nodePath, root, run, runBin } from "./setup/node.mjs"

const folders = ["packages", "apps", "tools"].flatMap((parent) =>
  readdirSync(join(root, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(root, parent, entry.name))
)
const resultFiles = folders.map((folder) => join(folder, "test-results", "results.json"))
for (const file of resultFiles) rmSync(file, { force: true })

let passed = 0
let failed = 0
let skipped = 0
const step = (name, status) => {
  if (status === 0) passed++
  else {
    failed++
    console.error(`failed: ${name}`)
  }
}

step(
  "build, type check, lint, tests",
  runBin("nx/dist/bin/nx.js", ["run-many", "-t", "build", "typecheck", "lint", "test", "--outputStyle=stream"], {
    NX_DAEMON: "false"
  })
)
step("format", runBin("oxfmt/bin/oxfmt", ["--check"]))
step("repository checks", run(nodePath, [join(root, "tools", "check", "run.mjs")]))

// A folder without a package.json is no project of the workspace: mutation testing has its vitest configuration in one.
const withTests = folders.filter((folder) =>
  ["vitest.config.ts", "package.json"].every((file) => existsSync(join(folder, file)))
)
for (const folder of withTests) {
  const file = join(folder, "test-results", "results.json")
  if (!existsSync(file)) {
    step(`${folder} left no test results`, 1)
    continue
  }
  const results = JSON.parse(readFileSync(file, "utf8"))
  passed += results.numPassedTests
  failed += results.numFailedTests
  skipped += results.numPendingTests + results.numTodoTests
}
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`)
process.exitCode = failed > 0 ? 1 : 0
