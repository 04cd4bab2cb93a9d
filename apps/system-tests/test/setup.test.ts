import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it } from "vitest"
import { temporaryDirectory } from "./harness.ts"

const setup = fileURLToPath(new URL("../../../tools/setup", import.meta.url))

/** A repository in which everything is installed, as the setup script sees it, run by a Node of the given version. */
const ensure = (version: string) => {
  const root = temporaryDirectory()
  try {
    cpSync(setup, join(root, "tools", "setup"), { recursive: true })
    mkdirSync(join(root, "node_modules"))
    writeFileSync(join(root, "package-lock.json"), "{}")
    const stamp = createHash("sha256").update("{}").update(`${process.platform}-${process.arch}`).digest("hex")
    writeFileSync(join(root, "node_modules", ".installed"), stamp)
    const pretend = `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } })`
    const started = performance.now()
    const result = spawnSync(
      process.execPath,
      ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`, join(root, "tools", "setup", "ensure.mjs")],
      { encoding: "utf8" }
    )
    return { status: result.status, text: result.stderr.trim(), millis: performance.now() - started }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

describe("the setup before every command", () => {
  it("says nothing and costs little when nothing changed and Node is recent enough", () => {
    for (const version of ["22.19.0", "24.1.0"]) {
      const { status, text, millis } = ensure(version)
      assert.deepStrictEqual([status, text], [0, ""], version)
      assert.isBelow(millis, 3000)
    }
  })

  it("gives one clear sentence where neither this Node nor a bundled one will do", () => {
    for (const version of ["20.20.2", "22.18.9"]) {
      const { status, text } = ensure(version)
      assert.strictEqual(status, 1)
      assert.match(text, /^Maksa needs Node >= 22\.19; this is \d+\.\d+\.\d+ .* install Node 24 .*\.$/)
      assert.notInclude(text, "\n")
    }
  })
})

describe("the Node that does the work", () => {
  it("is the caller's own if it is recent enough, else the one that runs the script", () => {
    const directory = temporaryDirectory()
    const own = join(directory, "own-node")
    const chosen = (version: string): string => {
      writeFileSync(own, `#!/bin/sh\necho ${version}\n`)
      chmodSync(own, 0o755)
      const script = `import(${JSON.stringify(join(setup, "node.mjs"))}).then(({ nodePath }) => console.log(nodePath))`
      const env = { ...process.env, npm_node_execpath: own }
      return spawnSync(process.execPath, ["--eval", script], { encoding: "utf8", env }).stdout.trim()
    }
    try {
      for (const version of ["22.19.0", "24.0.0", "26.1.0"]) assert.strictEqual(chosen(version), own, version)
      for (const version of ["20.20.2", "22.18.9", ""]) assert.strictEqual(chosen(version), process.execPath, version)
    } finally {
      rmSync(directory, { recursive: true, force: true })
    }
  })
})
