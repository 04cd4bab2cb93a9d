// What payers see when a provider fails: never a failed payment that may yet be paid, never a second one by accident.
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { startTemporarySample, type TemporarySample } from "./support/temporarySample.ts"
import { createVisitor, goodFields, orderAs } from "./support/visitor.ts"

let sample: TemporarySample
beforeAll(async () => {
  sample = await startTemporarySample()
})
afterEach(() => {
  sample.providers.sandbox.faults.clear()
})
afterAll(async () => {
  await sample.close()
})

/** Requests that VISS MM has taken. */
const mmRequests = (): number => sample.providers.sandbox.payments().length

/** Pays the request that VISS MM took as the one with that number, as a person would on its pages. */
const payAtMm = async (number: number): Promise<void> => {
  const { sandbox } = sample.providers
  const request = sandbox.payments()[number] as { readonly paymentId: string } // of VISS MM: it has an id
  for (const action of ["open", "choose_bank", "confirm"]) {
    const response = await fetch(`${sandbox.ready.control}/viss-mm/requests/${request.paymentId}/payer`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ action })
    })
    assert.isTrue(response.ok, `${action}: ${response.status}`)
  }
}

describe("a payer", () => {
  it("whose request got lost on the way is told that it is being checked, and is not offered a second payment", async () => {
    const before = mmRequests()
    sample.providers.sandbox.faults.add({ operation: "SavePaymentRequest", kind: "close", phase: "after", times: 1 })
    const payer = createVisitor(sample.address)
    const { reference, response, ticket } = await orderAs(payer)
    assert.equal(response.headers.get("location"), `/en/orders/${reference}`)
    const page = await (await payer.get(`/en/orders/${reference}`)).text()
    assert.include(page, 'data-status="processing"')
    assert.include(page, "We are asking whether it arrived")
    assert.notInclude(page, 'data-action="again"')
    assert.notInclude(page, 'data-action="cancel"')
    // The form once more, as after "back": still the one request that the provider may have taken.
    await payer.post("/en/services/building-permit", { ...goodFields, ticket })
    assert.equal(mmRequests() - before, 1)
  })

  it("whose request never left is told so and can try again", async () => {
    const before = mmRequests()
    sample.providers.sandbox.faults.add({ operation: "*", kind: "expired_certificate" })
    const payer = createVisitor(sample.address)
    // Connections that are open already would not meet the certificate.
    sample.providers.sandbox.faults.add({ operation: "SavePaymentRequest", kind: "close", phase: "before", times: 1 })
    await orderAs(payer)
    const { reference } = await orderAs(payer)
    const page = await (await payer.get(`/en/orders/${reference}`)).text()
    assert.include(page, 'data-status="created"')
    assert.include(page, 'data-action="again"')
    assert.equal(mmRequests(), before)

    sample.providers.sandbox.faults.clear()
    const form = await (await payer.get(`/en/orders/${reference}/pay`)).text()
    const ticket = /name="ticket" value="([^"]+)"/.exec(form)?.[1] ?? ""
    const again = await payer.post(`/en/orders/${reference}/pay`, { ...goodFields, ticket })
    assert.match(again.headers.get("location") ?? "", /\/maksa\/next\//)
    assert.equal(mmRequests() - before, 1)
  })

  it("sees what is known when the provider cannot be asked", async () => {
    const payer = createVisitor(sample.address)
    const { reference } = await orderAs(payer)
    sample.providers.sandbox.faults.add({ operation: "*", kind: "status", status: 503 })
    assert.equal((await payer.post(`/en/orders/${reference}/check`, {})).status, 303)
    assert.include(await (await payer.get(`/en/orders/${reference}`)).text(), 'data-status="requires_action"')
  })
})

describe("a payer who has just paid", () => {
  it("is told that it is being checked, not to pay, while VISS MM may not be asked again yet", async () => {
    const payer = createVisitor(sample.address)
    const known = mmRequests()
    const { reference } = await orderAs(payer)
    const path = `/en/orders/${reference}`
    // An answer to a question: the next question must wait ten seconds.
    await payer.post(`${path}/check`, {})
    const waiting = await (await payer.get(path)).text()
    assert.include(waiting, "We are waiting for your payment")
    assert.include(waiting, 'data-action="continue"')
    await payAtMm(known)
    const page = await (await payer.get(path)).text()
    assert.include(page, 'data-status="requires_action"')
    assert.include(page, "We are checking the payment")
    assert.notMatch(page, /data-action="(?:continue|cancel|again)"/)
    await sample.providers.clock.advance(60_000)
    const later = await (await payer.get(path)).text()
    assert.notInclude(later, "We are checking the payment")
  })
})

describe("a payment of which VISS MM's document is not there yet", () => {
  it("is shown as being confirmed, not as plainly paid, until the document tells the sum", async () => {
    const { faults } = sample.providers.sandbox
    faults.add({ operation: "Invoices/Pdf", kind: "status", status: 503 })
    faults.add({ operation: "Invoices/Xml", kind: "status", status: 503 })
    const payer = createVisitor(sample.address)
    const known = mmRequests()
    const { reference } = await orderAs(payer)
    await payAtMm(known)
    const waitFor = async (words: string): Promise<string> => {
      const patience = performance.now() + 30_000
      for (;;) {
        const page = await (await payer.get(`/en/orders/${reference}`)).text()
        if (page.includes(words)) return page
        assert.isBelow(performance.now(), patience, `never: ${words}`)
        await payer.post(`/en/orders/${reference}/check`, {})
      }
    }
    const page = await waitFor("the sum is being confirmed")
    assert.include(page, 'class="state wait"')
    faults.clear()
    await sample.providers.clock.advance(3_600_000)
    assert.include(await waitFor('class="state good"'), "The money was received: €71.14")
  })
})

describe("the health of the sample", () => {
  it("is failing with 503 while a provider cannot be reached", async () => {
    sample.providers.sandbox.faults.add({ operation: "*", kind: "status", status: 503 })
    const response = await fetch(`${sample.address}/healthz`)
    assert.equal(response.status, 503)
    assert.include(await response.text(), '"status":"failing"')
  })
})
