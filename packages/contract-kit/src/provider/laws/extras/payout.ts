import assert from "node:assert/strict"
import { money } from "@maksa/core"
import * as Redacted from "effect/Redacted"
import { callsOf, hour, paid, reasonOf } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessExtra } from "../exempt.ts"
import { account } from "../repayments/sendingBack.ts"

const payee = { iban: Redacted.make(account.iban), name: Redacted.make(account.name) }

export const payout: Law = {
  id: "payout-is-paid-once",
  sentence:
    "A payout in a declared currency is carried out once for each id; in another one it is refused, and a lost reply leaves it unknown.",
  reason: "A payout that is repeated after a lost reply is public money paid twice.",
  duty: "Send the repayment's id as the provider's own key; after a lost reply answer `OutcomeUnknown`.",
  about: ["extras"],
  once: true,
  ...unlessExtra("payout"),
  check: async (world) => {
    const { manifest, driver } = world
    const declared = manifest.extras.payout
    const { payout } = await world.adapter()
    assert.ok(declared !== false && payout !== undefined)
    assert.ok(declared.currencies.length > 0, "`extras.payout.currencies` is empty")
    const payment = await paid(world)
    await world.advance(hour)
    const record = world.record(payment)
    const ask = (currency: string, repaymentId: string) =>
      world.run(payout(record, { payee, repaymentId, webhook: world.webhookUrl, amount: money(1n, currency) }))
    for (const currency of declared.currencies) {
      const observed = await ask(currency, `rep_${currency.toLowerCase()}`)
      assert.ok(Array.isArray(observed))
    }
    assert.equal(await callsOf(world, "payout"), declared.currencies.length, "a payout made not exactly one call")
    const others = ["EUR", "USD", "XTS"].filter((one) => !declared.currencies.includes(one))
    for (const currency of others) {
      const reason = reasonOf(await world.refusal(() => ask(currency, `rep_${currency.toLowerCase()}`)))
      assert.ok(
        ["InvalidRequest", "Unsupported", "Refused"].includes(reason),
        `a payout in ${currency} became ${reason}`
      )
    }
    const [currency] = declared.currencies
    assert.ok(currency)
    const calls = await callsOf(world, "payout")
    await driver.faults.plan({ operation: "payout", kind: "close", phase: "after" })
    const lost = await world.refusal(() => ask(currency, "rep_lost"))
    assert.equal(reasonOf(lost), "OutcomeUnknown", "a lost reply to a payout must be OutcomeUnknown")
    assert.equal((await callsOf(world, "payout")) - calls, 1, "a payout whose reply was lost was sent again")
  }
}
