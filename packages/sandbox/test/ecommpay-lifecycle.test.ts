import { afterEach, assert, beforeEach, describe, it } from "vitest"
import { nextCallbackAfter } from "../src/ecommpay-lv/RetrySchedule.ts"
import { isSignedWith } from "../src/ecommpay-lv/Signature.ts"
import { paymentStatuses } from "../src/ecommpay-lv/Statuses.ts"
import { at, startEcommpay, textAt, type EcommpaySandbox } from "./ecommpaySandbox.ts"

const salePath = "/v2/payment/banks/latvia/sale"
const second = 1000
const day = 24 * 3600 * second

let sandbox: EcommpaySandbox
beforeEach(async () => {
  sandbox = await startEcommpay()
})
afterEach(() => sandbox.close())

const configure = (settings: object) => sandbox.control.patch("/ecommpay/projects/200", settings)
const outcome = (body: object, id = "A-1") => sandbox.control.post(`/ecommpay/payments/${id}/outcome`, body)
const payer = (action: string, id = "A-1") => sandbox.control.post(`/ecommpay/payments/${id}/payer`, { action })
const money = async (id = "A-1"): Promise<ReadonlyArray<string>> => {
  const { body } = await sandbox.control.get(`/payments/${id}`)
  return [textAt(body, "money", "receivedMinor"), textAt(body, "money", "returnedMinor")]
}
const statusNow = async (id = "A-1"): Promise<string> =>
  textAt((await sandbox.control.get(`/payments/${id}`)).body, "status")

/** A sale whose payer was already told where to go; that callback is forgotten. */
const begin = async (changes = {}, id = "A-1"): Promise<void> => {
  await sandbox.postGate(salePath, sandbox.signed(sandbox.sale(id, changes)))
  await sandbox.advance(second)
  sandbox.merchant.received.length = 0
}

describe("without confirmation of funds", () => {
  it("a confirmed payment is a success at once and the money has moved", async () => {
    await begin()
    await payer("confirm")
    await sandbox.advance(0)
    assert.deepStrictEqual(sandbox.story(), ["success | sale | success"])
    assert.deepStrictEqual(await money(), ["1200", "0"])
  })

  it("a refusal at the bank is a decline with its code, and no money moves", async () => {
    await begin()
    await payer("refuse")
    await sandbox.advance(0)
    assert.deepStrictEqual(sandbox.story(), ["decline | sale | decline"])
    assert.strictEqual(at(sandbox.merchant.received[0]?.body, "operation", "code"), "20301")
    assert.deepStrictEqual(await money(), ["0", "0"])
  })

  it("a decline turns into a success only for somebody who insists, and then the money is there", async () => {
    await begin()
    await outcome({ status: "decline", code: "20101", message: "Decline due to amount or frequency limit" })
    assert.strictEqual((await outcome({ status: "success" })).status, 409)
    assert.deepStrictEqual(await money(), ["0", "0"])
    assert.strictEqual((await outcome({ status: "success", force: true })).status, 200)
    await sandbox.advance(0)
    assert.deepStrictEqual(sandbox.story(), ["decline | sale | decline", "success | sale | success"])
    assert.deepStrictEqual(
      sandbox.merchant.received.map(({ body }) => at(body, "operation", "code")),
      ["20101", "0"]
    )
    assert.deepStrictEqual(await money(), ["1200", "0"])
  })

  it("a success is reversed only for somebody who insists; the sum left is nothing and the money is back", async () => {
    await begin()
    await outcome({ status: "success" })
    assert.strictEqual((await outcome({ status: "reversed" })).status, 409)
    await outcome({ status: "reversed", force: true })
    await sandbox.advance(0)
    assert.strictEqual(sandbox.story().at(-1), "reversed | reversal | success")
    const last = sandbox.merchant.received.at(-1)?.body
    assert.strictEqual(at(last, "payment", "sum", "amount"), 0)
    assert.strictEqual(at(last, "operation", "sum_initial", "amount"), 1200)
    assert.deepStrictEqual(await money(), ["1200", "1200"])
  })

  it("imposed ends move the money once there and once back, whatever their order", async () => {
    await begin()
    const steps: ReadonlyArray<[string, string, string, number]> = [
      ["success", "1200", "0", 1200],
      ["success", "1200", "0", 1200],
      ["decline", "1200", "1200", 1200],
      ["success", "2400", "1200", 1200],
      ["reversed", "2400", "2400", 0],
      ["reversed", "2400", "2400", 0],
      ["success", "3600", "2400", 1200],
      ["refunded", "3600", "3600", 0],
      ["canceled", "3600", "3600", 0]
    ]
    for (const [status, received, returned, sum] of steps) {
      await outcome({ status, force: true })
      await sandbox.advance(0)
      assert.deepStrictEqual(await money(), [received, returned], status)
      const last = sandbox.merchant.received.at(-1)?.body
      assert.strictEqual(at(last, "payment", "status"), status)
      assert.strictEqual(at(last, "payment", "sum", "amount"), sum, status)
    }
  })

  it("knows no confirmation", async () => {
    await begin()
    assert.strictEqual((await outcome({ status: "awaiting confirmation" })).status, 409)
    assert.strictEqual((await outcome({ confirmation: "success" })).status, 409)
    assert.deepStrictEqual(sandbox.story(), [])
  })
})

