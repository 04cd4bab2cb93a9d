import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { startSandbox, type FaultRule, type Sandbox } from "../src/index.ts"
import { at, control } from "./support/control.ts"
import { httpsCall } from "./support/httpsCall.ts"
import { inEnvelope, post, save, saveBody, statusOf, textOf } from "./support/soap.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterEach(() => sandbox.reset())
afterAll(() => sandbox.close())

const plan = (kind: string, phase: FaultRule["phase"], more: Partial<FaultRule> = {}): FaultRule =>
  sandbox.faults.add({ operation: "SavePaymentRequest", kind, phase, times: 1, ...more })

const send = (signal?: AbortSignal) => post(sandbox, inEnvelope(saveBody()), signal === undefined ? {} : { signal })

const failure = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error)
  }
  return "none"
}

describe.each(["before", "after"] as const)("a fault %s the effect", (phase) => {
  const effects = phase === "before" ? 0 : 1

  it("close ends the connection without an answer", async () => {
    plan("close", phase)
    assert.equal(await failure(send()), "ECONNRESET")
    assert.lengthOf(sandbox.payments(), effects)
  })

  it("reset breaks the connection", async () => {
    plan("reset", phase)
    assert.equal(await failure(send()), "ECONNRESET")
    assert.lengthOf(sandbox.payments(), effects)
  })

  it("timeout never answers", async () => {
    plan("timeout", phase)
    assert.equal(await failure(send(AbortSignal.timeout(300))), "ABORT_ERR")
    assert.lengthOf(sandbox.payments(), effects)
  })

  it("status answers the status asked for, 503 by default", async () => {
    plan("status", phase, { status: 502 })
    assert.equal((await send()).status, 502)
    plan("status", phase)
    assert.equal((await send()).status, 503)
    assert.lengthOf(sandbox.payments(), effects * 2)
  })

  it("redirect sends the caller elsewhere", async () => {
    plan("redirect", phase)
    assert.equal((await send()).status, 302)
    assert.lengthOf(sandbox.payments(), effects)
  })

  it("json_bomb answers JSON with poisonous and repeated keys, deeper than any message", async () => {
    plan("json_bomb", phase)
    const { text } = await send()
    assert.include(text, '"__proto__"')
    assert.include(text, "[".repeat(100_000))
    assert.lengthOf(sandbox.payments(), effects)
  })

  it("html answers a login page with 200, or another status", async () => {
    plan("html", phase)
    const answer = await send()
    assert.equal(answer.status, 200)
    assert.match(answer.headers["content-type"] ?? "", /^text\/html/)
    assert.include(answer.text, "<form")
    plan("html", phase, { status: 502 })
    assert.equal((await send()).status, 502)
    assert.lengthOf(sandbox.payments(), effects * 2)
  })

  it("truncate announces the whole length and stops half-way", async () => {
    plan("truncate", phase)
    assert.equal(await failure(send()), "ECONNRESET")
    assert.lengthOf(sandbox.payments(), effects)
  })

  it("garbage answers bytes that are no XML", async () => {
    plan("garbage", phase)
    const answer = await send()
    assert.equal(answer.status, 200)
    assert.notInclude(answer.text, "Envelope")
    assert.lengthOf(sandbox.payments(), effects)
  })

  it("entity_bomb answers XML with a DTD", async () => {
    plan("entity_bomb", phase)
    const answer = await send()
    assert.match(answer.headers["content-type"] ?? "", /^text\/xml/)
    assert.include(answer.text, "<!DOCTYPE")
    assert.lengthOf(sandbox.payments(), effects)
  })

  it("dtd answers rightly, under a document type", async () => {
    plan("dtd", phase)
    const answer = await send()
    assert.equal(answer.status, 200)
    assert.include(answer.text, "<!DOCTYPE answer SYSTEM")
    assert.equal(textOf(answer.text, "PaymentRequestId") !== undefined, phase === "after")
    assert.lengthOf(sandbox.payments(), effects)
  })

  it("slow answers rightly, later", async () => {
    plan("slow", phase, { delayMillis: 120 })
    const started = performance.now()
    assert.equal((await send()).status, 200)
    assert.isAtLeast(performance.now() - started, 115)
    assert.lengthOf(sandbox.payments(), 1)
  })

  it("soap_fault answers WCF's internal fault", async () => {
    plan("soap_fault", phase)
    const answer = await send()
    assert.equal(answer.status, 500)
    assert.equal(textOf(answer.text, "faultcode"), "a:InternalServiceFault")
    assert.lengthOf(sandbox.payments(), effects)
  })
})

