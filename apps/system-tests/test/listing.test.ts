import { assert, describe, it } from "vitest"
import { harness, order } from "./harness.ts"
import { reasonOf } from "./steps.ts"

describe("a list", () => {
  it("with a filter that is written wrong is an invalid request, not a store that cannot be read", async () => {
    await using h = await harness()
    await h.payments.create(order())
    const wrong: ReadonlyArray<unknown> = [
      { limit: Number.NaN },
      { limit: 1.5 },
      { limit: 0 },
      { limit: -1 },
      { limit: 1001 },
      { limit: "5" },
      { status: "payed" },
      { stauts: "paid" },
      { merchantReference: 7 },
      { from: "yesterday" },
      { to: new Date(Number.NaN) },
      { after: {} },
      { after: "pay_1" },
      7,
      null
    ]
    for (const filter of wrong) {
      assert.strictEqual(await reasonOf(h.payments.list(filter as never)), "InvalidRequest", JSON.stringify(filter))
    }
    const { signal } = new AbortController()
    for (const right of [undefined, {}, { limit: 1000 }, { from: new Date(0), status: "processing" as const }]) {
      assert.strictEqual(
        await reasonOf(right === undefined ? h.payments.list() : h.payments.list(right, { signal })),
        "none"
      )
    }
  })
})
