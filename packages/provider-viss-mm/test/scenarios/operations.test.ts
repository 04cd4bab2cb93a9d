// Every operation that the guide and the Request Service have, over the wire, by the adapter's own verbs.
import { layer } from "@maksa/core/undici"
import * as Effect from "effect/Effect"
import { afterAll, assert, beforeAll, it } from "vitest"
import { askPositions } from "../../src/index.ts"
import { attempt, created, createInput, type Mm, run, startMm } from "../support/mm.ts"

let mm: Mm
beforeAll(async () => {
  mm = await startMm()
})
afterAll(() => mm.close())

const pay = (id: string): Promise<unknown> => mm.control("POST", `/viss-mm/requests/${id}/outcome`, { status: "E" })

/** By the guide's sections, and by the data exchange guidelines of VISS (IVIS). */
const operations = {
  "2.3 and 2.4, SOAP": [
    "SavePaymentRequest",
    "CheckPaymentRequestStatus",
    "CheckPaymentRequestStatusWpt",
    "CheckPaymentStatus"
  ],
  "2.5 and 2.6, REST": ["Invoices/Pdf", "Invoices/Xml"],
  "2.7 to 2.9, security tokens": ["Issue", "GetInvoice", "GetPaymentRequestStatus"],
  "3, PaymentApi": [
    "PaymentApi/SavePaymentRequest",
    "PaymentApi/CheckPaymentRequestStatus",
    "PaymentApi/GetPaymentRequests",
    "PaymentApi/GetPayments",
    "PaymentApi/CheckPaymentStatus",
    "PaymentApi/CheckPaymentRequestStatusWpt",
    "PaymentApi/CreateInvoice"
  ],
  "2.1 and 2.2, IVIS": ["StartTransaction", "EndTransaction", "Submit", "SubmitSync", "GetStatus"]
} as const

it("every operation of the guide is called by some verb, and MM answers it", async () => {
  const x509 = await mm.adapter()
  const { id } = await created(x509)
  await pay(id)
  const asked = attempt({ providerReference: id })
  await run(x509.status(asked))
  for (const statusOperation of ["CheckPaymentRequestStatus", "CheckPaymentStatus"] as const) {
    assert.lengthOf(await run((await mm.adapter({ statusOperation })).status(asked)), 1)
  }
  await run(x509.receipt(asked, "pdf"))
  await run(x509.receipt(asked, "xml"))

  const api = await mm.api({ statusOperation: "CheckPaymentRequestStatus" })
  await created(api)
  await run(api.status(asked))
  await run((await mm.api()).status(asked))
  await run(api.list({ from: Date.now() - 3_600_000, to: Date.now() }))
  await run(askPositions(await mm.apiConfig(), id, ["54"]).pipe(Effect.provide(layer)))
  await run(api.issueInvoice(asked, { name: "Paraugs", code: "000000-00000", address: "Parauga iela 1" }))

  const portal = await mm.portal("sync")
  await created(portal)
  await run(portal.status(asked))
  await run(portal.receipt(asked, "pdf"))
  assert.isTrue((await run(portal.check())).every(({ isOk }) => isOk))
  const later = await mm.portal("async")
  await run(later.create(createInput()))
  await run(later.status(attempt()))

  const called = new Set(mm.sandbox.calls().map(({ operation }) => operation))
  assert.deepStrictEqual(
    Object.values(operations)
      .flat()
      .filter((operation) => !called.has(operation)),
    []
  )
})
