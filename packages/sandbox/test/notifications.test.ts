import { afterAll, afterEach, assert, beforeAll, beforeEach, describe, it } from "vitest"
import { startSandbox, type Sandbox } from "../src/index.ts"
import { at, control, ok, outcome, payer, settings } from "./support/control.ts"
import { startReceiver, type Receiver } from "./support/receiver.ts"
import { save, statusOf } from "./support/soap.ts"

let sandbox: Sandbox
let receiver: Receiver
beforeAll(async () => {
  sandbox = await startSandbox()
})
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(async () => {
  sandbox.reset()
  await receiver.close()
})
afterAll(() => sandbox.close())

const saveWithNotice = async (path = "/notice?id="): Promise<string> =>
  (await save(sandbox, { serverResponseUrl: `${receiver.url}${path}` })).id

const plan = (kind: string, more: object = {}) =>
  sandbox.faults.add({ operation: "notification", kind, phase: "before", times: 1, ...more })

describe("a held notification", () => {
  it("is shown with its bytes, is not sent, and goes only when it is sent again", async () => {
    const { id: fault } = plan("hold", { times: 100 })
    const id = await saveWithNotice()
    await outcome(sandbox, id, { status: "E" })
    const [kept] = sandbox.notifications()
    assert.deepEqual([kept?.state, kept?.attempts], ["held", []])
    assert.equal(kept?.request.url, `${receiver.url}/notice?id=${id}`)
    sandbox.faults.clear(fault)
    await ok(sandbox, "POST", "/clock/advance", { duration: "P1D" })
    assert.lengthOf(receiver.received, 0)
    const again = await ok(sandbox, "POST", `/webhooks/${kept?.id}/resend`)
    assert.equal(at(again, "state"), "delivered")
    assert.lengthOf(receiver.received, 1)
  })

  it("is also one that would be tried again", async () => {
    await settings(sandbox, { notificationRetries: 3 })
    const { id } = await save(sandbox, { serverResponseUrl: "http://127.0.0.1:9/nobody?id=" })
    await outcome(sandbox, id, { status: "E" })
    await ok(sandbox, "POST", "/clock/advance", { duration: "PT1S" })
    plan("hold", { times: 100 })
    await ok(sandbox, "POST", "/clock/advance", { duration: "PT1H" })
    assert.deepEqual(
      sandbox.notifications().map(({ attempts, state }) => [state, attempts.length]),
      [["held", 1]]
    )
  })
})

describe("the call to ServerResponseUrl", () => {
  it.each(["E", "R", "O"])(
    "follows a change to %s: a GET without body, the id appended, no status in it",
    async (status) => {
      const id = await saveWithNotice()
      await outcome(sandbox, id, { status })
      const [notice] = await receiver.waitFor(1)
      assert.deepEqual(notice, { method: "GET", url: `/notice?id=${id}`, body: "" })
    }
  )

  it("comes only once the new state can be asked for", async () => {
    const id = await saveWithNotice()
    const answered = outcome(sandbox, id, { status: "E" })
    await receiver.waitFor(1)
    assert.equal(await statusOf(sandbox, id), "E")
    const body = await answered
    assert.deepEqual(at(body, "notifications"), [sandbox.notifications()[0]?.id])
    assert.equal(at(body, "payment", "status"), "E")
    assert.equal(at(body, "returnUrl"), `http://127.0.0.1:9/back?id=${id}`)
  })

  it("follows the deadline of an unpaid request, and not that of a paid one", async () => {
    const unpaid = await saveWithNotice()
    const paid = await saveWithNotice()
    await outcome(sandbox, paid, { status: "E" })
    await receiver.waitFor(1)
    const answer = await ok(sandbox, "POST", "/clock/advance", { duration: "P10DT1M" })
    assert.equal(at(answer, "delivered"), 1)
    assert.deepEqual(
      receiver.received.map((one) => one.url),
      [`/notice?id=${paid}`, `/notice?id=${unpaid}`]
    )
  })

  it("is not made for P, nor for O when the setting says so, nor without a ServerResponseUrl", async () => {
    await settings(sandbox, { notifyOnOther: false })
    const id = await saveWithNotice()
    assert.deepEqual(at(await outcome(sandbox, id, { status: "P" }), "notifications"), [])
    assert.deepEqual(at(await outcome(sandbox, id, { status: "O" }), "notifications"), [])
    const without = await save(sandbox)
    assert.deepEqual(at(await outcome(sandbox, without.id, { status: "E" }), "notifications"), [])
    assert.lengthOf(receiver.received, 0)
  })

  it.each([
    ["auto", "/n?id=", true],
    ["auto", "/n", false],
    ["always", "/n/", true],
    ["never", "/n?id=", false]
  ])("with appendId %s and %s appends the id: %s", async (appendId, path, appended) => {
    await settings(sandbox, { appendId })
    const id = await saveWithNotice(path)
    await outcome(sandbox, id, { status: "E" })
    const [notice] = await receiver.waitFor(1)
    assert.equal(notice?.url, appended ? path + id : path)
  })

  it("is repeated and doubled as the settings say", async () => {
    await settings(sandbox, { notificationRepeats: 2, notificationRepeatEvery: "PT5M", notificationDuplicates: 1 })
    const id = await saveWithNotice()
    assert.lengthOf(Object(at(await outcome(sandbox, id, { status: "E" }), "notifications")), 2)
    await receiver.waitFor(2)
    await sandbox.clock.advance(4 * 60_000)
    assert.lengthOf(receiver.received, 2)
    await sandbox.clock.advance(6 * 60_000 + 1000)
    assert.lengthOf(receiver.received, 4)
  })

  it("waits for the delay that the setting names, and uses the method that it names", async () => {
    await settings(sandbox, { notificationDelay: "PT1H", notificationMethod: "POST" })
    const id = await saveWithNotice()
    await outcome(sandbox, id, { status: "E" })
    await sandbox.clock.advance(59 * 60_000)
    assert.lengthOf(receiver.received, 0)
    const { delivered } = await sandbox.clock.advance(61_000)
    assert.equal(delivered, 1)
    assert.equal(receiver.received[0]?.method, "POST")
  })

  it("is tried again after a refusal only as often as the setting says", async () => {
    receiver.answerWith(503)
    await settings(sandbox, { notificationRetries: 2, notificationRetryEvery: "PT10M" })
    const id = await saveWithNotice()
    await outcome(sandbox, id, { status: "E" })
    await sandbox.clock.advance(60 * 60_000)
    assert.lengthOf(receiver.received, 3)
    const [record] = sandbox.notifications()
    assert.equal(record?.state, "failed")
    assert.deepEqual(
      record?.attempts.map((attempt) => attempt.answer?.status),
      [503, 503, 503]
    )
  })
})

