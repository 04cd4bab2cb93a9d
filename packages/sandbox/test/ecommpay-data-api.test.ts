import { afterEach, assert, beforeEach, describe, it, vi } from "vitest"
import { isSignedWith, sign } from "../src/ecommpay-lv/Signature.ts"
import type { WireObject } from "../src/ecommpay-lv/WireJson.ts"
import { at, startEcommpay, textAt, type EcommpaySandbox } from "./ecommpaySandbox.ts"

const second = 1000
const day = 24 * 3600 * second

let sandbox: EcommpaySandbox
beforeEach(async () => {
  sandbox = await startEcommpay()
})
afterEach(() => sandbox.close())

const own = (name: "dataToken" | "dataSecret"): string => textAt(sandbox.ready, "ecommpay", "projects", 0, name)
const ask = (path: string, body: WireObject = {}, key = own("dataSecret")) => {
  const full = { token: own("dataToken"), ...body }
  return sandbox.postGate(`/v1${path}`, { ...full, signature: sign(full, key) })
}
const wholeDay = { interval: { from: "2026-12-01 00:00:00", to: "2026-12-01 23:59:59" } }
const idsOf = (body: WireObject): ReadonlyArray<string> => {
  const list = at(body, "operations")
  return Array.isArray(list) ? list.map((item) => textAt(item, "payment_id")) : []
}

const paid = async (id: string): Promise<void> => {
  await sandbox.postGate("/v2/payment/banks/latvia/sale", sandbox.signed(sandbox.sale(id)))
  await sandbox.control.post(`/ecommpay/payments/${id}/outcome`, { status: "success" })
  await sandbox.advance(second)
}

describe("/v1/operations/get", () => {
  it("lists what has ended in the interval, oldest first, signed with the token's own key", async () => {
    await paid("A-1")
    await sandbox.postGate("/v2/payment/banks/latvia/sale", sandbox.signed(sandbox.sale("A-2")))
    await sandbox.postGate("/v2/payment/bank-transfer/sepa/payout", sandbox.signed(sandbox.payout("P-1")))
    await sandbox.advance(10 * second)
    const { body, status } = await ask("/operations/get", wholeDay)
    assert.strictEqual(status, 200)
    assert.isTrue(isSignedWith(body, textAt(body, "signature"), own("dataSecret")))
    assert.isFalse(isSignedWith(body, textAt(body, "signature"), sandbox.secret))
    assert.deepStrictEqual(idsOf(body), ["A-1", "P-1"])
    assert.deepStrictEqual(at(body, "operations", 0, "sum_initial"), { amount: 1200, currency: "EUR" })
    assert.strictEqual(at(body, "operations", 0, "operation_status"), "success")
    assert.match(textAt(body, "operations", 0, "operation_completed_at"), /^2026-12-01 12:00:0\d$/)
    assert.strictEqual(at(body, "operations", 1, "operation_type"), "payout")
  })

  it("pages, filters, names fields and writes numbers as texts when the project is set so", async () => {
    for (const id of ["A-1", "A-2", "A-3"]) await paid(id)
    await sandbox.control.patch("/ecommpay/projects/200", { dataApiNumbers: "texts" })
    const page = await ask("/operations/get", { ...wholeDay, limit: "2", offset: 1 })
    assert.deepStrictEqual(idsOf(page.body), ["A-2", "A-3"])
    assert.strictEqual(at(page.body, "operations", 0, "sum_initial", "amount"), "1200")
    const named = await ask("/operations/get", { ...wholeDay, limit: 1, fields: ["sum_initial.amount", "payment_id"] })
    assert.deepStrictEqual(at(named.body, "operations", 0), { payment_id: "A-1", sum_initial: { amount: "1200" } })
    assert.deepStrictEqual(idsOf((await ask("/operations/get", { ...wholeDay, project_id: [201] })).body), [])
    assert.deepStrictEqual(idsOf((await ask("/operations/get", { ...wholeDay, operation_type: "payout" })).body), [])
    assert.strictEqual((await ask("/operations/get", { ...wholeDay, fields: ["nothing"] })).status, 400)
  })

  it("filters by the customer's e-mail, as the request for the payment had it", async () => {
    const customer = { id: "c-1", ip_address: "192.0.2.7", email: "Anna@agency.example" }
    await sandbox.postGate("/v2/payment/banks/latvia/sale", sandbox.signed(sandbox.sale("A-1", { customer })))
    await sandbox.control.post("/ecommpay/payments/A-1/outcome", { status: "success" })
    await paid("A-2")
    const by = async (email: string) => (await ask("/operations/get", { ...wholeDay, customer_email: email })).body
    assert.deepStrictEqual(idsOf(await by("anna@agency.example")), ["A-1"])
    assert.deepStrictEqual(idsOf(await by("somebody@agency.example")), [])
    assert.notInclude(JSON.stringify((await sandbox.control.get("/payments/A-1")).body).toLowerCase(), "anna@")
  })

  it.each<[string, string, string, number]>([
    ["Europe/Riga", "2026-12-01 14:00:00", "2026-12-01 14:00:30", 1],
    ["+10:30", "2026-12-01 22:30:00", "2026-12-01 22:30:30", 1],
    ["Europe/Riga", "2026-12-01 12:00:00", "2026-12-01 12:00:30", 0]
  ])("reads and writes times in the zone %s", async (tz, from, to, count) => {
    await paid("A-1")
    const { body } = await ask("/operations/get", { tz, interval: { from, to } })
    assert.strictEqual(idsOf(body).length, count)
    if (count > 0) assert.include(textAt(body, "operations", 0, "operation_completed_at"), from.slice(0, 16))
  })

  it("lets a second request over more than 180 days wait for its turn, and shorter ones pass", async () => {
    const long = { interval: { from: "2026-01-01 00:00:00", to: "2026-12-01 00:00:00" } }
    await ask("/operations/get", long)
    let isAnswered = false
    const second = ask("/operations/get", long).finally(() => {
      isAnswered = true
    })
    await vi.waitFor(() => assert.strictEqual(sandbox.world.calls.list().length, 2))
    assert.strictEqual((await ask("/operations/get", wholeDay)).status, 200)
    assert.isFalse(isAnswered)
    await sandbox.advance(10_000)
    assert.strictEqual((await second).status, 200)
  })

  it.each<[string, () => WireObject, string, number]>([
    ["an unknown token", () => ({ ...wholeDay, token: "x".repeat(30) }), "", 401],
    ["the project's key", () => wholeDay, "project", 401],
    ["no interval", () => ({}), "", 400],
    [
      "an interval that ends before it begins",
      () => ({ interval: { from: "2026-12-02 00:00:00", to: "2026-12-01 00:00:00" } }),
      "",
      400
    ],
    ["a date that is none", () => ({ interval: { from: "2026-13-01 00:00:00", to: "2026-12-01 00:00:00" } }), "", 400],
    ["a limit of 1001", () => ({ ...wholeDay, limit: 1001 }), "", 400],
    ["a zone that is none", () => ({ ...wholeDay, tz: "Riga" }), "", 400]
  ])("refuses %s in its own shape, unsigned", async (_, bodyOf, key, status) => {
    const answer = await ask("/operations/get", bodyOf(), key === "project" ? sandbox.secret : undefined)
    assert.strictEqual(answer.status, status)
    assert.deepStrictEqual(Object.keys(answer.body), ["name", "message", "code", "status"])
    assert.strictEqual(at(answer.body, "status"), status)
  })
})

