// What the portal's ways of reaching MM do when things go wrong, and what a push may bring about.
import { type Inbound, WebhookError } from "@maksa/core"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import type { VissMmPortalConfig } from "../../src/index.ts"
import { messageIdOf } from "../../src/internal/portal/messages.ts"
import {
  attempt,
  created,
  createInput,
  errorOf,
  type Mm,
  type MmPortalAdapter,
  reasonOf,
  run,
  startMm
} from "../support/mm.ts"

let mm: Mm
let sync: MmPortalAdapter
let async: MmPortalAdapter
beforeAll(async () => {
  mm = await startMm()
  sync = await mm.portal("sync")
  async = await mm.portal("async")
})
afterEach(() => mm.sandbox.reset())
afterAll(() => mm.close())

const outcome = (id: string, status: string): Promise<unknown> =>
  mm.control("POST", `/viss-mm/requests/${id}/outcome`, { status })
const requests = (): ReadonlyArray<string> => mm.sandbox.payments().map((one) => String(Reflect.get(one, "paymentId")))
const calls = (operation: string): number => mm.sandbox.calls().filter((call) => call.operation === operation).length

const inbound = (text: string): Inbound => ({
  method: "POST",
  url: "https://iestade.example/webhooks/viss-mm/servera-zime",
  headers: {},
  body: new TextEncoder().encode(text),
  receivedAt: DateTime.makeUnsafe(0)
})
const envelope = "http://ivis.eps.gov.lv/XMLSchemas/100001/IVIS/v1-0"
const message = (name: string, id: string, status = "E"): string =>
  `<${name} xmlns="${envelope}"><Header><MessageID>1</MessageID><CorrelationID>2</CorrelationID></Header><Body>` +
  `<PaymentsDataStructure xmlns=""><PaymentRequestResponse><PaymentRequestId>${id}</PaymentRequestId></PaymentRequestResponse>` +
  `<PaymentRequestStatus><RequestStatus>${status}</RequestStatus></PaymentRequestStatus></PaymentsDataStructure></Body></${name}>`
const soap = (content: string, version = "http://www.w3.org/2003/05/soap-envelope"): string =>
  `<s:Envelope xmlns:s="${version}"><s:Header/><s:Body>${content}</s:Body></s:Envelope>`
const someId = "05ae69d8-0000-4000-8000-00000000abcd"

