import assert from "node:assert/strict"
import { hour, isTaken, noticesOf, silenceStatus } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessCalling } from "../exempt.ts"

export const noticeFindsTheLost: Law = {
  id: "notice-finds-the-lost",
  sentence: "A notice about a payment whose reply was lost finds that payment.",
  reason: "After a lost reply nobody knows what the provider calls the payment, and still the payer may pay it.",
  duty: "Say in `about` which attempt a notice is about: by our attempt id, or by what the provider calls it.",
  ...unlessCalling,
  check: async (world) => {
    const { driver } = world
    await driver.notices.hold()
    await driver.faults.plan({ operation: "create", kind: "close", phase: "after" })
    await world.refusal(() => world.create())
    const [payment] = await world.payments.list()
    assert.ok(payment)
    await silenceStatus(world)
    const notices = await noticesOf(world, () => world.turn(payment, { to: "received" }))
    assert.ok(notices.length > 0, "the money came, and the provider has no message to send about it")
    for (const notice of notices) assert.ok(isTaken(world, await world.deliver(notice)), "the notice was not taken")
    await world.quiet()
    const webhooks = (await world.payments.history(payment.id)).filter((one) => one.channel === "webhook")
    assert.ok(webhooks.length > 0, "the notice did not find its payment")
    await driver.faults.clear()
    await world.advance(hour)
    assert.equal(
      (await world.get(payment)).status,
      "paid",
      "the notice was taken, the payer paid, and an hour later the payment is not"
    )
  }
}
