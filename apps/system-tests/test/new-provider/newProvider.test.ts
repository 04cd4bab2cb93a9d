import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { copyWorkspace, type WorkspaceCopy } from "./workspaceCopy.ts"

let copy: WorkspaceCopy
let made: ReturnType<WorkspaceCopy["node"]>
const nx = "node_modules/nx/dist/bin/nx.js"
const generate = (id: string) => copy.node([nx, "g", "./tools/generators:provider", id, "--install=false"])
const folder = "packages/provider-acme-ee"

beforeAll(() => {
  copy = copyWorkspace(["provider-acme-ee"])
  made = generate("acme-ee")
}, 120_000)
afterAll(() => copy[Symbol.dispose]())

const textsUnder = (path: string): ReadonlyArray<readonly [path: string, text: string]> =>
  readdirSync(join(copy.folder, path), { withFileTypes: true }).flatMap((entry) => {
    const inner = `${path}/${entry.name}`
    if (entry.isDirectory()) return entry.name === "dist" ? [] : textsUnder(inner)
    return [[inner, readFileSync(join(copy.folder, inner), "utf8")] as const]
  })

describe("npm run new-provider", () => {
  it("makes a package, builds it, and leaves no word of the template in it", () => {
    assert.equal(made.code, 0, made.output)
    const texts = [
      ...textsUnder(folder),
      ...textsUnder("docs/providers").filter(([path]) => path.endsWith("acme-ee.md")),
      ...textsUnder(".changeset").filter(([path]) => path.endsWith("acme-ee.md"))
    ]
    assert.isAbove(texts.length, 50)
    for (const [path, text] of texts) {
      assert.notMatch(path, /template|saboteur/i)
      assert.notMatch(text, /template/i, path)
    }
    assert.isTrue(existsSync(join(copy.folder, folder, "dist", "index.d.ts")))
  })

  it("makes a package whose types, style and own tests are right", () => {
    const inside = join(copy.folder, folder)
    const bin = (path: string, ...args: ReadonlyArray<string>) =>
      copy.node([join(copy.folder, "node_modules", path), ...args], inside)
    for (const done of [
      bin("@typescript/native/bin/tsc", "-p", "tsconfig.test.json"),
      bin("oxlint/bin/oxlint", "--type-aware", "-c", "../../.oxlintrc.json", "src", "sandbox", "test"),
      bin("oxfmt/bin/oxfmt", "--check"),
      bin("vitest/vitest.mjs", "run", "--exclude", "test/contract/**")
    ]) {
      assert.equal(done.code, 0, done.output)
    }
  }, 180_000)

  it("makes an adapter that the contract kit certifies", () => {
    const run = copy.node(
      [
        "--conditions=@maksa/source",
        join(copy.folder, "packages/contract-kit/src/cli.ts"),
        "run",
        "test/contract/contract.ts"
      ],
      join(copy.folder, folder)
    )
    assert.equal(run.code, 0, run.output)
    assert.match(run.output, /^\d+ passed, 0 failed, \d+ exempt$/m)
  }, 1_200_000)

  it("leaves a workspace that passes the repository's checks", () => {
    const built = copy.node(["node_modules/@typescript/native/bin/tsc", "-b"])
    assert.equal(built.code, 0, built.output)
    const checks = copy.node(["tools/check/run.mjs"])
    assert.equal(checks.code, 0, checks.output)
  }, 300_000)

  it("refuses a bad or taken id with one sentence, and writes nothing", () => {
    const before = readdirSync(join(copy.folder, "packages"))
    const refusals: ReadonlyArray<readonly [id: string, sentence: RegExp]> = [
      ["Acme_EE", /is not an id: write the provider's short name and its country/],
      ["acme-", /is not an id/],
      ["enum", /already has the word enum/],
      ["viss-mm", /packages\/provider-viss-mm is there already/],
      ["to-order", /already has the word toOrder/]
    ]
    for (const [id, sentence] of refusals) {
      const refused = generate(id)
      assert.notEqual(refused.code, 0)
      assert.match(refused.output, sentence)
      assert.notInclude(refused.output, "    at ")
    }
    assert.deepEqual(readdirSync(join(copy.folder, "packages")), before)
  }, 120_000)
})
