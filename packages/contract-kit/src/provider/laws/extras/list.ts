import assert from "node:assert/strict"
import { toDecimal } from "@maksa/core"
import { hour, minute, offered, opened, paid, payAtProvider, sum } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessExtra } from "../exempt.ts"

export const list: Law = {
  id: "listing-is-complete",
  sentence:
    "The provider's list of a span of time has every payment that was begun in it, or of which something ended in it, with its money, and none of another.",
  reason: "Reconciliation by an incomplete list finds no difference, and that is the danger.",
  duty: "Follow the pages of the provider's list to the end, name each payment and its money, and declare by `list.by` what stands in it.",
  about: ["extras"],
  once: true,
  ...unlessExtra("list"),
  check: async (world) => {
    const { list } = await world.adapter()
    const declared = world.manifest.extras.list
    assert.ok(list !== undefined && declared !== false)
    const isByEnd = declared.by === "end"
    const before = await opened(world)
    await world.driver.advance(hour)
    const from = world.now()
    const payments = [await paid(world)]
    if (isByEnd) {
      await payAtProvider(world, before)
      payments.push(before)
      for (let i = 0; i < 10; i++) {
        const payment = await offered(world)
        await payAtProvider(world, payment)
        payments.push(payment)
      }
    } else {
      // More than one page of any usual list.
      const open = []
      for (let i = 0; i < 30; i++) open.push(await offered(world))
      for (const payment of open) await world.act(payment, "open")
      payments.push(...open)
    }
    payments.push(await paid(world))
    const to = world.now() + minute
    await world.driver.advance(hour)
    const others = [await paid(world), ...(isByEnd ? [] : [before])]
    const listed = await world.run(list({ from, to }))
    for (const payment of payments) {
      const [truth] = await world.truth(payment)
      assert.ok(truth)
      const own = listed.filter((one) => one.providerReference === truth.providerReference)
      assert.equal(own.length, 1, "the list has a payment not at all, or more than once")
      for (const { amount, attemptId, createdAt } of own) {
        assert.ok(
          attemptId === undefined || attemptId === payment.current.id,
          "a row names another attempt than its own"
        )
        const asked = payment.amount
        if (amount !== undefined && asked !== undefined)
          assert.equal(toDecimal(amount), toDecimal(asked), "a row has another sum than the order")
        assert.ok(
          createdAt === undefined || (createdAt < to && (isByEnd || createdAt >= from)),
          "a row says that it was begun outside the span"
        )
      }
      const observations = own.flatMap((one) => one.observations)
      const received = observations.flatMap(({ says }) => (says._tag === "received" ? [says.amount] : []))
      assert.equal(received.length > 0, truth.charged.length > 0, "the list says of a payment what is not true")
      if (received[0] !== undefined)
        assert.equal(received[0].minorUnits, sum(truth.charged), "the list names another sum")
    }
    const known = new Set(listed.map((one) => one.providerReference))
    for (const payment of others) {
      const [other] = await world.truth(payment)
      assert.ok(other !== undefined && !known.has(other.providerReference), "the list has a payment of another time")
    }
    assert.ok(
      listed.every((one) => one.observations.every(({ trust }) => trust === "proven")),
      "a row of the provider's own list is told as a hint"
    )
  }
}
