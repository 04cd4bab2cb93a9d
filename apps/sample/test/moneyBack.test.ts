import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { startTemporarySample, type TemporarySample } from "./support/temporarySample.ts"
import { createVisitor, goodFields, orderAs, ticketIn, type Visitor } from "./support/visitor.ts"

let sample: TemporarySample
beforeAll(async () => {
  sample = await startTemporarySample()
})
afterAll(async () => {
  await sample.close()
})

const turn = (clerk: Visitor, by: string) => clerk.post("/en/clerk/clock", { by })

/** A payment at ecommpay that can no longer be undone; answers its page of the clerk. */
const paidForGood = async (clerk: Visitor): Promise<string> => {
  const { sandbox } = sample.providers
  const { reference } = await orderAs(createVisitor(sample.address), {
    ...goodFields,
    way: "bank-link",
    bank: "swedbank"
  })
  const paid = sandbox.payments().at(-1) as { readonly paymentId: string } // of ecommpay: it has an id
  const response = await fetch(`${sandbox.ready.control}/ecommpay/payments/${paid.paymentId}/outcome`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ status: "success" })
  })
  assert.isTrue(response.ok, await response.text())
  for (const by of ["PT1H", "P7D", "P1D"]) await turn(clerk, by)
  return `/en/clerk/payments/${reference}`
}

const payee = {
  iban: "LV80 BANK 0000 4351 9500 1",
  name: "Anna Paraudziņa",
  email: "anna@agency.example",
  address: "Parauga iela 1",
  city: "Rīga",
  postalCode: "LV-1010"
}

describe("a clerk's payout", () => {
  it("is sent once another clerk has approved it, and its end is shown", async () => {
    const clerk = createVisitor(sample.address)
    const path = await paidForGood(clerk)
    const form = await (await clerk.get(path)).text()
    const asked = { ...payee, amount: "12,00", reason: "Paid twice", by: "A. Clerk", ticket: ticketIn(form) }
    const wrong = await clerk.post(`${path}/payout`, { ...asked, iban: "LV80BANK0000435195002" })
    assert.equal(wrong.status, 422)
    assert.notInclude(await wrong.text(), "435195002")
    for (let time = 0; time < 2; time++) assert.equal((await clerk.post(`${path}/payout`, asked)).status, 303)

    const waiting = await (await clerk.get(path)).text()
    assert.lengthOf(waiting.match(/data-repayment="requested"/g) ?? [], 1)
    assert.include(waiting, "Anna Paraudziņa, LV80BANK0000435195001")
    const [, id = ""] = /clerk\/repayments\/(rep_\w+)\/approve/.exec(waiting) ?? []
    const approve = (by: string) => clerk.post(`/en/clerk/repayments/${id}/approve`, { [`approver-${id}`]: by })
    assert.equal((await approve("A. Clerk")).status, 422)
    assert.equal((await approve("B. Head")).status, 303)
    assert.include(await (await clerk.get(path)).text(), `data-repayment="submitted"`)
    await turn(clerk, "PT1H")
    const done = await (await clerk.get(path)).text()
    assert.include(done, `data-repayment="done"`)
    assert.include(done, "The money has been sent.")
    assert.notInclude(done, "LV80BANK")
  })
})
