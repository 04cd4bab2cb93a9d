import assert from "node:assert/strict"
import type { Manifest, Observed, Payment } from "@maksa/core"
import { attempted, hour, paid, reconciled, sum } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"
import { wholeReceipt } from "../../wholeReceipt.ts"

const names = (observed: ReadonlyArray<Observed>, minorUnits: bigint): boolean =>
  observed.some(({ says }) => says._tag === "received" && says.amount?.minorUnits === minorUnits)

/** The first evidence that names the sum, asked from the adapter itself. */
const namedBy = async (world: World, payment: Payment, minorUnits: bigint): Promise<Manifest["amountEvidence"]> => {
  const adapter = await world.adapter()
  const record = world.record(payment)
  if (names(await world.run(adapter.status(record)), minorUnits)) return "status"
  for (const format of ["xml", "pdf"] as const) {
    let isNamed = false
    await attempted(async () => {
      const document = await world.run(wholeReceipt(adapter.receipt(record, format)))
      isNamed = document._tag === "document" && names(document.observations, minorUnits)
    })
    if (isNamed) return "receipt"
  }
  if (adapter.list === undefined) return "none"
  const listed = await world.run(adapter.list({ from: world.now() - 24 * hour, to: world.now() + hour }))
  const own = listed.filter((one) => one.providerReference === payment.current.providerReference)
  return names(
    own.flatMap((one) => one.observations),
    minorUnits
  )
    ? "listing"
    : "none"
}

export const amountEvidence: Law = {
  id: "amount-evidence",
  sentence: "How much came is said by the evidence that the manifest names, and it is what the payer was charged.",
  reason: "Where no evidence names the sum, nobody may say that the whole fee came.",
  duty: "Name the sum in `received` where the evidence names it, and nowhere else; say in `amountEvidence` which evidence that is.",
  about: ["amountEvidence"],
  check: async (world) => {
    const from = world.now()
    const payment = await paid(world)
    await world.advance(2 * hour)
    const { amountEvidence } = world.manifest
    const charged = (await world.truth(payment)).flatMap((one) => one.charged)
    const after = await world.get(payment)
    const found = await namedBy(world, after, sum(charged))
    assert.equal(
      found,
      amountEvidence,
      `the manifest's \`amountEvidence\` is \`${amountEvidence}\`, and it is ${found}`
    )
    if (amountEvidence === "none") return
    await reconciled(world, from)
    const told = await world.get(payment)
    assert.equal(told.state.money.received?.minorUnits, sum(charged), "the received sum is not what was charged")
    assert.equal(told.state.money.received?.currency, charged[0]?.currency)
    assert.equal(told.state.attention.includes("amount_unconfirmed"), false, "the sum stayed unconfirmed")
  }
}
