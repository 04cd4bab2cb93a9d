import assert from "node:assert/strict"
import type { Manifest } from "@maksa/core"
import { hour, paid, sum } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

export const amountEvidence: Law = {
  id: "amount-evidence",
  sentence: "How much came is said by the evidence that the manifest names, and it is what the payer was charged.",
  reason: "Where no evidence names the sum, nobody may say that the whole fee came.",
  duty: "Name the sum in `received` where the evidence names it, and nowhere else; say in `amountEvidence` which evidence that is.",
  about: ["amountEvidence"],
  check: async (world) => {
    const payment = await paid(world)
    await world.advance(2 * hour)
    const { amountEvidence } = world.manifest
    const charged = (await world.truth(payment)).flatMap((one) => one.charged)
    const after = await world.get(payment)
    const named = new Set(
      (await world.payments.history(payment.id))
        .filter(({ says }) => says._tag === "received" && says.amount !== undefined)
        .map(({ channel }): Manifest["amountEvidence"] =>
          channel === "receipt" || channel === "listing" ? channel : "status"
        )
    )
    const isNamedHere = amountEvidence === "status" || amountEvidence === "receipt"
    assert.deepEqual(
      [...named],
      isNamedHere ? [amountEvidence] : [],
      `the manifest's \`amountEvidence\` is \`${amountEvidence}\`, and sums are named otherwise`
    )
    if (isNamedHere) {
      assert.equal(after.state.money.received?.minorUnits, sum(charged), "the received sum is not what was charged")
      assert.equal(after.state.money.received?.currency, charged[0]?.currency)
      assert.equal(after.state.attention.includes("amount_unconfirmed"), false, "the sum stayed unconfirmed")
    }
    if (amountEvidence === "listing") {
      const { list } = await world.adapter()
      assert.ok(list, "the manifest's `amountEvidence` is `listing`, and the adapter has no `list`")
      const listed = await world.run(list({ from: world.now() - 24 * hour, to: world.now() + hour }))
      const own = listed.filter((one) => one.providerReference === after.current.providerReference)
      assert.ok(
        own.some(({ says }) => says._tag === "received" && says.amount?.minorUnits === sum(charged)),
        "the listing does not name the sum"
      )
    }
  }
}
