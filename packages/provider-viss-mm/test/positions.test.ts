import { AmountLine, money } from "@maksa/core"
import { layer } from "@maksa/core/undici"
import * as Effect from "effect/Effect"
import { afterAll, assert, beforeAll, describe, it } from "vitest"

import { askPositions, type VissMmConfig, type VissMmPaymentApiConfig } from "../src/index.ts"
import { at, attempt, created, errorOf, type Mm, run, startMm, tariff } from "./support/mm.ts"

let mm: Mm
let id: string
beforeAll(async () => {
  mm = await startMm()
  const lines = [tariff("53", "1"), new AmountLine({ amount: money(1212n, "EUR"), position: "54" })]
  id = (await created(await mm.adapter(), { lines })).id
  const outcome = (body: object) => mm.control("POST", `/viss-mm/requests/${id}/outcome`, body)
  await outcome({ status: "R", provider: "HABALV22", positions: ["53"] })
  await outcome({ status: "E", provider: "FIRSTDATA", positions: ["54"] })
})
afterAll(() => mm.close())

/** The WSDL in which CheckPaymentStatus takes a position and answers a structure. */
const byPosition = () => ({ wsdl: { url: `${mm.sandbox.ready.vissMm.wsdl}&profile=position` } })
const ask = (config: VissMmConfig | VissMmPaymentApiConfig, ...positions: ReadonlyArray<string>) =>
  askPositions(config, id, positions)

describe("single positions of a payment request", () => {
  const expected = [
    { position: "53", word: "R", paidVia: "HABALV22" },
    { position: "54", word: "E", paidVia: "FIRSTDATA" }
  ]

  it("are told by SOAP where the WSDL tells them apart", async () => {
    const asked = ask(await mm.config(byPosition()), "53", "54")
    assert.deepStrictEqual(await run(asked.pipe(Effect.provide(layer))), expected)
  })

  it("are told by PaymentApi", async () => {
    const asked = ask(await mm.apiConfig(), "53", "54")
    assert.deepStrictEqual(await run(asked.pipe(Effect.provide(layer))), expected)
  })

  it("are Unsupported where CheckPaymentStatus is about the whole request", async () => {
    const { reason } = await errorOf(ask(await mm.config(), "53"))
    assert.strictEqual(reason._tag, "Unsupported")
    assert.match(reason.message, /CheckPaymentStatus/)
  })

  it("are Unsupported where MM serves another WSDL than is configured, and not guessed where it answers by another", async () => {
    const configured = await mm.config(byPosition())
    mm.fault({ operation: "wsdl", kind: "wrong_profile", times: 1 })
    assert.strictEqual((await errorOf(ask(configured, "53"))).reason._tag, "Unsupported")
    mm.fault({ operation: "CheckPaymentStatus", kind: "wrong_profile", times: 1 })
    assert.strictEqual((await errorOf(ask(configured, "53"))).reason._tag, "MalformedResponse")
  })

  it("of a request that MM does not know are NotFound, and an id that is none is not asked about", async () => {
    const unknown = askPositions(await mm.apiConfig(), "05ae69d8-2be1-4a63-ae93-9d0e42e254f1", ["53"])
    assert.strictEqual((await errorOf(unknown)).reason._tag, "NotFound")
    const wrong = askPositions(await mm.apiConfig(), "1", ["53"])
    assert.deepInclude((await errorOf(wrong)).reason, { _tag: "InvalidRequest", field: "paymentRequestId" })
  })
})

describe("the status of a payment request by SOAP", () => {
  const observe = async (change: Partial<VissMmConfig>) => {
    const adapter = await mm.adapter(change)
    const calls = mm.sandbox.calls().length
    const [observed] = await run(adapter.status(attempt({ providerReference: id })))
    return { observed, operation: mm.sandbox.calls()[calls]?.operation }
  }

  it("names the banks where the WSDL has the operation that does", async () => {
    const { observed, operation } = await observe({})
    assert.strictEqual(operation, "CheckPaymentRequestStatusWpt")
    assert.strictEqual(observed?.paidVia, "HABALV22;FIRSTDATA")
    assert.deepStrictEqual(observed?.says, { _tag: "received" })
  })

  it.each(["CheckPaymentRequestStatus", "CheckPaymentStatus"] as const)(
    "can be asked by %s",
    async (statusOperation) => {
      const { observed, operation } = await observe({ statusOperation })
      assert.strictEqual(operation, statusOperation)
      assert.notProperty(observed, "paidVia")
      assert.deepStrictEqual(observed?.says, { _tag: "received" })
    }
  )

  it("that comes in the form for single positions is malformed, and no status", async () => {
    const adapter = await mm.adapter({ statusOperation: "CheckPaymentStatus" })
    mm.fault({ operation: "CheckPaymentStatus", kind: "wrong_profile", times: 1 })
    const { reason } = await errorOf(adapter.status(attempt({ providerReference: id })))
    assert.strictEqual(reason._tag, "MalformedResponse")
  })

  it("is asked by the next operation where the WSDL lacks the first, and the check tells which", async () => {
    const text = await (await import("./support/soap.ts")).bundledText()
    const wsdl = { text: text.replaceAll('operation name="CheckPaymentRequestStatusWpt"', 'operation name="XWpt"') }
    assert.strictEqual((await observe({ wsdl })).operation, "CheckPaymentRequestStatus")
    const checks = await run((await mm.adapter({ wsdl })).check())
    assert.match(
      String(at(checks[2], "message")),
      /CheckPaymentRequestStatus; no CheckPaymentStatus that tells positions/
    )
  })
})