describe("with confirmation of funds", () => {
  it("a confirmed payment awaits confirmation while its sale is a success, and no money has moved yet", async () => {
    await configure({ confirmation: "decline" })
    await begin()
    await payer("confirm")
    await sandbox.advance(0)
    assert.deepStrictEqual(sandbox.story(), [
      "awaiting confirmation | sale | success",
      "awaiting confirmation | payment confirmation | processing"
    ])
    assert.deepStrictEqual(
      sandbox.merchant.received.map(({ body }) => at(body, "operation", "code")),
      ["0", "29999"]
    )
    assert.deepStrictEqual(await money(), ["0", "0"])
    await sandbox.advance(10 * second)
    const status = await sandbox.status("A-1")
    assert.strictEqual(at(status.body, "payment", "status"), "awaiting confirmation")
    assert.strictEqual(at(status.body, "operations", 0, "status"), "success")
    assert.strictEqual(at(status.body, "operations", 1, "type"), "payment confirmation")
  })

  it.each([
    ["sale", ["awaiting confirmation | sale | success"]],
    ["confirmation", ["awaiting confirmation | payment confirmation | processing"]]
  ])("announces the waiting by the notice that the project is set to (%s)", async (notices, expected) => {
    await configure({ confirmation: "reversal", confirmationNotices: notices })
    await begin()
    await payer("confirm")
    await sandbox.advance(0)
    assert.deepStrictEqual(sandbox.story(), expected)
  })

  it("money that arrived makes a success, told once", async () => {
    await configure({ confirmation: "reversal" })
    await begin()
    await payer("confirm")
    await sandbox.advance(0)
    sandbox.merchant.received.length = 0
    await outcome({ confirmation: "success" })
    await sandbox.advance(30 * day)
    assert.deepStrictEqual(sandbox.story(), ["success | payment confirmation | success"])
    assert.deepStrictEqual(await money(), ["1200", "0"])
  })

  it("money that is missing for seven days ends in a decline, told once", async () => {
    await configure({ confirmation: "decline" })
    await begin()
    await payer("confirm")
    await sandbox.advance(7 * day - second)
    assert.strictEqual(await statusNow(), "awaiting confirmation")
    sandbox.merchant.received.length = 0
    await sandbox.advance(2 * second)
    assert.deepStrictEqual(sandbox.story(), ["decline | payment confirmation | decline"])
    assert.strictEqual(at(sandbox.merchant.received[0]?.body, "operation", "code"), "20812")
    assert.deepStrictEqual(await money(), ["0", "0"])
  })

  it.each(["processing", "awaiting confirmation"])(
    "money that is missing is reversed with both notices, the first saying %s",
    async (reversalNoticeStatus) => {
      await configure({ confirmation: "reversal", confirmationDelay: "P2D", reversalNoticeStatus })
      await begin()
      await payer("confirm")
      await sandbox.advance(0)
      sandbox.merchant.received.length = 0
      await sandbox.advance(2 * day)
      assert.deepStrictEqual(sandbox.story(), [
        `${reversalNoticeStatus} | payment confirmation | decline`,
        "reversed | reversal | success"
      ])
      assert.deepStrictEqual(await money(), ["0", "0"])
    }
  )

  it("an ordered success passes through every stage", async () => {
    await configure({ confirmation: "decline" })
    await begin()
    const answer = await outcome({ status: "success" })
    await sandbox.advance(0)
    assert.strictEqual(Array.isArray(at(answer.body, "notifications")), true)
    assert.deepStrictEqual(sandbox.story(), [
      "awaiting confirmation | sale | success",
      "awaiting confirmation | payment confirmation | processing",
      "success | payment confirmation | success"
    ])
  })

  it("money that was reversed and is promised again by order is the whole sum, which may still come", async () => {
    await configure({ confirmation: "reversal" })
    await begin()
    await outcome({ confirmation: "decline" })
    await sandbox.advance(0)
    sandbox.merchant.received.length = 0
    await outcome({ status: "awaiting confirmation", force: true })
    await sandbox.advance(0)
    assert.deepStrictEqual(sandbox.story(), [
      "awaiting confirmation | sale | success",
      "awaiting confirmation | payment confirmation | processing"
    ])
    for (const { body } of sandbox.merchant.received) assert.strictEqual(at(body, "payment", "sum", "amount"), 1200)
    await outcome({ confirmation: "success" })
    assert.deepStrictEqual(await money(), ["1200", "0"])
  })

  it("a reversing project does not decline, and a declining one does not reverse, without force", async () => {
    await configure({ confirmation: "reversal" })
    await begin()
    await outcome({ status: "awaiting confirmation" })
    assert.strictEqual((await outcome({ status: "decline" })).status, 409)
    assert.strictEqual((await outcome({ status: "decline", confirmation: "decline" })).status, 409)
    await configure({ confirmation: "decline" })
    assert.strictEqual((await outcome({ status: "reversed" })).status, 409)
    assert.strictEqual((await outcome({ status: "decline" })).status, 200)
  })
})

