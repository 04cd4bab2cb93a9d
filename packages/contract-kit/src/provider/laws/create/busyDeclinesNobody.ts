import assert from "node:assert/strict"
import { PaymentError } from "@maksa/core"
import { collected, hour, payAtProvider, toPage } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessCalling } from "../exempt.ts"

export const busyDeclinesNobody: Law = {
  id: "busy-declines-nobody",
  sentence:
    "A provider that asks for a slower pace declines nobody: repeated by the caller or found by asking, there is one payment.",
  reason: "Under load the answer is to wait, not to turn payers away nor to open second payments.",
  duty: "Map the answer to ask more slowly to `OutcomeUnknown` on `create`, or to `RateLimited` where it surely did nothing.",
  ...unlessCalling,
  check: async (world) => {
    const { driver, manifest } = world
    assert.ok(driver.faults.kinds("create").includes("busy"), "the driver cannot make the provider busy")
    const same = { idempotencyKey: "patient", merchantReference: "CASE-P" }
    await driver.faults.plan({ operation: "create", kind: "busy", phase: "before" })
    const error = await world.refusal(() => world.create(same))
    assert.ok(error instanceof PaymentError)
    const { reason, isRetryable } = error
    assert.ok(
      ["RateLimited", "Unavailable", "OutcomeUnknown"].includes(reason._tag),
      `a provider that asks for a slower pace became ${reason._tag}`
    )
    const [before] = await world.payments.list()
    assert.ok(before)
    assert.ok(["created", "processing"].includes(before.status), `being busy made the payment ${before.status}`)
    const repeated = await world.create(same)
    assert.equal(repeated.id, before.id)
    if (!isRetryable) await world.advance(hour)
    if (!isRetryable && manifest.repeatCreate === "never") return
    const payment = await toPage(world, await world.get(before))
    if (world.order.firstContact === "call") assert.equal((await world.truth(payment)).length, 1)
    await payAtProvider(world, payment)
    await world.quiet()
    assert.equal(
      (await world.get(payment)).status,
      "paid",
      "the payer paid after all, and a minute later the payment is not paid"
    )
    assert.ok((await collected(world, payment)) > 0n)
  }
}
