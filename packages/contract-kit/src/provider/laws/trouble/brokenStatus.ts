import assert from "node:assert/strict"
import { hour, opened, payAtProvider, reasonOf } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

const limitMillis = 20_000
const allowed = ["Unavailable", "MalformedResponse", "RateLimited", "Refused", "NotReady", "AuthenticationFailed"]

export const brokenStatus: Law = {
  id: "broken-answer-proves-nothing",
  sentence:
    "An answer to a question that fails, is broken, strange, too long or unsigned proves nothing, ends in time, and is asked for again.",
  reason: "In an outage every answer is broken. None of them may decline, expire or pay anything.",
  duty: "Read answers strictly within a size and time limit; what you cannot read is `MalformedResponse` or `Unavailable`.",
  once: true,
  check: async (world) => {
    const { driver } = world
    const kinds = driver.faults.kinds("status")
    assert.ok(kinds.length > 0, "the driver cannot spoil answers to `status`")
    const payment = await opened(world)
    await driver.notices.hold()
    await payAtProvider(world, payment)
    const before = await world.get(payment)
    for (const kind of kinds) {
      await world.driver.advance(11_000 + driver.facts.earliestQuerySeconds * 1000)
      await driver.faults.plan({ operation: "status", kind, phase: "after" })
      const start = performance.now()
      let reason: string | undefined
      try {
        await world.payments.refresh(payment.id)
      } catch (cause) {
        assert.ok(cause instanceof Error)
        reason = reasonOf(cause)
      }
      assert.ok(performance.now() - start < limitMillis, `after ${kind} the call did not end in time`)
      assert.ok(
        reason === undefined ? kind === "unknown_word" : allowed.includes(reason),
        `an answer that was ${kind} became ${reason ?? "an ordinary answer"}`
      )
      await driver.faults.clear()
      const after = await world.get(payment)
      assert.equal(after.status, before.status, `an answer that was ${kind} made the payment ${after.status}`)
      assert.equal(after.state.money.received, undefined, `an answer that was ${kind} moved money`)
    }
    await world.advance(hour)
    assert.equal((await world.get(payment)).status, "paid", "after all the broken answers the money was not found")
  }
}