describe("a request through the portal", () => {
  it("carries the attempt's own MessageID, and our address with its token as ResponseEndPoint", async () => {
    const { id } = await created(sync)
    const portal: unknown = Reflect.get(mm.sandbox.payment(id) ?? {}, "portal")
    assert.deepInclude(portal, {
      mode: "sync",
      messageId: messageIdOf(createInput().attemptId),
      responseEndPoint: createInput().urls.webhook
    })
    assert.match(messageIdOf("att_1"), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    assert.notStrictEqual(messageIdOf("att_1"), messageIdOf("att_2"))
  })

  it.each(["SubmitSync", "StartTransaction", "Issue"])(
    "whose reply to %s is lost is told so, and sent once",
    async (operation) => {
      const fresh = await mm.portal("sync")
      mm.fault({ operation, kind: "close", phase: "after", times: 1 })
      const reason = await reasonOf(fresh.create(createInput()))
      assert.strictEqual(reason._tag, operation === "SubmitSync" ? "OutcomeUnknown" : "Unavailable")
      assert.strictEqual(calls("SubmitSync"), operation === "SubmitSync" ? 1 : 0)
      assert.lengthOf(requests(), operation === "SubmitSync" ? 1 : 0)
    }
  )

  it("is Refused with MM's code, and with the number of the Request Service", async () => {
    const unknownStep = createInput({ options: { serviceStep: "NONE1" } })
    assert.deepInclude(await reasonOf(sync.create(unknownStep)), { _tag: "Refused", providerCode: "SIM-101" })
    mm.fault({ operation: "SubmitSync", kind: "ivis_error_22", phase: "before", times: 1 })
    assert.deepInclude(await reasonOf(sync.create(createInput())), { _tag: "Refused", providerCode: "IVIS-22" })
  })

  it.each([
    [13, "AuthenticationFailed"],
    [6, "AuthenticationFailed"],
    [10, "NotConfigured"],
    [23, "NotConfigured"]
  ])("that meets error %i of the Request Service is told as %s", async (number, tag) => {
    mm.fault({ operation: "SubmitSync", kind: `ivis_error_${number}`, phase: "before", times: 1 })
    assert.strictEqual((await reasonOf(sync.create(createInput())))._tag, tag)
    assert.lengthOf(requests(), 0)
  })

  it("names what is wrong in the configuration", async () => {
    const { pfas, requestService, sts } = await mm.portalConfig("sync")
    const wrong: ReadonlyArray<readonly [change: object, field: string]> = [
      [{ requestService: { ...requestService, eServiceId: "EP00" } }, "requestService.eServiceId"],
      [{ requestService: { ...requestService, messageType: "" } }, "requestService.messageType"],
      [{ requestService: { ...requestService, destination: "MM" } }, "requestService.destination"],
      [{ requestService: { ...requestService, url: "http://127.0.0.1/" } }, "requestService.url"],
      [{ requestService: { ...requestService, url: undefined } }, "requestService.url"],
      [{ requestService: { ...requestService, uri: "x" } }, "requestService.uri"],
      [{ sts: { ...sts, keyproof: "bearer" } }, "sts.keyproof"],
      [{ pfas: { ...pfas, ports: "x" } }, "pfas.ports"],
      [{ documentList: { link: "x" } }, "documentList.link"],
      [{ documentList: { url: "ftp://x" } }, "documentList.url"],
      [{ mode: undefined }, "mode"],
      [{ sts: undefined }, "sts"],
      [{ wsdl: { text: "x" } }, "wsdl"]
    ]
    for (const [change, field] of wrong) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- configurations come from JavaScript too
      const reason = await mm.portal("sync", change as Partial<VissMmPortalConfig>).then(
        () => assert.fail(`${field} was taken`),
        (error: unknown) => Reflect.get(error ?? {}, "reason") as unknown
      )
      assert.deepInclude(reason, { _tag: "NotConfigured", field })
    }
  })
})

describe("a request through the portal with a token that has a key of its own", () => {
  it("is made at once or later, found, and asked about", async () => {
    const { sts } = await mm.portalConfig("sync")
    const keyed = { sts: { ...sts, keyProof: "holder_of_key" } } as const
    const { id } = await created(await mm.portal("sync", keyed))
    await outcome(id, "E")
    const later = await mm.portal("async", keyed)
    const own = { attemptId: "att_11111111111111111111111111" }
    await run(later.create(createInput(own)))
    const other = requests().find((one) => one !== id) ?? assert.fail("no second request")
    await outcome(other, "E")
    const [found] = await run(later.status(attempt(own)))
    assert.deepInclude(found, { says: { _tag: "received" }, providerReference: other })
    assert.strictEqual((await run(later.receipt(attempt({ providerReference: id }), "xml")))._tag, "document")
  })

  it("is refused, and not made, when what is signed is not of now", async () => {
    const { sts } = await mm.portalConfig("sync")
    const keyed = await mm.portal("sync", { sts: { ...sts, keyProof: "holder_of_key" } })
    await created(keyed)
    mm.sandbox.reset()
    await mm.control("POST", "/clock/advance", { duration: "PT1H" })
    assert.strictEqual((await reasonOf(keyed.create(createInput())))._tag, "AuthenticationFailed")
    assert.lengthOf(requests(), 0)
  })
})

