import { createPayments, NotConfigured, PaymentError, providerPort } from "@maksa/core"
import { cpSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { fake, script } from "../fakeProvider.ts"
import { type Installation, makeInstallation, packageFolder } from "./installation.ts"

// Until a version is published, the adapters packed from this commit stand in for the last published ones.
const adapters = { "provider-ecommpay-lv": ["index", "signature"], "provider-viss-mm": ["index"] } as const

let project: Installation
beforeAll(() => {
  project = makeInstallation([])
  for (const name of ["core", "contract-kit", "sandbox", ...Object.keys(adapters)]) {
    project.install(`@maksa/${name}`, packageFolder(name))
  }
}, 180_000)
afterAll(() => project[Symbol.dispose]())

/** The adapter's contract of today in the project, for the adapter as it is packed. */
const bringContract = (name: keyof typeof adapters): string => {
  const folder = join(project.folder, name)
  cpSync(join(packageFolder(name), "test"), join(folder, "test"), { recursive: true })
  cpSync(join(project.folder, "node_modules", "@maksa", name, "src"), join(folder, "src"), { recursive: true })
  for (const entry of adapters[name]) {
    const path = entry === "index" ? "" : `/${entry}`
    writeFileSync(join(folder, "src", `${entry}.ts`), `export * from "@maksa/${name}${path}"\n`)
  }
  return join(folder, "test", "contract", "contract.ts")
}

describe("the port of core", () => {
  it.each(["provider-ecommpay-lv", "provider-viss-mm"] as const)(
    "carries the last published %s, as packed",
    (name) => {
      const laws = ["built-for-this-port", "capabilities-are-real", "truth-agreement"].flatMap((id) => ["--law", id])
      const json = join(project.folder, "report.json")
      const kit = "node_modules/@maksa/contract-kit/bin/maksa-contract.js"
      const { code, output } = project.node(kit, "run", bringContract(name), ...laws, "--json", json)
      assert.equal(code, 0, output)
      assert.match(output, /^ok +truth-agreement/m)
      assert.deepInclude(JSON.parse(readFileSync(json, "utf8")), { port: providerPort, failed: 0, exempt: 0 })
    },
    180_000
  )

  it("refuses an adapter of another port, and says what to install", async () => {
    const start = async (port: unknown): Promise<string> => {
      const { manifest, ...provider } = fake(script())
      // An adapter of another port cannot have this port's type.
      const other = { ...provider, manifest: { ...manifest, port } } as never
      const untouched = () => assert.fail("nothing is stored before the adapters are opened")
      const store = { transact: untouched, keyedDigest: untouched, close: untouched } as never
      const fulfilment = { policy: "eager" } as const
      try {
        await createPayments({ store, providers: [other], publicBaseUrl: "http://127.0.0.1", fulfilment })
      } catch (cause) {
        if (cause instanceof PaymentError && cause.reason instanceof NotConfigured) return cause.reason.message
        throw cause
      }
      return assert.fail("it was opened")
    }
    const newer = await start(2)
    assert.match(newer, /was built for version 2 of the provider port, and this @maksa\/core has version 1/)
    assert.match(newer, /install a newer @maksa\/core, or an older version of the adapter\.$/)
    assert.match(await start(0), /install a newer version of the adapter, or an older @maksa\/core\.$/)
    assert.match(await start(undefined), /was built for no version of the provider port/)
  })
})