describe("time", () => {
  it("expires a payment at best_before whose payer walked away, and tells it once", async () => {
    await begin({ payment: { amount: 1200, currency: "EUR", best_before: "2026-12-01T12:30:00+00:00" } })
    const left = await payer("leave")
    assert.strictEqual(at(left.body, "payment", "status"), "awaiting redirect result")
    await sandbox.advance(29 * 60 * second)
    assert.deepStrictEqual(sandbox.story(), [])
    await sandbox.advance(60 * second)
    assert.deepStrictEqual(sandbox.story(), ["expired | sale | expired"])
    assert.strictEqual((await payer("confirm")).status, 409)
    await sandbox.advance(day)
    assert.strictEqual(sandbox.story().length, 1)
    assert.deepStrictEqual(await money(), ["0", "0"])
  })

  it("does not expire a payment that the payer confirmed in time", async () => {
    await configure({ confirmation: "decline" })
    await begin({ payment: { amount: 1200, currency: "EUR", best_before: "2026-12-01T12:30:00+00:00" } })
    await payer("confirm")
    await sandbox.advance(2 * 3600 * second)
    assert.strictEqual(await statusNow(), "awaiting confirmation")
  })

  it("lets somebody who walked away come back and pay", async () => {
    await begin()
    await payer("leave")
    await payer("leave")
    await payer("confirm")
    assert.strictEqual(await statusNow(), "success")
  })

  it("declines an abandoned payment without best_before after the project's time", async () => {
    await begin()
    await sandbox.advance(day - 3 * second)
    assert.strictEqual(await statusNow(), "awaiting redirect result")
    await sandbox.advance(3 * second)
    assert.strictEqual(await statusNow(), "decline")
    assert.strictEqual(at(sandbox.merchant.received[0]?.body, "operation", "code"), "20602")
  })
})