describe("an asynchronous request through the portal", () => {
  it("needs the code by which the payer finds it", async () => {
    const error = await errorOf(async.create(createInput({ payer: {} })))
    assert.deepInclude(error.reason, { _tag: "InvalidRequest", field: "payer.code" })
    assert.lengthOf(requests(), 0)
  })

  it("is found by its MessageID when the push, or the reply itself, was lost", async () => {
    mm.fault({ operation: "Submit", kind: "close", phase: "after", times: 1 })
    assert.strictEqual((await reasonOf(async.create(createInput())))._tag, "OutcomeUnknown")
    assert.deepStrictEqual(await run(async.status(attempt())), [])
    const [id = assert.fail("no request")] = requests()
    await outcome(id, "E")
    const [observed] = await run(async.status(attempt()))
    assert.deepInclude(observed, { says: { _tag: "received" }, trust: "proven", providerReference: id })
    // Another attempt's question finds nothing.
    assert.deepStrictEqual(await run(async.status(attempt({ attemptId: "att_11111111111111111111111111" }))), [])
  })

  it("that MM refused later is refused, with MM's code", async () => {
    await run(async.create(createInput({ options: { serviceStep: "NONE1" } })))
    const [observed] = await run(async.status(attempt()))
    assert.deepInclude(observed, { says: { _tag: "refused" }, trust: "proven", providerCode: "SIM-101" })
  })

  it("has no receipt before its id is known", async () => {
    await run(async.create(createInput()))
    assert.strictEqual((await reasonOf(async.receipt(attempt(), "pdf")))._tag, "NotReady")
  })
})

describe("what IVIS pushes", () => {
  it.each([
    ["bare", message("IVISResponse", someId)],
    ["in a SOAP 1.2 envelope", soap(message("IVISResponse", someId))],
    ["in a SOAP 1.1 envelope", soap(message("IVISRequest", someId), "http://schemas.xmlsoap.org/soap/envelope/")],
    ["inside an operation", soap(`<SaveResponse xmlns="urn:x">${message("IVISResponse", someId)}</SaveResponse>`)]
  ])("is a hint about its request, and no more: %s", async (_how, text) => {
    const verdict = await run(sync.webhook(inbound(text)))
    assert.deepStrictEqual(verdict.observations, [
      {
        says: { _tag: "working", actionStands: true },
        trust: "hint",
        providerReference: someId,
        about: { providerReference: someId }
      }
    ])
    assert.strictEqual(verdict.acknowledge.status, 200)
  })

  it("says nothing of the attempt when its id is no GUID", async () => {
    const [observed] = (await run(sync.webhook(inbound(message("IVISResponse", "1 OR 1=1"))))).observations
    assert.deepStrictEqual(observed, { says: { _tag: "working", actionStands: true }, trust: "hint" })
  })

  it.each([
    ["text", "ok"],
    ["another document", "<a/>"],
    ["half of one", message("IVISResponse", someId).slice(0, -9)],
    ["two messages", `<x>${message("IVISResponse", someId)}${message("IVISRequest", someId)}</x>`],
    ["two ids", message("IVISResponse", `${someId}</PaymentRequestId><PaymentRequestId>${someId}`)],
    ["another namespace", message("IVISResponse", someId).replace(envelope, "urn:x")],
    ["a DTD", `<!DOCTYPE x [<!ENTITY a "b">]>${message("IVISResponse", someId)}`],
    ["a deep nest", soap("<x>".repeat(5000) + "</x>".repeat(5000))]
  ])("is refused when it is %s", async (_what, text) => {
    const error = await Effect.runPromise(Effect.flip(sync.webhook(inbound(text))))
    assert.instanceOf(error, WebhookError)
    assert.strictEqual(error.status, 400)
    assert.notInclude(error.message, someId)
  })

  it("is refused when it is huge", async () => {
    const error = await Effect.runPromise(Effect.flip(sync.webhook(inbound(" ".repeat(600_000)))))
    assert.strictEqual(error.status, 413)
  })

  it("moves no money: the status is MM's to say", async () => {
    const { id } = await created(sync)
    await run(sync.webhook(inbound(message("IVISRequest", id, "E"))))
    assert.deepStrictEqual(
      (await run(sync.status(attempt({ providerReference: id })))).map(({ says }) => says),
      [{ _tag: "working", actionStands: true }]
    )
  })
})
