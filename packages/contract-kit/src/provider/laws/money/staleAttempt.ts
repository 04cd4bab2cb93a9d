import assert from "node:assert/strict"
import { toPage, day, noticesOf, opened, payAttempt } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessOutcome } from "../exempt.ts"

export const staleAttempt: Law = {
  id: "stale-attempt-cancels-nothing",
  sentence: "News of an older attempt, however late, takes nothing from a payment that a newer attempt has paid.",
  reason:
    "Refusals of abandoned attempts arrive after the second try was paid; the payer must not lose what was paid for.",
  duty: "Give each attempt its own id at the provider, and name it in every observation.",
  once: true,
  ...unlessOutcome("refused"),
  check: async (world) => {
    const payment = await opened(world)
    const first = world.at(payment)
    const second = world.at(await toPage(world, await world.attempt(payment)))
    const late = await noticesOf(world, () => world.driver.turn(first, { to: "refused" }))
    await world.driver.notices.release()
    await payAttempt(world, second)
    await world.quiet()
    assert.equal((await world.get(payment)).status, "paid", "the newer attempt was paid, and the payment is not")
    for (const notice of late) await world.deliver(notice)
    await world.advance(day)
    const after = await world.get(payment)
    assert.equal(after.status, "paid", "the refusal of an older attempt took the payment back")
    assert.equal(after.attempts[0].status, "declined", "the refusal of the older attempt is not shown")
    assert.equal(after.state.attention.includes("overpaid"), false)
  }
}