describe("fault rules", () => {
  it("apply as often as they say and then no more", async () => {
    plan("status", "before", { times: 2 })
    assert.equal((await send()).status, 503)
    assert.equal((await send()).status, 503)
    assert.equal((await send()).status, 200)
    assert.lengthOf(sandbox.faults.list(), 0)
  })

  it("without times apply until they are cleared", async () => {
    sandbox.faults.add({ operation: "SavePaymentRequest", kind: "status" })
    for (let call = 0; call < 3; call += 1) assert.equal((await send()).status, 503)
    sandbox.faults.clear()
    assert.equal((await send()).status, 200)
  })

  it("apply to their operation only, and to the payment that they match", async () => {
    const first = await save(sandbox)
    const second = await save(sandbox)
    const match = { paymentRequestId: first.id }
    sandbox.faults.add({ operation: "CheckPaymentRequestStatus", kind: "unknown_status", match })
    assert.equal(await statusOf(sandbox, first.id), "X")
    assert.equal(await statusOf(sandbox, second.id), "P")
  })

  it("reach every operation with a star", async () => {
    sandbox.faults.add({ operation: "*", kind: "status", status: 500, times: 2 })
    assert.equal((await httpsCall(sandbox, sandbox.ready.vissMm.wsdl)).status, 500)
    assert.equal((await httpsCall(sandbox, `${sandbox.ready.vissMm.invoices}Pdf/x`)).status, 500)
    assert.equal((await httpsCall(sandbox, sandbox.ready.vissMm.wsdl)).status, 200)
  })

  it("huge sends more than anybody should read, until the caller hangs up", async () => {
    sandbox.faults.add({ operation: "sale", kind: "huge", phase: "before" })
    const sale = `${sandbox.ready.ecommpay.gate}/v2/payment/banks/latvia/sale`
    const response = await fetch(sale, { method: "POST", body: "{}" })
    let read = 0
    for await (const part of response.body ?? []) {
      read += part.length
      if (read > 20 * 1024 * 1024) break
    }
    assert.isAbove(read, 20 * 1024 * 1024)
  })

  it("refusal answers a business fault and does nothing", async () => {
    plan("refusal", "before")
    const answer = await send()
    assert.equal(answer.status, 500)
    assert.include(answer.text, "<ErrorCode>SIM-113</ErrorCode>")
    assert.lengthOf(sandbox.payments(), 0)
  })

  it("reach every operation that begins as told, and count their calls together", async () => {
    sandbox.faults.add({ operation: "Invoices/*", kind: "status", status: 500, times: 2 })
    const ask = async (path: string) => (await httpsCall(sandbox, `${sandbox.ready.vissMm.invoices}${path}`)).status
    assert.deepEqual([await ask("Pdf/x"), await ask("Xml/x"), await ask("Pdf/x")], [500, 500, 400])
    assert.equal((await send()).status, 200)
  })

  it("nil_result answers an empty result", async () => {
    plan("nil_result", "after")
    assert.include((await send()).text, `SavePaymentRequestResult i:nil="true"`)
  })

  it("leave their call in the log", async () => {
    plan("status", "before")
    await send()
    assert.deepEqual(
      sandbox.calls().map((call) => call.operation),
      ["SavePaymentRequest"]
    )
  })

  it("are planned, listed and cleared through the control API", async () => {
    const planned = await control(sandbox, "POST", "/faults", {
      operation: "SavePaymentRequest",
      kind: "status",
      phase: "after",
      match: {},
      times: 3,
      status: 504
    })
    assert.equal(planned.status, 201)
    assert.equal((await send()).status, 504)
    const listed = await control(sandbox, "GET", "/faults")
    assert.equal(at(listed.body, "faults", 0, "times"), 2)
    const id = String(at(planned.body, "id"))
    assert.equal((await control(sandbox, "DELETE", `/faults/${id}`)).status, 200)
    assert.equal((await control(sandbox, "DELETE", `/faults/${id}`)).status, 404)
    assert.equal((await control(sandbox, "DELETE", "/faults")).status, 200)
  })

  it.each([
    {},
    { operation: "x" },
    { operation: "x", kind: "status", phase: "sometimes" },
    { operation: "x", kind: "status", times: 0 },
    { operation: "x", kind: "status", times: 1.5 },
    { operation: "x", kind: "status", match: [] }
  ])("are refused when they make no sense: %j", async (rule) => {
    assert.equal((await control(sandbox, "POST", "/faults", rule)).status, 400)
    assert.lengthOf(sandbox.faults.list(), 0)
  })
})
