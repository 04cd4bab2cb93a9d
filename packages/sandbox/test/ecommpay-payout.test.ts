import { afterEach, assert, beforeEach, describe, it } from "vitest"
import type { WireObject } from "../src/ecommpay-lv/WireJson.ts"
import { at, startEcommpay, textAt, type EcommpaySandbox } from "./ecommpaySandbox.ts"

const path = "/v2/payment/bank-transfer/sepa/payout"
const second = 1000
const hour = 3600 * second
const day = 24 * hour

let sandbox: EcommpaySandbox
beforeEach(async () => {
  sandbox = await startEcommpay()
})
afterEach(() => sandbox.close())

const configure = (settings: object) => sandbox.control.patch("/ecommpay/projects/200", settings)
const pay = (id: string, changes: WireObject = {}) =>
  sandbox.postGate(path, sandbox.signed(sandbox.payout(id, changes)))
const outcome = (id: string, body: object) => sandbox.control.post(`/ecommpay/payments/${id}/outcome`, body)
const balance = async () => at((await sandbox.control.get("/ecommpay/projects/200")).body, "balanceMinor")
const money = async (id: string) => {
  const { body } = await sandbox.control.get(`/payments/${id}`)
  return [textAt(body, "money", "paidOutMinor"), textAt(body, "money", "cameBackMinor")]
}
const lastCode = () => textAt(sandbox.merchant.received.at(-1)?.body, "operation", "code")

describe("a payout by SEPA", () => {
  it("is accepted, processed, and told as a payment of type payout when the money has left", async () => {
    const answer = await pay("P-1")
    assert.strictEqual(answer.status, 200)
    assert.strictEqual(at(answer.body, "status"), "success")
    await sandbox.advance(second)
    assert.deepStrictEqual(sandbox.story(), [])
    assert.strictEqual(await balance(), 9_999_500)
    assert.deepStrictEqual(await money("P-1"), ["0", "0"])

    await sandbox.advance(10 * second)
    assert.deepStrictEqual(sandbox.story(), ["success | payout | success"])
    const told = sandbox.merchant.received[0]?.body
    assert.strictEqual(at(told, "payment", "type"), "payout")
    assert.strictEqual(at(told, "account", "number"), "LV80BANK0000435195001")
    assert.deepStrictEqual(at(told, "operation", "sum_initial"), { amount: 500, currency: "EUR" })
    assert.deepStrictEqual(await money("P-1"), ["500", "0"])
    const asked = await sandbox.status("p-1")
    assert.strictEqual(at(asked.body, "payment", "type"), "payout")
    assert.strictEqual(at(asked.body, "operations", 0, "status"), "success")
    assert.notInclude(JSON.stringify((await sandbox.control.get("/payments/P-1")).body), "LV80")
  })

  it.each<[string, WireObject, number, string]>([
    ["no account", { account: null }, 400, "2004"],
    ["a customer without an address", { customer: { id: "c", ip_address: "192.0.2.7" } }, 400, "2004"],
    ["a name of two letters", { account: { number: "LV80BANK0000435195001", customer_name: "Xy" } }, 400, "702"]
  ])("is refused at once with %s", async (_, changes, status, code) => {
    const answer = await pay("P-1", changes)
    assert.deepStrictEqual([answer.status, at(answer.body, "code")], [status, code])
  })

  it("to an account whose check digits do not fit fails its checks by callback, and the id may be used again", async () => {
    await pay("P-1", { account: { number: "LV81BANK0000435195001", customer_name: "Paraugs Piemers" } })
    await sandbox.advance(second)
    const told = sandbox.merchant.received[0]?.body
    assert.strictEqual(at(told, "payment", "status"), "error")
    assert.strictEqual(at(told, "errors", 0, "code"), "20102")
    assert.strictEqual(await balance(), 10_000_000)
    await pay("P-1")
    await sandbox.advance(10 * second)
    assert.strictEqual(sandbox.story().at(-1), "success | payout | success")
  })

  it("shares its ids with purchases, and another path is no method of the project", async () => {
    await sandbox.postGate("/v2/payment/banks/latvia/sale", sandbox.signed(sandbox.sale("A-1")))
    assert.strictEqual(at((await pay("a-1")).body, "code"), "3041")
    await configure({ payouts: { path: "/v2/payment/bank-transfer/eea/payout", customerFields: ["id"] } })
    assert.strictEqual((await pay("P-1")).status, 404)
    const moved = sandbox.signed(sandbox.payout("P-1", { customer: { id: "c-1" } }))
    assert.strictEqual((await sandbox.postGate("/v2/payment/bank-transfer/eea/payout", moved)).status, 200)
  })
})