describe("ordered outcomes", () => {
  it("know every documented status by force, and no invented one", async () => {
    for (const [index, status] of paymentStatuses.entries()) {
      const id = `F-${index}`
      await sandbox.postGate(salePath, sandbox.signed(sandbox.sale(id)))
      const answer = await outcome({ status, force: true }, id)
      assert.strictEqual(answer.status, 200, status)
      assert.strictEqual(at(answer.body, "payment", "status"), status)
    }
    assert.strictEqual((await outcome({ status: "paid" }, "F-0")).status, 400)
  })

  it("can pay another sum than the one asked for, and the callback says so", async () => {
    await begin()
    await outcome({ status: "success", amount: 700 })
    await sandbox.advance(0)
    const [told] = sandbox.merchant.received
    assert.strictEqual(at(told?.body, "payment", "sum", "amount"), 700)
    assert.strictEqual(at(told?.body, "operation", "sum_initial", "amount"), 700)
    assert.deepStrictEqual(await money(), ["700", "0"])
    const view = await sandbox.control.get("/payments/A-1")
    assert.strictEqual(at(view.body, "amountMinor"), "1200")
  })

  it.each<[object, number]>([
    [{}, 400],
    [{ status: 7 }, 400],
    [{ status: "success", amount: 7.5 }, 400],
    [{ status: "success", amount: -1 }, 400],
    [{ confirmation: "maybe" }, 400],
    [{ status: "refunded" }, 409]
  ])("refuse %j with %i and change nothing", async (body, status) => {
    await begin()
    const answer = await outcome(body)
    assert.strictEqual(answer.status, status)
    assert.isString(at(answer.body, "error"))
    assert.strictEqual(await statusNow(), "awaiting redirect result")
  })

  it("answer 404 for a payment that nobody knows", async () => {
    assert.strictEqual((await outcome({ status: "success" }, "nobody")).status, 404)
    assert.strictEqual((await payer("confirm", "nobody")).status, 404)
    assert.strictEqual((await sandbox.control.get("/payments/nobody")).status, 404)
  })
})

describe("delivery of callbacks", () => {
  it("follows the published intervals: ten seconds, then growing to four hours, 120 attempts in ten days", () => {
    const waits = Array.from({ length: 119 }, (_, index) => nextCallbackAfter(index + 1) ?? Number.NaN)
    assert.deepStrictEqual(
      waits.slice(0, 5),
      [10, 10, 10, 10, 10].map((wait) => wait * second)
    )
    assert.strictEqual(Math.round((waits[5] ?? 0) / second), 84)
    assert.strictEqual(Math.floor((waits[66] ?? 0) / (60 * second)), 3 * 60 + 56)
    assert.strictEqual(waits[67], 4 * 3600 * second)
    assert.strictEqual(waits[118], 4 * 3600 * second)
    assert.isUndefined(nextCallbackAfter(120))
    const total = waits.reduce((sum, wait) => sum + wait, 0)
    assert.isAbove(total, 10 * day)
    assert.isBelow(total, 11 * day)
  })

  it("repeats the same bytes until the merchant answers 200, and no other success will do", async () => {
    await begin()
    sandbox.merchant.answer = 204
    await payer("refuse")
    await sandbox.advance(51 * second)
    assert.strictEqual(sandbox.merchant.received.length, 6)
    assert.strictEqual(new Set(sandbox.merchant.received.map((one) => one.raw)).size, 1)
    sandbox.merchant.answer = 200
    await sandbox.advance(90 * second)
    assert.strictEqual(sandbox.merchant.received.length, 7)
    await sandbox.advance(11 * day)
    assert.strictEqual(sandbox.merchant.received.length, 7)
  })

  it("goes on in spite of a dead merchant for 120 attempts and no longer", async () => {
    await begin()
    sandbox.merchant.answer = 500
    await payer("refuse")
    await sandbox.advance(11 * day)
    assert.strictEqual(sandbox.merchant.received.length, 120)
    await sandbox.advance(11 * day)
    assert.strictEqual(sandbox.merchant.received.length, 120)
    const view = await sandbox.control.get("/payments/A-1")
    assert.strictEqual(at(view.body, "callbacks", -1, "state"), "failed")
  })
})

