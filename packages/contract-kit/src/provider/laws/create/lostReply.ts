import assert from "node:assert/strict"
import { hour, payAtProvider, reasonOf } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"

const lose = async (world: World, phase: "before" | "after") => {
  await world.driver.faults.plan({ operation: "create", kind: "close", phase })
  const error = await world.refusal(() => world.create())
  assert.equal(reasonOf(error), "OutcomeUnknown", "a lost reply to `create` must be OutcomeUnknown")
  const [payment] = await world.payments.list()
  assert.ok(payment, "the payment of a lost reply must exist")
  assert.equal(payment.status, "processing")
  assert.equal(payment.state.reason, "outcome_unknown")
  return payment
}

export const lostReplyIsNeverResent: Law = {
  id: "lost-reply-is-never-resent",
  sentence:
    "After a lost reply the provider is asked; nothing is sent again unless its absence was proven, and then the identical bytes.",
  reason: "Who repeats a request that was carried out collects twice from a citizen.",
  duty: "Answer `OutcomeUnknown` whenever bytes may have left; never repeat inside the adapter.",
  about: ["repeatCreate"],
  exempt: (manifest, order) =>
    order.firstContact === "payer"
      ? `the manifest's \`firstContact\` (${manifest.firstContact}): this order makes no call`
      : undefined,
  exemptWhen: "`create` makes no call (`firstContact`)",
  check: async (world) => {
    const { driver, manifest } = world
    const carriedOut = await lose(world, "after")
    await world.advance(hour)
    const once = (await driver.calls()).filter((call) => call.operation === "create")
    assert.equal(once.length, 1, "a request that was carried out was sent again")
    const truths = await world.truth(carriedOut)
    assert.equal(truths.length, 1, "the provider has not exactly one payment")

    const lost = await lose(world, "before")
    await world.advance(hour)
    const calls = (await driver.calls()).filter((call) => call.operation === "create").slice(once.length)
    assert.ok(new Set(calls.map((call) => call.digest)).size <= 1, "a repeated request differs from the first one")
    if (manifest.repeatCreate === "never") {
      assert.ok(calls.length <= 1, "`repeatCreate` is `never`, and the request was sent again")
      return
    }
    assert.equal((await world.truth(lost)).length, 1, "the proven absence did not lead to one request")
    await payAtProvider(world, lost)
    await world.quiet()
    assert.equal(
      (await world.get(lost)).status,
      "paid",
      "what was sent again was paid, and a minute later the payment is not"
    )
  }
}
