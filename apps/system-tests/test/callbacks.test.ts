// Genuine and forged callbacks of ecommpay over real HTTP: provider's signature, Express, engine and SQLite together.
import type { PaymentId, Store } from "@maksa/core"
import { type SignableObject, sign } from "@maksa/provider-ecommpay-lv/signature"
import type { NotificationRecord } from "@maksa/sandbox"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { ecommpayOrder, type Stack, startStack } from "./stack.ts"

let isBroken = false
const breakable = (store: Store): Store => ({
  transact: (unit) => (isBroken ? Promise.reject(new Error("disk full")) : store.transact(unit)),
  keyedDigest: (purpose, data) => store.keyedDigest(purpose, data),
  close: () => store.close()
})

let stack: Stack
beforeAll(async () => {
  stack = await startStack(breakable)
})
afterAll(() => stack[Symbol.asyncDispose]())

const post = async (body: string | Uint8Array<ArrayBuffer>): Promise<number> => {
  const headers = { "content-type": "application/json" }
  const response = await fetch(`${stack.base}/webhooks/ecommpay-lv`, { method: "POST", headers, body })
  await response.arrayBuffer()
  return response.status
}

/** What the payer is offered: a page that was opened, so that the provider knows the payment. */
const opened = async () => {
  const payment = await stack.payments.create(ecommpayOrder())
  const response = await fetch(payment.current.actionUrl ?? "", { redirect: "manual" })
  const attemptId = payment.current.id
  const step = (body: object) => stack.control(`/ecommpay/payments/${attemptId}/payer`, body)
  await step({ action: "open", url: response.headers.get("location") })
  await step({ action: "choose_bank", bankId: 2001 })
  return { id: payment.id, attemptId, confirm: () => step({ action: "confirm" }) }
}

/** A message as the provider signs it, about a success that did not happen. */
const signed = (attemptId: string, changes: { projectId?: number; amount?: number; currency?: string }): string => {
  const [project] = stack.sandbox.ready.ecommpay.projects
  if (project === undefined) return assert.fail("the sandbox has no project")
  const { amount = 1212, currency = "EUR", projectId = project.projectId } = changes
  const date = new Date(stack.sandbox.clock.now()).toISOString().replace(/\.\d+Z$/, "+0000")
  const sum = { amount, currency }
  const body: SignableObject = {
    project_id: projectId,
    payment: { id: attemptId, type: "purchase", status: "success", date, method: "Latvian Banks", sum },
    operation: { id: 1, type: "sale", status: "success", date, sum_initial: sum, code: "0" }
  }
  return JSON.stringify({ ...body, signature: sign(body, project.secret) })
}

const statusOf = async (id: PaymentId): Promise<string> => (await stack.payments.get(id)).status
const fulfilments = (id: PaymentId): number =>
  stack.events.filter((event) => event.type === "payment.fulfil" && event.paymentId === id).length
const notices = async (attemptId: string): Promise<ReadonlyArray<NotificationRecord>> => {
  // the sandbox's contract
  const { webhooks } = (await stack.control("/webhooks")) as unknown as { webhooks: ReadonlyArray<NotificationRecord> }
  return webhooks.filter((one) => one.paymentId === attemptId)
}

describe("a callback over HTTP", () => {
  it("is refused with any byte flipped, and believed as it was signed", async () => {
    const { attemptId, id } = await opened()
    const genuine = new TextEncoder().encode(signed(attemptId, {}))
    const before = (await stack.payments.history(id)).length
    for (let at = 0; at < genuine.length; at += 7) {
      const forged = genuine.slice()
      forged[at] = (forged[at] ?? 0) ^ 1
      assert.include([400, 401], await post(forged), `byte ${at}`)
    }
    await stack.payments.runDue()
    assert.lengthOf(await stack.payments.history(id), before)
    assert.notStrictEqual(await statusOf(id), "paid")
    assert.strictEqual(await post(genuine), 200)
    await stack.payments.runDue()
    assert.strictEqual(await statusOf(id), "paid")
  })

  it("of another project moves no money, however well it is signed: what counts is what the provider then answers", async () => {
    const { attemptId, confirm, id } = await opened()
    assert.strictEqual(await post(signed(attemptId, { projectId: 201 })), 200)
    await stack.advance("PT1M")
    assert.notStrictEqual(await statusOf(id), "paid")
    assert.strictEqual(fulfilments(id), 0)
    await confirm()
    await stack.advance("PT1M")
    assert.deepStrictEqual([await statusOf(id), fulfilments(id)], ["paid", 1])
  })

  it("with a smaller sum or another currency is for a person to judge, and nothing is handed out", async () => {
    for (const wrong of [{ amount: 1211 }, { amount: 121 }, { currency: "USD" }]) {
      const { attemptId, id } = await opened()
      assert.strictEqual(await post(signed(attemptId, wrong)), 200)
      await stack.payments.runDue()
      assert.deepStrictEqual([await statusOf(id), fulfilments(id)], ["under_review", 0], JSON.stringify(wrong))
    }
  })

  it("that is huge is refused, and the next one is served", async () => {
    const { attemptId, id } = await opened()
    assert.strictEqual(await post(`{"pad":"${"x".repeat(5_000_000)}"}`), 413)
    assert.strictEqual(await post(signed(attemptId, {})), 200)
    await stack.payments.runDue()
    assert.strictEqual(await statusOf(id), "paid")
  })

  it("that comes before Gate has answered the sale leads the payer on all the same", async () => {
    stack.sandbox.faults.add({ operation: "sale", kind: "slow", phase: "after", delayMillis: 700, times: 1 })
    const gate = { payer: { ipAddress: "203.0.113.7" }, options: { flow: "gate", bank: "seb" } }
    const payment = await stack.payments.create(ecommpayOrder(gate))
    await stack.payments.runDue()
    const channels = (await stack.payments.history(payment.id)).map((one) => one.channel)
    assert.strictEqual(channels[0], "webhook")
    assert.include(channels, "reply")
    assert.strictEqual((await stack.payments.get(payment.id)).current.nextAction?._tag, "redirect")
  })

  it("that the store refuses to keep is sent again by the provider, and then counts once", async () => {
    const { attemptId, confirm, id } = await opened()
    isBroken = true
    try {
      await confirm()
      await stack.control("/clock/advance", { duration: "PT1M" })
    } finally {
      isBroken = false
    }
    const refused = await notices(attemptId)
    assert.isNotEmpty(refused)
    for (const { attempts, state } of refused) {
      assert.strictEqual(state, "pending")
      for (const { answer } of attempts) assert.strictEqual(answer?.status, 503)
    }
    assert.strictEqual(await statusOf(id), "requires_action")
    await stack.control("/clock/advance", { duration: "PT30M" })
    for (const { state } of await notices(attemptId)) assert.strictEqual(state, "delivered")
    await stack.payments.runDue()
    const told = (await stack.payments.history(id)).filter(
      ({ channel, says }) => channel === "webhook" && says._tag === "received"
    )
    assert.lengthOf(told, 1)
    assert.deepStrictEqual([await statusOf(id), fulfilments(id)], ["paid", 1])
  })
})