describe("receivers that fail", () => {
  it("that cannot be reached are recorded and block nothing", async () => {
    const { id } = await save(sandbox, { serverResponseUrl: "http://127.0.0.1:1/n?id=" })
    await outcome(sandbox, id, { status: "E" })
    await sandbox.clock.advance(1000)
    const [record] = sandbox.notifications()
    assert.equal(record?.state, "failed")
    assert.include(record?.attempts[0]?.error, "ECONNREFUSED")
    assert.equal(await statusOf(sandbox, id), "E")
  })

  it("that never answer hold up neither the outcome nor, for long, the clock", async () => {
    receiver.answerWith("silent")
    const id = await saveWithNotice()
    const started = performance.now()
    await outcome(sandbox, id, { status: "E" })
    assert.isBelow(performance.now() - started, 1000)
    const expiring = await saveWithNotice()
    await sandbox.clock.advance(11 * 86_400_000)
    assert.isBelow(performance.now() - started, 9000)
    assert.equal(await statusOf(sandbox, expiring), "R")
    assert.deepEqual(
      sandbox.notifications().map((record) => record.attempts[0]?.error),
      ["timed out", "timed out"]
    )
  })
})

describe("faults of notifications", () => {
  it("duplicate sends the same twice", async () => {
    plan("duplicate")
    const id = await saveWithNotice()
    await outcome(sandbox, id, { status: "E" })
    const [first, second] = await receiver.waitFor(2)
    assert.deepEqual(first, second)
  })

  it("drop sends nothing", async () => {
    plan("drop")
    const id = await saveWithNotice()
    await outcome(sandbox, id, { status: "E" })
    await sandbox.clock.advance(86_400_000)
    assert.lengthOf(receiver.received, 0)
    assert.equal(sandbox.notifications()[0]?.state, "dropped")
  })

  it("delay sends later on the clock", async () => {
    plan("delay", { delayMillis: 3_600_000 })
    const id = await saveWithNotice()
    await outcome(sandbox, id, { status: "E" })
    await sandbox.clock.advance(3_500_000)
    assert.lengthOf(receiver.received, 0)
    await sandbox.clock.advance(101_000)
    assert.lengthOf(receiver.received, 1)
  })

  it("reorder lets the next one go first", async () => {
    plan("reorder")
    const first = await saveWithNotice()
    const second = await saveWithNotice()
    await outcome(sandbox, first, { status: "E" })
    await outcome(sandbox, second, { status: "E" })
    await receiver.waitFor(2)
    assert.deepEqual(
      receiver.received.map((one) => one.url),
      [`/notice?id=${second}`, `/notice?id=${first}`]
    )
  })

  it("reorder sends by itself after a minute when nothing follows", async () => {
    plan("reorder")
    const id = await saveWithNotice()
    await outcome(sandbox, id, { status: "E" })
    assert.equal(sandbox.notifications()[0]?.state, "held")
    await sandbox.clock.advance(61_000)
    assert.lengthOf(receiver.received, 1)
  })
})

describe("the list of notifications", () => {
  it("keeps the exact request and the answer of each attempt, and resends by id", async () => {
    const id = await saveWithNotice()
    await outcome(sandbox, id, { status: "E" })
    await receiver.waitFor(1)
    await sandbox.clock.advance(0)
    const listed = await ok(sandbox, "GET", "/webhooks")
    const notice = at(listed, "webhooks", 0)
    assert.equal(at(notice, "paymentId"), id)
    assert.equal(at(notice, "state"), "delivered")
    assert.equal(at(notice, "attempts", 0, "request", "url"), `${receiver.url}/notice?id=${id}`)
    assert.equal(at(notice, "attempts", 0, "request", "bodyBase64"), "")
    assert.equal(at(notice, "attempts", 0, "answer", "text"), "noted")
    const resent = await ok(sandbox, "POST", `/webhooks/${String(at(notice, "id"))}/resend`)
    assert.equal(at(resent, "attempts", 1, "attempt"), 2)
    assert.lengthOf(receiver.received, 2)
  })

  it("knows no foreign id", async () => {
    assert.equal((await control(sandbox, "POST", "/webhooks/nothing/resend")).status, 404)
  })

  it("is empty after a reset", async () => {
    const id = await saveWithNotice()
    await payer(sandbox, id, { action: "choose_bank" })
    await payer(sandbox, id, { action: "confirm" })
    await receiver.waitFor(1)
    await ok(sandbox, "POST", "/reset")
    assert.deepEqual(await ok(sandbox, "GET", "/webhooks"), { webhooks: [] })
  })
})
