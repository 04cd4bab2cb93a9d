import assert from "node:assert/strict"
import { attempted, callsOf, collected, hour, opened, turned } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

const who = { by: "A. Clerk", reason: "the application was taken back" }

export const withdrawal: Law = {
  id: "withdrawal-stops-offering",
  sentence:
    "A withdrawn payment is no longer offered, at the provider too where the manifest says so; money that comes all the same is believed.",
  reason: "The clerk who withdraws a fee relies on it that nobody pays it, and must hear of it if somebody does.",
  duty: "Where the provider can stop offering a payment, implement `withdraw` and answer `withdrawn`; else leave it undeclared.",
  about: ["extras"],
  check: async (world) => {
    const payment = await opened(world)
    const withdrawn = await world.payments.withdraw(payment.id, who)
    assert.equal(withdrawn.status, "canceled")
    assert.equal(withdrawn.current.nextAction, undefined, "a withdrawn payment still has something for the payer to do")
    const declares = world.manifest.extras.withdraw
    assert.equal(await callsOf(world, "withdraw"), declares ? 1 : 0, "`extras.withdraw` says otherwise than the calls")
    if (declares) {
      await attempted(() => world.act(payment, "pay"))
      assert.equal(await collected(world, payment), 0n, "the payer could pay what was withdrawn at the provider")
      const claims = (await world.payments.history(payment.id)).filter((one) => one.channel !== "operator")
      assert.ok(
        claims.some((one) => one.says._tag === "withdrawn"),
        "the provider's word that it is withdrawn is not recorded"
      )
    }
    const after = await turned(world, payment, { to: "received", late: true })
    await world.advance(hour)
    assert.equal((await world.get(after)).status, "paid", "money after a withdrawal was not believed")
    assert.ok(
      (await world.get(after)).state.attention.includes("late_money"),
      "nobody is told of money after a withdrawal"
    )
  }
}
