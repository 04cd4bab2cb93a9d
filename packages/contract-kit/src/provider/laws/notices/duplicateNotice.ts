import assert from "node:assert/strict"
import { eventsOf, isTaken, paidInSilence, sum } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

const copies = 100

export const duplicateNotice: Law = {
  id: "duplicate-notice",
  sentence: "The same notice, a hundred times at once, changes nothing after the first.",
  reason:
    "Providers repeat their messages for days. An adapter that takes a repetition for news counts money twice or tells the agency twice to hand out what was paid for.",
  duty: "Let `content` be the verified message, so that equal messages have equal digests; answer a repetition as the first one.",
  check: async (world) => {
    const { payment, notices } = await paidInSilence(world)
    const notice = notices.at(-1)
    assert.ok(notice)
    for (const earlier of notices.slice(0, -1)) await world.deliver(earlier)
    const statuses = await Promise.all(Array.from({ length: copies }, () => world.deliver(notice)))
    assert.ok(
      statuses.every((status) => isTaken(world, status)),
      `a repeated notice must be taken as the first one; answers were ${[...new Set(statuses)].join(", ")}`
    )
    await world.quiet()
    const after = await world.get(payment)
    assert.equal(after.status, "paid", "the payer paid, the notices were taken, and the payment is not paid")
    const charged = (await world.truth(payment)).flatMap((one) => one.charged)
    assert.equal(charged.length, 1, "the payer was charged more than once")
    const { received } = after.state.money
    if (received !== undefined)
      assert.equal(received.minorUnits, sum(charged), "money facts differ from what was charged")
    assert.equal(after.state.attention.includes("overpaid"), false, "a repetition was counted as second money")
    assert.equal(eventsOf(world, "payment.fulfil", payment.id).length, 1, "fulfilment was told more than once")
    const webhooks = (await world.payments.history(payment.id)).filter((one) => one.channel === "webhook")
    assert.ok(webhooks.length > 0, "no notice was recorded")
    assert.equal(new Set(webhooks.map((one) => one.digest)).size, webhooks.length)
    assert.ok(webhooks.length < copies, "every repetition was recorded as a message of its own")
  }
}
