import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import { created, type Mm, type MmAdapter, run, startMm } from "../support/mm.ts"
import { type OpenPfas, openPfasOf, type PfasChange, toldOf } from "../support/pfas.ts"

let mm: Mm
let x509: MmAdapter
const scope = Effect.runSync(Scope.make())
const open = (change?: PfasChange): Promise<OpenPfas> => openPfasOf(mm, scope, change)

beforeAll(async () => {
  mm = await startMm()
  x509 = await mm.adapter()
})
afterEach(() => mm.sandbox.reset())
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await mm.close()
})

const paid = async (): Promise<string> => {
  const { id } = await created(x509)
  await mm.control("POST", `/viss-mm/requests/${id}/outcome`, { status: "E" })
  return id
}
const operations = (): ReadonlyArray<string> => mm.sandbox.calls().map(({ operation }) => operation)
const settings = (change: object): Promise<unknown> => mm.control("PATCH", "/viss-mm/settings", change)

const ways: ReadonlyArray<readonly [string, NonNullable<PfasChange["sts"]>, object]> = [
  ["a bearer token of SAML 2.0", {}, {}],
  ["a bearer token of SAML 1.1", { samlVersion: "1.1" }, {}],
  ["a bearer token that nobody but MM can read", {}, { tokenEncryption: true }],
  ["SHA-1 signatures", { hash: "sha1" }, {}],
  ["a token with a key", { keyProof: "holder_of_key" }, {}],
  ["a token of SAML 1.1 with a key", { keyProof: "holder_of_key", samlVersion: "1.1" }, {}],
  ["an encrypted token with a key and SHA-1", { keyProof: "holder_of_key", hash: "sha1" }, { tokenEncryption: true }]
]

describe("MM's services behind security tokens", () => {
  it.each(ways)("tell the status and serve both documents with %s", async (_name, sts, change) => {
    await settings(change)
    const { pfas } = await open({ sts })
    const { id } = await created(x509)
    assert.strictEqual((await run(pfas.status(id))).word, "P")
    await mm.control("POST", `/viss-mm/requests/${id}/outcome`, { status: "E" })
    const answer = await run(pfas.status(id.toUpperCase()))
    assert.strictEqual(answer.word, "E")
    assert.include(Buffer.from(answer.evidence).toString(), "GetPaymentRequestStatusResult>E<")
    const pdf = await run(pfas.document(id, "pdf"))
    assert.strictEqual(Buffer.from(pdf.bytes.subarray(0, 5)).toString(), "%PDF-")
    const xml = await run(pfas.document(id, "xml"))
    assert.include(Buffer.from(xml.bytes).toString(), "Liepiņa-KANARIJS")
    assert.strictEqual(xml.root?.name, "Invoice")
    assert.strictEqual(operations().filter((one) => one === "Issue").length, 1)
  })

  it("have no document before the money came", async () => {
    const { pfas } = await open()
    const { id } = await created(x509)
    const { reason } = await toldOf(pfas.document(id, "pdf"), "receipt")
    assert.strictEqual(reason._tag, "NotReady")
    assert.include(reason.message, "SIM-112")
  })

  it("know a request of another certificate as little as one that is not there", async () => {
    const { pfas } = await open({ client: "b" })
    assert.strictEqual((await toldOf(pfas.status(await paid()), "status")).reason._tag, "NotFound")
    const nobody = "11111111-2222-4333-8444-555555555555"
    assert.strictEqual((await toldOf(pfas.status(nobody), "status")).reason._tag, "NotFound")
  })
})

describe("the description of the service", () => {
  it("may be fetched from its address", async () => {
    const { pfas, exchanged } = await open({ pfas: { wsdl: { url: `${mm.sandbox.ready.vissMm.pfas}?singleWsdl` } } })
    assert.include(exchanged[0]?.received, "<wsdl:definitions")
    const { id } = await created(x509)
    assert.strictEqual((await run(pfas.status(id))).word, "P")
  })
})
