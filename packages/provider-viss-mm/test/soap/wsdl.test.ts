import { rm, mkdtemp, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"

import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import { vissMm, type VissMmConfig, type VissMmWsdl } from "../../src/index.ts"
import { created, errorOf, type Mm, startMm } from "../support/mm.ts"
import { bundledText } from "../support/soap.ts"

let mm: Mm
let folder: string
beforeAll(async () => {
  mm = await startMm()
  folder = await mkdtemp(join(tmpdir(), "maksa-wsdl-"))
})
afterEach(() => mm.sandbox.reset())
afterAll(async () => {
  await mm.close()
  await rm(folder, { recursive: true })
})

const failure = async (wsdl: VissMmWsdl, change: Partial<VissMmConfig> = {}) =>
  (await errorOf(vissMm(await mm.config({ wsdl, ...change })).make)).reason
/** An environment whose list items have another name than in the draft. */
const agencyWsdl = async (): Promise<string> => {
  const text = (await bundledText()).replace('name="PriceListStructure" nillable', 'name="Row" nillable')
  assert.include(text, 'name="Row"')
  return text
}

describe("the agency's own WSDL", () => {
  it.each(["text", "file", "file URL", "url"])("is followed when given as %s, names and all", async (kind) => {
    await mm.control("PATCH", "/viss-mm/settings", { priceListItemName: "Row" })
    const file = join(folder, "service.wsdl")
    await writeFile(file, await agencyWsdl())
    const sources: Readonly<Record<string, VissMmWsdl>> = {
      text: { text: await agencyWsdl() },
      file: { file },
      "file URL": { file: new URL(`file://${file}`) },
      url: { url: mm.sandbox.ready.vissMm.wsdl }
    }
    const adapter = await mm.adapter({ wsdl: sources[kind] ?? assert.fail("no such source") })
    const { id } = await created(adapter)
    assert.isObject(mm.sandbox.payment(id))
  })

  it("may require what the guide's PHP sample gives as null: it goes as nil, and MM takes it", async () => {
    const nulls = [
      "Payment",
      "PaymentRequestPPK",
      "PaymentRequestResponse",
      "PaymentRequestStatus",
      "ParentPaymentRequestID"
    ]
    const text = nulls.reduce(
      (wsdl, name) => wsdl.replace(`minOccurs="0" name="${name}" nillable`, `name="${name}" nillable`),
      await bundledText()
    )
    assert.strictEqual(text.length, (await bundledText()).length - nulls.length * `minOccurs="0" `.length)
    const { id } = await created(await mm.adapter({ wsdl: { text } }))
    assert.isObject(mm.sandbox.payment(id))
  })

  it("that differs from the service is refused by MM, not half understood", async () => {
    await mm.control("PATCH", "/viss-mm/settings", { priceListItemName: "Row" })
    const adapter = await mm.adapter()
    await created(adapter).then(
      () => assert.fail("MM took a list that it cannot read"),
      (error: unknown) => assert.match(String(error), /code SIM-103/)
    )
  })

  it("is fetched with the client certificate, and a stranger learns why it is not given", async () => {
    const config = await mm.config({
      credentials: await mm.pem("unknownCa"),
      wsdl: { url: mm.sandbox.ready.vissMm.wsdl }
    })
    assert.strictEqual((await errorOf(vissMm(config).make)).reason._tag, "AuthenticationFailed")
  })
})

describe("a WSDL that cannot be used", () => {
  const without = async (operation: string): Promise<VissMmWsdl> => ({
    text: (await bundledText()).replaceAll(
      `<wsdl:operation name="${operation}">`,
      `<wsdl:operation name="X${operation}">`
    )
  })

  it.each(["SavePaymentRequest", "CheckPaymentRequestStatus"])(
    "because it lacks %s says so and names what it has",
    async (operation) => {
      const reason = await failure(await without(operation), { statusOperation: "CheckPaymentRequestStatus" })
      assert.deepInclude(reason, { _tag: "NotConfigured", field: "wsdl" })
      assert.include(reason.message, `The WSDL has no operation ${operation}. It has: `)
      assert.include(reason.message, `X${operation}`)
    }
  )

  it.each([
    ["Position", /PriceList\[0\]\.Position is not in the WSDL/],
    ["ExpiryDateSpecified", /ExpiryDateSpecified is not in the WSDL/],
    ["paymentRequest", /SavePaymentRequest\.paymentRequest is not in the WSDL/],
    ["PaymentRequestId", /reply has no SavePaymentRequestResult\.PaymentRequestId/],
    ["CheckPaymentRequestStatusResult", /reply has no text CheckPaymentRequestStatusResult/]
  ])("because it has another name for %s says so at start", async (name, expected) => {
    const text = (await bundledText()).replaceAll(`name="${name}"`, `name="Cits${name}"`)
    const reason = await failure({ text }, { statusOperation: "CheckPaymentRequestStatus" })
    assert.deepInclude(reason, { _tag: "NotConfigured", field: "wsdl" })
    assert.match(reason.message, expected)
  })

  it.each([
    ["is no file", { file: "/nonexistent/slepens-kanarijs.wsdl" }],
    ["is a page", { text: "<html><body>Sign in</body></html>" }],
    ["is empty of sense", { text: "x" }]
  ])("because it %s says so and does not show it", async (_what, wsdl) => {
    const reason = await failure(wsdl)
    assert.deepInclude(reason, { _tag: "NotConfigured", field: "wsdl" })
    assert.notInclude(reason.message, "slepens-kanarijs")
  })

  it.each([
    ["html", "NotConfigured"],
    ["status", "Unavailable"],
    ["reset", "Unavailable"],
    ["truncate", "Unavailable"],
    ["entity_bomb", "NotConfigured"]
  ] as const)("because fetching it meets %s is %s", async (kind, expected) => {
    mm.fault({ operation: "wsdl", kind, times: 1 })
    assert.strictEqual((await failure({ url: mm.sandbox.ready.vissMm.wsdl }))._tag, expected)
  })

  it("because nothing is at its address is NotConfigured", async () => {
    assert.strictEqual(
      (await failure({ url: new URL("/none?wsdl", mm.sandbox.ready.vissMm.wsdl) }))._tag,
      "NotConfigured"
    )
  })
})
