import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { afterAll, assert, describe, it } from "vitest"

const here = fileURLToPath(new URL(".", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "maksa-kit-"))
const run = (...args: ReadonlyArray<string>) => {
  const program = join(here, "..", "src", "cli.ts")
  const env = { ...process.env, NODE_OPTIONS: "" }
  return spawnSync(process.execPath, ["--conditions=@maksa/source", program, ...args], { encoding: "utf8", env })
}
const contract = (name: string) => join(here, "support", `${name}.contract.ts`)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe("maksa-contract run", () => {
  it("tries a contract, names what is exempt and why, writes both reports and ends with 0", () => {
    const json = join(folder, "report.json")
    const markdown = join(folder, "report.md")
    const ids = ["duplicate-notice", "hint-moves-no-money"].flatMap((id) => ["--law", id])
    const { status, stdout } = run("run", contract("coins"), "--json", json, "--markdown", markdown, ...ids)
    assert.strictEqual(status, 0)
    assert.match(stdout, /^ok +duplicate-notice, by page$/m)
    assert.match(stdout, /^exempt hint-moves-no-money, by page: .*manifest/m)
    assert.match(stdout, /^1 passed, 0 failed, 1 exempt$/m)
    const report = JSON.parse(readFileSync(json, "utf8")) as { readonly passed: number } // written by the program
    assert.strictEqual(report.passed, 1)
    assert.match(readFileSync(markdown, "utf8"), /1 passed, 0 failed, 1 exempt/)
  })

  it("ends with 1 when a law is broken, and says why it matters and what to do", () => {
    const { status, stdout } = run("run", contract("broken"), "--law", "duplicate-notice")
    assert.strictEqual(status, 1)
    assert.match(stdout, /^FAILED duplicate-notice/m)
    assert.match(stdout, /^ +What to do: Let `content` be the verified message/m)
    assert.match(stdout, /^ +More: docs\/laws\.md#duplicate-notice$/m)
  })

  it("ends with 2 when nothing could be tried", () => {
    assert.strictEqual(run("run", join(here, "cli.test.ts"), "--law", "no-such-law").status, 2)
    assert.strictEqual(run("run", join(here, "support", "coinSimulator.ts")).status, 2)
    assert.strictEqual(run().status, 2)
  })

  it.each([
    ["nowhere.contract.ts", /There is no file nowhere\.contract\.ts/],
    [join(here, "support"), /is a folder; name the module/],
    [join(here, "..", "package.json"), /is no module/],
    [join(here, "support", "coinSimulator.ts"), /does not export a provider contract as `contract`/]
  ])("says what is wrong with the path %s, without a stack", (file, message) => {
    const { stderr, status } = run("run", file)
    assert.strictEqual(status, 2)
    assert.match(stderr, message)
    assert.notMatch(stderr, /\n +at /)
  })
})

describe("maksa-contract histories", () => {
  it("ends with 1 and one line that repeats the failure, shrunk", { timeout: 120_000 }, () => {
    const json = join(folder, "histories.json")
    const found = run("histories", contract("broken"), "--count", "500", "--seed", "1", "--json", json)
    assert.strictEqual(found.status, 1)
    const [, ...args] = /^maksa-contract (histories) (\S+) (--seed) (1) (--path) ([\d:]+)$/m.exec(found.stdout) ?? []
    assert.strictEqual(args.length, 6, found.stdout)
    const again = run(...args)
    assert.strictEqual(again.status, 1)
    const steps = (text: string) => text.split("\n").filter((line) => line.startsWith("  {"))
    assert.isAbove(steps(found.stdout).length, 0)
    assert.deepStrictEqual(steps(again.stdout), steps(found.stdout))
    const report = JSON.parse(readFileSync(json, "utf8")) as { readonly broken?: { readonly history: unknown } } // written by the program
    assert.isDefined(report.broken)
  })

  it("ends with 2 for a path without its seed, and for numbers that are none", () => {
    assert.strictEqual(run("histories", contract("coins"), "--path", "1:2").status, 2)
    assert.strictEqual(run("histories", contract("coins"), "--count", "many").status, 2)
  })
})