describe("/v1/operations/get-by-payment", () => {
  it("tells all operations of one payment, newest first, with a flat sum", async () => {
    await paid("A-1")
    await sandbox.control.post("/ecommpay/payments/A-1/outcome", { status: "reversed", force: true })
    const { body } = await ask("/operations/get-by-payment", { payment_id: "a-1" })
    assert.deepStrictEqual(
      [0, 1].map((index) => textAt(body, "operations", index, "operation_type")),
      ["reversal", "sale"]
    )
    assert.strictEqual(at(body, "operations", 0, "amount"), 1200)
    assert.deepStrictEqual(idsOf((await ask("/operations/get-by-payment", { payment_id: "none" })).body), [])
    assert.strictEqual((await ask("/operations/get-by-payment")).status, 400)
  })
})

describe("/v1/balance/get", () => {
  it("tells what is left for payouts, with the currency as a name and minor units as text", async () => {
    await sandbox.postGate("/v2/payment/bank-transfer/sepa/payout", sandbox.signed(sandbox.payout("P-1")))
    await sandbox.advance(day)
    const { body } = await ask("/balance/get")
    assert.deepStrictEqual(at(body, "balance"), [
      { name: "Project_200_balance_EUR", EUR: "9999500" },
      { name: "Project_201_balance_EUR", EUR: "10000000" }
    ])
  })

  it("can be spoiled like any signed answer", async () => {
    await sandbox.control.post("/faults", { operation: "data_*", kind: "wrong_signature", phase: "after", times: 1 })
    const { body } = await ask("/balance/get")
    assert.isFalse(isSignedWith(body, textAt(body, "signature"), own("dataSecret")))
  })
})
