// Attention and fulfilment follow the money facts: what came, what went back, and what nobody has named yet.
import { money, type FulfilmentPolicy } from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { action, fake, received, type Script } from "./fakeProvider.ts"
import { days, harness, type Harness, minutes, order } from "./harness.ts"
import { again, answering, got, later, repayment, says } from "./steps.ts"

const stepTo = async (
  h: Harness,
  id: string,
  ...actions: ReadonlyArray<"approve" | "submit" | "complete" | "reverse">
) => {
  for (const one of actions) {
    await h.payments.stepRepayment(id, { action: one, by: "chief", evidence: "Transfer 7" })
  }
}
const attentionOf = async (h: Harness, id: string) => [...(await h.payments.get(id)).state.attention]

/** A payment whose two attempts were both paid, and are hard. */
const paidTwice = async (h: Harness, named: boolean): Promise<string> => {
  h.script.create = () => Effect.succeed([action()])
  const { id } = await h.payments.create(order())
  await h.payments.attempt(again(id, "second"))
  answering(h, named ? received() : { says: { _tag: "received" }, trust: "proven" })
  await later(h, minutes(2))
  await later(h, days(2))
  return id
}

describe("a surplus", () => {
  it("needs nobody's attention any more once it has gone back, and does again if the transfer comes back", async () => {
    for (const named of [true, false]) {
      await using h = await harness()
      const id = await paidTwice(h, named)
      assert.include(await attentionOf(h, id), "overpaid")
      const { id: back } = await h.payments.repay(repayment(id, 1200n))
      assert.include(await attentionOf(h, id), "overpaid")
      await stepTo(h, back, "approve", "submit", "complete")
      assert.notInclude(await attentionOf(h, id), "overpaid", String(named))
      await stepTo(h, back, "reverse")
      assert.include(await attentionOf(h, id), "overpaid")
    }
  })

  it("that went back only in part still needs attention", async () => {
    await using h = await harness()
    const id = await paidTwice(h, true)
    const { id: back } = await h.payments.repay(repayment(id, 1199n))
    await stepTo(h, back, "approve", "submit", "complete")
    assert.include(await attentionOf(h, id), "overpaid")
  })

  it("of a payment that the provider prices is what two attempts brought beyond one price", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const { amount: _amount, ...rest } = order()
    const { id } = await h.payments.create({ ...rest, lines: [{ position: "1", quantity: "1" }] } as never)
    const { attempts } = await h.payments.attempt(again(id, "second"))
    for (const one of attempts) await says(h, one.id, got("700"), h.clock.value)
    await h.payments.runDue()
    assert.include(await attentionOf(h, id), "overpaid")
    const { id: back } = await h.payments.repay(repayment(id, 700n, { override: true }))
    await stepTo(h, back, "approve", "submit")
    assert.notInclude(await attentionOf(h, id), "overpaid")
  })
})

describe("money whose sum nothing has named yet", () => {
  const told = async (fulfilment: FulfilmentPolicy, more: Record<string, unknown> = {}) => {
    const h = await harness({ fulfilment, provider: (s: Script) => fake(s, { amountEvidence: "listing" }) })
    const { amount, ...rest } = order(more)
    const payment = await h.payments.create({ ...("lines" in more ? {} : { amount }), ...rest } as never)
    answering(h, { says: { _tag: "received" }, trust: "proven" })
    await later(h, minutes(2))
    await later(h, days(2))
    await h.payments.runDue()
    const { state } = await h.payments.get(payment.id)
    assert.deepStrictEqual(
      [state.status, state.finality, [...state.attention]],
      ["paid", "hard", ["amount_unconfirmed"]]
    )
    const count = () => h.events.filter((event) => event.type === "payment.fulfil").length
    return { h, id: payment.id, count }
  }

  it("fulfils by the sum asked within a limit, and waits under hard-only until a person answers for it", async () => {
    const within = await told({ policy: "provisional-up-to", limit: money(1200n, "EUR") })
    assert.strictEqual(within.count(), 1)
    await within.h[Symbol.asyncDispose]()
    for (const waiting of [
      { policy: "hard-only" },
      { policy: "provisional-up-to", limit: money(1199n, "EUR") }
    ] as const) {
      const { h, id, count } = await told(waiting)
      assert.strictEqual(count(), 0, waiting.policy)
      h.clock.value += 1000
      await h.payments.decide(id, { status: "paid", by: "clerk", reason: "Seen on the statement.", evidence: "S-1" })
      await h.payments.runDue()
      assert.deepStrictEqual([count(), await attentionOf(h, id)], [1, []])
      await h[Symbol.asyncDispose]()
    }
  })

  it("waits under a limit too where the provider prices: nothing says that it is within", async () => {
    const { h, count } = await told(
      { policy: "provisional-up-to", limit: money(1_000_000n, "EUR") },
      { lines: [{ position: "1", quantity: "1" }] }
    )
    assert.strictEqual(count(), 0)
    await h[Symbol.asyncDispose]()
  })

  it("fulfils under hard-only as soon as a hard sum is named", async () => {
    const { h, id, count } = await told({ policy: "hard-only" })
    answering(h, received())
    h.clock.value += minutes(1)
    await h.payments.refresh(id)
    await h.payments.runDue()
    assert.deepStrictEqual([count(), await attentionOf(h, id)], [1, []])
    await h[Symbol.asyncDispose]()
  })
})
