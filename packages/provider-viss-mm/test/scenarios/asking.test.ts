// Scenarios 2.4 to 2.6 of the guide by both of its ways: with the certificate (2.4 to 2.6) and with a security token, as
// services of the portal ask (2.7 to 2.9).
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { attempt, created, documentOf, type Mm, type MmVerbs, run, type ServiceName, startMm } from "../support/mm.ts"

let mm: Mm
beforeAll(async () => {
  mm = await startMm()
})
afterEach(() => mm.sandbox.reset())
afterAll(() => mm.close())

const outcome = (id: string, status: string): Promise<unknown> =>
  mm.control("POST", `/viss-mm/requests/${id}/outcome`, { status })
const lastCall = (): string | undefined => mm.sandbox.calls().at(-1)?.operation

/** The guide's operations of each way. */
const ways: ReadonlyArray<readonly [ServiceName, { status: string; pdf: string; xml: string }]> = [
  ["x509", { status: "CheckPaymentRequestStatusWpt", pdf: "Invoices/Pdf", xml: "Invoices/Xml" }],
  ["portal", { status: "GetPaymentRequestStatus", pdf: "GetInvoice", xml: "GetInvoice" }]
]

describe.each(ways)("by %s", (service, operations) => {
  const paidBy = async (): Promise<{ readonly adapter: MmVerbs; readonly id: string }> => {
    const adapter = await mm.by(service)
    const { id } = await created(adapter)
    await outcome(id, "E")
    return { adapter, id }
  }

  it("2.4, the status of a payment request is told at any time, in MM's four letters", async () => {
    const adapter = await mm.by(service)
    const { id } = await created(adapter)
    const told: Array<unknown> = []
    for (const letter of ["P", "O", "E"]) {
      await outcome(id, letter)
      told.push(...(await run(adapter.status(attempt({ providerReference: id })))).map(({ says }) => says))
      assert.strictEqual(lastCall(), operations.status)
    }
    const refused = await created(adapter)
    await outcome(refused.id, "R")
    told.push(...(await run(adapter.status(attempt({ providerReference: refused.id })))).map(({ says }) => says))
    assert.deepStrictEqual(told, [
      { _tag: "working", actionStands: true },
      { _tag: "unknown_word", word: "O" },
      { _tag: "received" },
      { _tag: "refused" }
    ])
  })

  it("2.5, the supporting document of a paid request is fetched as PDF", async () => {
    const { adapter, id } = await paidBy()
    const document = await documentOf(adapter.receipt(attempt({ providerReference: id }), "pdf"))
    assert.strictEqual(document.mediaType, "application/pdf")
    assert.match(document.bytes.toString("latin1"), /^%PDF-[\s\S]*%%EOF\s*$/)
    assert.strictEqual(lastCall(), operations.pdf)
  })

  it("2.6, the supporting document of a paid request is fetched as XML, and proves the sum", async () => {
    const { adapter, id } = await paidBy()
    const document = await documentOf(adapter.receipt(attempt({ providerReference: id }), "xml"))
    assert.strictEqual(document.mediaType, "application/xml")
    assert.include(document.bytes.toString(), id)
    const [proof] = document.observations
    assert.strictEqual(proof?.says._tag === "received" && proof.says.amount?.minorUnits, 1212n)
    assert.strictEqual(lastCall(), operations.xml)
  })
})
