import assert from "node:assert/strict"
import type { Payment, Reconciliation } from "@maksa/core"
import { findingMillis, hour, offered, paid, payAtProvider } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"
import { unlessExtra } from "../exempt.ts"

const reconcile = (world: World, from: number): Promise<Reconciliation> =>
  world.payments.reconcile({
    provider: world.provider.instance,
    from: new Date(from),
    to: new Date(world.now() + 1)
  })

const about = ({ differences }: Reconciliation, { id }: Payment): ReadonlyArray<string> =>
  differences.flatMap((one) => (one.paymentId === id ? [one.kind] : []))

export const reconcileUnites: Law = {
  id: "listing-unites-with-other-evidence",
  sentence:
    "What the list says is the same money that notices and queries tell of; it finds what they lost, and a second run adds nothing.",
  reason: "A sum that the list calls by another name is counted twice, and one that it calls by none stays lost.",
  duty: "Name in the list's rows the same `operation` as everywhere else, through the same mapping.",
  about: ["extras"],
  once: true,
  ...unlessExtra("list"),
  check: async (world) => {
    const from = world.now()
    const known = await paid(world)
    await world.advance(hour)
    const before = await world.get(known)
    const first = await reconcile(world, from)
    assert.deepEqual(about(first, known), [], "the list differs from what notices and queries told")
    const after = await world.get(known)
    assert.equal(after.status, before.status, "the list changed the status of a paid payment")
    assert.equal(after.state.attention.includes("overpaid"), false, "the list's money counts as other money")
    assert.equal((await reconcile(world, from)).recorded, 0, "a second run over the same span adds to the ledger")

    await world.driver.notices.hold()
    const lost = await offered(world)
    await world.advance(findingMillis(world))
    await payAtProvider(world, await world.get(lost))
    // Before anybody asks: by the list alone.
    const found = await reconcile(world, from)
    assert.deepEqual(about(found, lost), ["status"], "the list does not find money whose notice was lost")
    assert.equal((await world.get(lost)).status, "paid", "the list found the money, and the payment is not paid")
    assert.deepEqual(about(await reconcile(world, from), lost), [], "what the list said is found anew each time")
  }
}