const plan = (kind: string, extra: object = {}) =>
  sandbox.control.post("/faults", { operation: "callback", kind, times: 1, ...extra })
const isSigned = (index: number): boolean => {
  const body = sandbox.merchant.received[index]?.body ?? {}
  return isSignedWith(body, textAt(body, "signature"), sandbox.secret)
}

describe("faults of callbacks", () => {
  it.each<[string, ReadonlyArray<string>, unknown]>([
    ["wrong_amount", ["payment", "sum", "amount"], 1201],
    ["wrong_amount", ["operation", "sum_initial", "amount"], 1201],
    ["wrong_currency", ["payment", "sum", "currency"], "USD"],
    ["unknown_status", ["payment", "status"], "awaiting provider audit"]
  ])("%s spoils %j and signs it", async (kind, path, value) => {
    await begin()
    await plan(kind, { match: { paymentId: "A-1" } })
    await payer("confirm")
    await sandbox.advance(0)
    assert.strictEqual(at(sandbox.merchant.received[0]?.body, ...path), value)
    assert.isTrue(isSigned(0))
    assert.deepStrictEqual(await money(), ["1200", "0"])
  })

  it("wrong_signature spoils one callback only", async () => {
    await configure({ confirmation: "decline" })
    await begin()
    await plan("wrong_signature", { match: { status: "awaiting confirmation" } })
    await outcome({ status: "success" })
    await sandbox.advance(0)
    assert.strictEqual([0, 1, 2].filter(isSigned).length, 2)
  })

  it("drop, duplicate, delay and reorder work on the callback they are planned for", async () => {
    await begin()
    await plan("drop")
    await payer("refuse")
    await sandbox.advance(second)
    assert.deepStrictEqual(sandbox.story(), [])

    await begin({}, "A-2")
    await plan("duplicate")
    await payer("refuse", "A-2")
    await sandbox.advance(second)
    assert.strictEqual(sandbox.merchant.received.length, 2)
    assert.strictEqual(sandbox.merchant.received[0]?.raw, sandbox.merchant.received[1]?.raw)

    await begin({}, "A-3")
    await plan("delay", { delayMillis: 5000 })
    await payer("refuse", "A-3")
    await sandbox.advance(4 * second)
    assert.deepStrictEqual(sandbox.story(), [])
    await sandbox.advance(second)
    assert.strictEqual(sandbox.story().length, 1)

    await configure({ confirmation: "decline" })
    await begin({}, "A-4")
    await plan("reorder")
    await payer("confirm", "A-4")
    await sandbox.advance(0)
    assert.deepStrictEqual(sandbox.story(), [
      "awaiting confirmation | payment confirmation | processing",
      "awaiting confirmation | sale | success"
    ])
  })
})

