import { createPayments, NotConfigured, PaymentError, providerPort } from "@maksa/core"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { fake, script } from "../fakeProvider.ts"
import { type Installation, makeInstallation, packageFolder } from "./installation.ts"

// Until a version is published, the adapters packed from this commit stand in for the last published ones.
const adapters = ["provider-ecommpay-lv", "provider-viss-mm"] as const

let project: Installation
beforeAll(() => {
  project = makeInstallation([])
  for (const name of ["core", "contract-kit", ...adapters]) project.install(`@maksa/${name}`, packageFolder(name))
}, 180_000)
afterAll(() => project[Symbol.dispose]())

describe("the port of core", () => {
  it("is the one for which the last published adapters were built", () => {
    for (const name of adapters) {
      writeFileSync(
        join(project.folder, "fits.mjs"),
        `import { manifest } from "@maksa/${name}"
import { portProblems } from "@maksa/contract-kit"
console.log(JSON.stringify({ port: manifest.port, problems: portProblems({ manifest }) }))`
      )
      const { code, output } = project.node("fits.mjs")
      assert.equal(code, 0, output)
      assert.deepEqual(JSON.parse(output), { port: providerPort, problems: [] }, name)
    }
  })

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
