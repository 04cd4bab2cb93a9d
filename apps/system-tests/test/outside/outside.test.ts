import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { type Installation, makeInstallation, packageFolder } from "./installation.ts"

let project: Installation
const compiler = "node_modules/@typescript/native/bin/tsc"
const kit = "node_modules/@maksa/contract-kit/bin/maksa-contract.js"

beforeAll(() => {
  project = makeInstallation(["@typescript", "@types"], "provider-outside")
  for (const name of ["core", "contract-kit"]) project.install(`@maksa/${name}`, packageFolder(name))
}, 120_000)
afterAll(() => project[Symbol.dispose]())

describe("a provider outside the repository", () => {
  it("is built against the packed packages", () => {
    const built = project.node(compiler, "-p", ".")
    assert.equal(built.code, 0, built.output)
  }, 120_000)

  it("is certified by the packed kit, which says for which port", () => {
    const certified = project.node(kit, "run", "test/contract.ts", "--markdown", "certificate.md")
    assert.equal(certified.code, 0, certified.output)
    assert.match(certified.output, /^\d+ passed, 0 failed, \d+ exempt$/m)
    const certificate = readFileSync(join(project.folder, "certificate.md"), "utf8")
    assert.match(certificate, /^# pocket on pocket simulator\n\nPort 1\. /)
    // Whoever reads it has neither the repository nor its documents.
    const headings = new Set([...certificate.matchAll(/^### (.+)$/gm)].map(([, id = ""]) => `#${id}`))
    const links = [...certificate.matchAll(/\]\(([^)]*)\)/g)].map(([, target = ""]) => target)
    assert.isAbove(links.length, 40)
    assert.deepEqual(
      links.filter((target) => !headings.has(target)),
      []
    )
  }, 600_000)

  it("built for another port is told what does not fit, and is not tried", () => {
    // A port 2 that renamed a field, dropped one and gave one another meaning.
    writeFileSync(
      join(project.folder, "test", "port2.ts"),
      `import { manifest as first } from "../src/manifest.ts"
import { contract as own } from "./contract.ts"
const { languages, ...rest } = first
const manifest = { ...rest, port: 2, webhook: "pushed", payerLanguages: languages }
export const contract = { ...own, make: (driver: never) => ({ ...own.make(driver), manifest }) }
`
    )
    const refused = project.node(kit, "run", "test/port2.ts")
    assert.equal(refused.code, 1, refused.output)
    assert.include(refused.output, "The adapter was built for port 2; the installed @maksa/core has port 1.")
    assert.include(refused.output, "in the manifest: languages, payerLanguages, webhook.")
    assert.include(refused.output, "0 passed, 1 failed, 0 exempt")
  }, 120_000)
})