describe("Verification of Payee", () => {
  it("declines a name that is not the account's, and keeps the bank's answer for ten days", async () => {
    await configure({ payouts: { verification: "mismatch" } })
    await pay("P-1")
    await sandbox.advance(second)
    assert.deepStrictEqual(sandbox.story(), ["decline | payout | decline"])
    assert.strictEqual(lastCode(), "20451")
    await configure({ payouts: { verification: "match" } })
    await pay("P-2")
    await sandbox.advance(second)
    assert.strictEqual(lastCode(), "20451")
    await pay("P-3", { account: { number: "LV80BANK0000435195001", customer_name: "Paraugs Otrais Piemers" } })
    await sandbox.advance(10 * second)
    assert.strictEqual(lastCode(), "0")
    await sandbox.advance(10 * day)
    await pay("P-4")
    await sandbox.advance(10 * second)
    assert.strictEqual(lastCode(), "0")
    assert.strictEqual(await balance(), 9_999_000)
  })

  it("that cannot be made declines with 20450, which is not kept", async () => {
    await configure({ payouts: { verification: "unavailable" } })
    await pay("P-1")
    await sandbox.advance(second)
    assert.strictEqual(lastCode(), "20450")
    await configure({ payouts: { verification: "match" } })
    await pay("P-2")
    await sandbox.advance(10 * second)
    assert.strictEqual(lastCode(), "0")
  })
})

describe("the balance", () => {
  it.each(["3028", "504", "20504"])("that is too low declines with the project's code %s", async (lowBalanceCode) => {
    await configure({ balanceMinor: 499, payouts: { lowBalanceCode } })
    await pay("P-1")
    await sandbox.advance(second)
    assert.deepStrictEqual(sandbox.story(), ["decline | payout | decline"])
    assert.strictEqual(lastCode(), lowBalanceCode)
    assert.strictEqual(await balance(), 499)
  })

  it("that is filled meanwhile lets an automatic retry succeed; attempts in between are not told", async () => {
    await configure({ balanceMinor: 0, payouts: { retries: 12 } })
    await pay("P-1")
    await sandbox.advance(3 * hour)
    assert.deepStrictEqual(sandbox.story(), ["awaiting retry | payout | awaiting retry"])
    await configure({ balanceMinor: 600 })
    await sandbox.advance(hour)
    assert.deepStrictEqual(sandbox.story(), ["awaiting retry | payout | awaiting retry", "success | payout | success"])
    assert.strictEqual(await balance(), 100)
  })

  it("that stays too low ends in a decline after the last retry", async () => {
    await configure({ balanceMinor: 0, payouts: { retries: 2 } })
    await pay("P-1")
    await sandbox.advance(hour + second)
    assert.strictEqual(sandbox.story().length, 1)
    await sandbox.advance(hour)
    assert.deepStrictEqual(sandbox.story(), ["awaiting retry | payout | awaiting retry", "decline | payout | decline"])
  })
})

describe("ordered ends of a payout", () => {
  it("a success is reversed later when crediting fails: the money and the balance are back", async () => {
    await pay("P-1")
    await sandbox.advance(10 * second)
    assert.strictEqual((await outcome("P-1", { status: "decline" })).status, 409)
    await outcome("P-1", { status: "reversed" })
    await sandbox.advance(0)
    assert.strictEqual(sandbox.story().at(-1), "reversed | payout reversal | success")
    assert.strictEqual(at(sandbox.merchant.received.at(-1)?.body, "payment", "sum", "amount"), 0)
    assert.deepStrictEqual(await money("P-1"), ["500", "500"])
    assert.strictEqual(await balance(), 10_000_000)
  })

  it("a decline with any code comes before the money leaves, and nothing follows it", async () => {
    await pay("P-1")
    await sandbox.advance(second)
    await outcome("P-1", { status: "decline", code: "20204", message: "Crediting this customer account is blocked" })
    await sandbox.advance(day)
    assert.deepStrictEqual(sandbox.story(), ["decline | payout | decline"])
    assert.strictEqual(lastCode(), "20204")
    assert.deepStrictEqual(await money("P-1"), ["0", "0"])
    assert.strictEqual(await balance(), 10_000_000)
  })

  it("a decline that turns into a success by force pays out all the same", async () => {
    await pay("P-1")
    await outcome("P-1", { status: "decline" })
    await outcome("P-1", { status: "success", force: true })
    await sandbox.advance(day)
    assert.deepStrictEqual(sandbox.story(), ["decline | payout | decline", "success | payout | success"])
    assert.deepStrictEqual(await money("P-1"), ["500", "0"])
    assert.strictEqual(await balance(), 9_999_500)
  })

  it("may be paid out in part, or come to nothing in other words, only by force", async () => {
    await pay("P-1")
    await sandbox.advance(second)
    assert.strictEqual((await outcome("P-1", { status: "partially paid out", amount: 300 })).status, 409)
    await outcome("P-1", { status: "partially paid out", amount: 300, force: true })
    assert.deepStrictEqual(await money("P-1"), ["300", "0"])
    assert.strictEqual(await balance(), 9_999_700)
    await outcome("P-1", { status: "canceled", force: true })
    await sandbox.advance(0)
    assert.deepStrictEqual(sandbox.story(), ["partially paid out | payout | success", "canceled | payout | canceled"])
    assert.deepStrictEqual(await money("P-1"), ["300", "300"])
    assert.strictEqual(await balance(), 10_000_000)
  })

  it("has neither a payer nor a confirmation", async () => {
    await pay("P-1")
    assert.strictEqual((await sandbox.control.post("/ecommpay/payments/P-1/payer", { action: "confirm" })).status, 409)
    assert.strictEqual((await outcome("P-1", { confirmation: "success" })).status, 409)
  })
})
