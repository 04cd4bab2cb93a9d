import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import {
  at,
  attempt,
  created,
  createInput,
  documentOf,
  errorOf,
  type Mm,
  type MmAdapter,
  run,
  startMm
} from "../support/mm.ts"

let mm: Mm
let adapter: MmAdapter
/** Gives up soon; only for calls that are never answered, so that a busy machine spoils no other test. */
let impatient: MmAdapter
beforeAll(async () => {
  mm = await startMm()
  adapter = await mm.adapter()
  impatient = await mm.adapter({ timeouts: { responseMillis: 250 } })
})
const callerFor = (kind: string): MmAdapter => (kind === "timeout" ? impatient : adapter)
afterEach(() => mm.sandbox.reset())
afterAll(() => mm.close())

/** Each kind with what a read that meets it is told, for SOAP and for documents. */
const kinds = [
  ["close", "Unavailable", "Unavailable"],
  ["reset", "Unavailable", "Unavailable"],
  ["timeout", "Unavailable", "Unavailable"],
  ["status", "Unavailable", "Unavailable"],
  ["html", "MalformedResponse", "MalformedResponse"],
  ["truncate", "Unavailable", "Unavailable"],
  ["garbage", "MalformedResponse", "MalformedResponse"],
  ["entity_bomb", "MalformedResponse", "MalformedResponse"],
  ["dtd", "MalformedResponse", "MalformedResponse"]
] as const
const soapKinds = [
  ["soap_fault", "Unavailable"],
  ["nil_result", "MalformedResponse"]
] as const
const phases = ["before", "after"] as const
const createKinds = [...kinds, ...soapKinds].flatMap(([kind]) => phases.map((phase) => [kind, phase] as const))
const statusKinds = [...kinds, ...soapKinds].flatMap(([kind, reason]) =>
  phases.map((phase) => [kind, phase, reason] as const)
)
const receiptKinds = kinds.flatMap(([kind, , reason]) => phases.map((phase) => [kind, phase, reason] as const))

describe("a command that meets trouble", () => {
  it.each(createKinds)("of kind %s %s MM acts is OutcomeUnknown and is not sent again", async (kind, phase) => {
    mm.fault({ operation: "SavePaymentRequest", kind, phase })
    const error = await errorOf(callerFor(kind).create(createInput()))
    assert.strictEqual(error.reason._tag, "OutcomeUnknown")
    assert.isFalse(error.isRetryable)
    assert.lengthOf(mm.sandbox.calls(), 1)
    // What really happened differs; that is what the word means.
    const happened = phase === "after" || kind === "nil_result" ? 1 : 0
    assert.lengthOf(mm.sandbox.payments(), happened)
  })

  it("before anything left is Unavailable: repeating is safe", async () => {
    const nowhere = await mm.adapter({
      endpoints: { paymentRequestService: "https://127.0.0.1:9/x.svc", invoices: "https://127.0.0.1:9/Invoices/" }
    })
    const error = await errorOf(nowhere.create(createInput()))
    assert.strictEqual(error.reason._tag, "Unavailable")
    assert.isTrue(error.isRetryable)
  })

  it("at a wrong address is OutcomeUnknown, because a page proves nothing", async () => {
    const wrong = await mm.adapter({
      endpoints: {
        paymentRequestService: new URL("/nothing.svc", mm.sandbox.ready.vissMm.wsdl),
        invoices: mm.sandbox.ready.vissMm.invoices
      }
    })
    assert.strictEqual((await errorOf(wrong.create(createInput()))).reason._tag, "OutcomeUnknown")
    const { id } = await created(adapter)
    const reason = (await errorOf(wrong.status(attempt({ providerReference: id })))).reason
    assert.strictEqual(reason._tag, "Unavailable")
    assert.match(reason.message, /endpoints/)
  })
})

describe("a question that meets trouble", () => {
  it.each(statusKinds)("of kind %s %s MM acts is %s, and the next one is answered", async (kind, phase, reason) => {
    const { id } = await created(adapter)
    mm.fault({ operation: "CheckPaymentRequestStatusWpt", kind, phase, times: 1 })
    const error = await errorOf(callerFor(kind).status(attempt({ providerReference: id })))
    assert.strictEqual(error.reason._tag, reason)
    assert.isTrue(error.isRetryable)
    const [answer] = await run(adapter.status(attempt({ providerReference: id })))
    assert.strictEqual(answer?.says._tag, "working")
  })
})

const isPdf = (bytes: Buffer): boolean => bytes.toString("latin1").startsWith("%PDF-") && bytes.includes("%%EOF")

describe("a document that meets trouble", () => {
  it.each(receiptKinds)("of kind %s %s MM acts is %s, and comes whole the next time", async (kind, phase, reason) => {
    const { id } = await created(adapter)
    await mm.control("POST", `/viss-mm/requests/${id}/outcome`, { status: "E" })
    const whole = attempt({ providerReference: id })
    mm.fault({ operation: "Invoices/Xml", kind, phase, times: 1 })
    const error = await errorOf(callerFor(kind).receipt(whole, "xml"))
    assert.strictEqual(error.reason._tag, reason)
    assert.isTrue(error.isRetryable)
    assert.include((await documentOf(adapter.receipt(whole, "xml"))).bytes.toString(), "</")
    // What a PDF's bytes are is core's to look at: here they break off, or are plainly none.
    mm.fault({ operation: "Invoices/Pdf", kind, phase, times: 1 })
    const given = await documentOf(callerFor(kind).receipt(whole, "pdf")).catch(() => undefined)
    assert.isFalse(given !== undefined && isPdf(given.bytes))
    assert.isTrue(isPdf((await documentOf(adapter.receipt(whole, "pdf"))).bytes))
  })

  it("beyond the configured size is malformed", async () => {
    const small = await mm.adapter({ maxReceiptBytes: 500 })
    const { id } = await created(small)
    await mm.control("POST", `/viss-mm/requests/${id}/outcome`, { status: "E" })
    const known = attempt({ providerReference: id })
    assert.strictEqual((await errorOf(small.receipt(known, "xml"))).reason._tag, "MalformedResponse")
    const broken: unknown = await documentOf(small.receipt(known, "pdf")).catch((cause: unknown) => cause)
    assert.deepInclude(at(broken, "cause"), { code: "MAKSA_TOO_LARGE", kind: "too_large" })
  })
})