describe("callbacks of another make", () => {
  const plan = (kind: string, phase = "after") =>
    sandbox.control.post("/faults", { operation: "callback", kind, phase, times: 1 })
  const isSigned = (index: number): boolean => {
    const body = sandbox.merchant.received[index]?.body ?? {}
    const signature = textAt(body, "signature") || textAt(body, "general", "signature")
    return isSignedWith(body, signature, sandbox.secret)
  }

  it("leave out and add members, and sign in general, as the project is set", async () => {
    const callbackFormat = { omit: ["customer", "operation.provider"], extraMembers: true, signatureIn: "general" }
    await configure({ callbackFormat })
    await begin()
    await payer("confirm")
    await sandbox.advance(0)
    const body = sandbox.merchant.received[0]?.body
    assert.isTrue(isSigned(0))
    assert.isUndefined(at(body, "signature"))
    assert.isUndefined(at(body, "customer"))
    assert.isUndefined(at(body, "operation", "provider"))
    assert.strictEqual(at(body, "operation", "status"), "success")
    assert.strictEqual(at(body, "merchant_data", "segment"), "A")
  })

  it.each<[string, ReadonlyArray<string | number>, unknown]>([
    ["null_members", ["operation", "provider", "auth_code"], null],
    ["long_lists", ["provider_extra_fields", 11], "field 11"]
  ])("can hold %s once, and are signed as they are", async (kind, path, value) => {
    await begin()
    await plan(kind)
    await payer("confirm")
    await sandbox.advance(0)
    assert.strictEqual(at(sandbox.merchant.received[0]?.body, ...path), value)
    assert.isTrue(isSigned(0))
  })

  it.each([
    ["before", ["decline | sale | decline", "success | sale | success"]],
    ["after", ["success | sale | success", "decline | sale | decline"]]
  ])("contradict each other when that is planned (%s the true one)", async (phase, story) => {
    await begin()
    await plan("contradict", phase)
    await payer("confirm")
    await sandbox.advance(0)
    assert.deepStrictEqual(sandbox.story(), story)
    assert.isTrue(isSigned(0) && isSigned(1))
    assert.deepStrictEqual(await money(), ["1200", "0"])
  })
})

describe("project settings", () => {
  it("are shown without secrets, changed one by one, refused by name, and back to the start after a reset", async () => {
    const before = (await sandbox.control.get("/ecommpay/projects/201")).body
    assert.strictEqual(at(before, "confirmation"), "off")
    assert.strictEqual(at(before, "consentRequired"), false)
    assert.strictEqual(at(before, "redirectVariant"), 2)
    assert.notInclude(JSON.stringify(before), textAt(sandbox.ready, "ecommpay", "projects", 1, "secret"))

    const changed = await sandbox.control.patch("/ecommpay/projects/201", {
      confirmation: "reversal",
      callbackFormat: { nulls: true }
    })
    assert.deepStrictEqual(at(changed.body, "callbackFormat"), {
      nulls: true,
      longLists: false,
      emptyObjects: "list",
      errorCodes: "texts",
      redirectKey: "redirect_data",
      omit: [],
      extraMembers: false,
      signatureIn: "root"
    })
    assert.strictEqual((await sandbox.control.get("/ecommpay/projects/200")).body["confirmation"], "off")

    for (const [patch, status, name] of [
      [{ confirmation: "maybe" }, 400, "confirmation"],
      [{ confirmationDelay: "a week" }, 400, "confirmationDelay"],
      [{ callbackUrl: "ftp://x" }, 400, "callbackUrl"],
      [{ callbackFormat: { nils: true } }, 400, "callbackFormat.nils"],
      [{ confirmation: "off", colour: "red" }, 400, "colour"],
      [{ consentRequired: "yes" }, 400, "consent"],
      [{ ibanBanks: [140] }, 400, "ibanBanks"],
      [{ redirectVariant: 3 }, 400, "redirectVariant"]
    ] as const) {
      const refused = await sandbox.control.patch("/ecommpay/projects/201", patch)
      assert.strictEqual(refused.status, status)
      assert.include(textAt(refused.body, "error"), name)
    }
    assert.strictEqual((await sandbox.control.get("/ecommpay/projects/201")).body["confirmation"], "reversal")

    await begin()
    await sandbox.control.post("/reset", {})
    assert.strictEqual((await sandbox.control.get("/ecommpay/projects/201")).body["confirmation"], "off")
    assert.deepStrictEqual(at((await sandbox.control.get("/payments")).body, "payments"), [])
    const again = await sandbox.postGate(salePath, sandbox.signed(sandbox.sale("A-1")))
    assert.strictEqual(at(again.body, "status"), "success", "the secrets of the start line still hold")
  })

  it("answer 404 for a project that is not there", async () => {
    assert.strictEqual((await sandbox.control.get("/ecommpay/projects/1")).status, 404)
  })
})
