import assert from "node:assert/strict"
import { isTaken, paidInSilence, silenceStatus } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const hintMovesNoMoney: Law = {
  id: "hint-moves-no-money",
  sentence: "A notice that proves nothing moves no money; it only makes us ask.",
  reason:
    "Anybody who knows the address can send an unsigned notice. If it were believed, a payer could mark the own payment as paid.",
  duty: "Give observations of an unsigned notice the trust `hint`.",
  about: ["webhook"],
  exempt: (manifest) =>
    manifest.webhook === "signed" ? "the manifest's `webhook` is `signed`: notices are proof" : undefined,
  exemptWhen: "`webhook` is `signed`",
  check: async (world) => {
    const { payment, notices } = await paidInSilence(world)
    await silenceStatus(world)
    for (const notice of notices) assert.ok(isTaken(world, await world.deliver(notice)), "the notice was not taken")
    await world.quiet()
    const before = await world.get(payment)
    assert.notEqual(before.status, "paid", "a notice without a signature was believed")
    assert.notEqual(before.status, "provisional", "a notice without a signature was believed")
    assert.equal(before.state.money.received, undefined)
    const webhooks = (await world.payments.history(payment.id)).filter((one) => one.channel === "webhook")
    assert.ok(webhooks.length > 0, "the notice left no trace")
    assert.ok(
      webhooks.every((one) => one.trust === "hint"),
      "an unsigned notice was recorded as proven"
    )
    await world.driver.faults.clear()
    await world.advance(30 * 60_000)
    assert.equal((await world.get(payment)).status, "paid", "asking the provider did not find the money")
  }
}
