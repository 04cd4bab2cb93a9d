import assert from "node:assert/strict"
import { callsOf, collected, payAtProvider, reasonOf, toPage } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const oneKeyOnePayment: Law = {
  id: "one-key-one-payment",
  sentence:
    "The same idempotency key and input give the same payment, at once or after a restart; other input is a conflict.",
  reason: "Browsers and callers repeat themselves. A second payment for one case is money that must be given back.",
  duty: "Keep no state in the adapter, and derive everything that you send from the input of `create`.",
  check: async (world) => {
    const same = { idempotencyKey: "the-key", merchantReference: "CASE-X" }
    const payments = await Promise.all(Array.from({ length: 5 }, () => world.create(same)))
    const [payment] = payments
    assert.ok(payment)
    assert.equal(new Set(payments.map((one) => one.id)).size, 1, "one key made several payments")
    const expected = world.order.firstContact === "call" ? 1 : 0
    assert.equal(await callsOf(world, "create"), expected, `one key made ${await callsOf(world, "create")} calls`)
    await world.restart()
    assert.equal((await world.create(same)).id, payment.id, "after a restart the key made another payment")
    assert.equal(await callsOf(world, "create"), expected, "after a restart the key was sent again")

    const error = await world.refusal(() => world.create({ ...same, purpose: "another purpose" }))
    assert.equal(reasonOf(error), "Conflict", "other input under the same key must be a Conflict")
    assert.equal(await callsOf(world, "create"), expected, "other input under the same key was sent")
    await payAtProvider(world, await toPage(world, payment))
    assert.equal((await world.truth(payment)).length, 1, "the provider has several payments for one key")
    assert.ok((await collected(world, payment)) > 0n)
  }
}
