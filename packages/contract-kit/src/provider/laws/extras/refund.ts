import assert from "node:assert/strict"
import { money } from "@maksa/core"
import { attempted, callsOf, day, hour, minute, paid, reasonOf, sum } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"
import { unlessExtra } from "../exempt.ts"
import { booksOf } from "../repayments/sendingBack.ts"

const paidSum = async (world: World) => {
  const payment = await paid(world)
  await world.advance(hour)
  const [charged] = (await world.truth(payment)).flatMap((one) => one.charged)
  assert.ok(charged)
  return { payment, charged }
}

/** Banks take days to give money back; nobody takes longer than this. */
const slowestRefund = 14 * day

const wentBack = async (world: World, repaymentId: string): Promise<bigint> =>
  sum((await booksOf(world, repaymentId))?.sent ?? [])

/** Waits until the sum went back by the provider's own books, and answers how long that took. */
const awaitRefund = async (world: World, repaymentId: string, minorUnits: bigint): Promise<number> => {
  const start = world.now()
  while ((await wentBack(world, repaymentId)) < minorUnits && world.now() < start + slowestRefund)
    await world.advance(hour)
  return world.now() - start
}

export const refund: Law = {
  id: "refund-gives-back",
  sentence: "A refund gives back what was asked, once for each id, whole or in part and as long as the manifest says.",
  reason: "Money that goes back twice is lost; money that cannot go back although it was promised is a complaint.",
  duty: "Send the repayment's id as the provider's own key, and declare `partial` and `windowDays` as documented.",
  about: ["extras"],
  once: true,
  ...unlessExtra("refund"),
  check: async (world) => {
    const declared = world.manifest.extras.refund
    const { refund } = await world.adapter()
    assert.ok(declared !== false && refund !== undefined)
    const { payment, charged } = await paidSum(world)
    const ask = (minorUnits: bigint, repaymentId: string) =>
      world.run(
        refund(world.record(payment), {
          repaymentId,
          webhook: world.webhookUrl,
          amount: money(minorUnits, charged.currency),
          reason: "asked back"
        })
      )

    await ask(charged.minorUnits, "rep_whole")
    // A repetition answers as the first did, or says that there is no more to give.
    try {
      await ask(charged.minorUnits, "rep_whole")
    } catch (cause) {
      assert.ok(cause instanceof Error && ["Refused", "Conflict"].includes(reasonOf(cause)))
    }
    const took = await awaitRefund(world, "rep_whole", charged.minorUnits)
    const whole = await wentBack(world, "rep_whole")
    assert.ok(
      whole >= charged.minorUnits,
      `a refund was taken, and 14 days later the provider's books show ${whole} of ${charged.minorUnits}`
    )
    // A second one would take as long as the first.
    await world.advance(took + hour)
    assert.equal(await wentBack(world, "rep_whole"), charged.minorUnits, "one refund, asked for twice, went back twice")
    assert.equal((await world.get(payment)).status, "paid", "a refund changed the purchase itself")

    const part = await paidSum(world)
    const askPart = () =>
      world.run(
        refund(world.record(part.payment), {
          repaymentId: "rep_part",
          webhook: world.webhookUrl,
          amount: money(1n, charged.currency),
          reason: "asked back"
        })
      )
    const isGiven = await attempted(askPart)
    assert.equal(isGiven, declared.partial, "`extras.refund.partial` says otherwise than the provider")
    await attempted(askPart)
    // The repetition would take as long as the first.
    if (declared.partial) await world.advance((await awaitRefund(world, "rep_part", 1n)) + hour)
    const parts = await wentBack(world, "rep_part")
    assert.equal(parts, declared.partial ? 1n : 0n, "another part went back than was asked")

    for (const isInside of [true, false]) {
      const late = await paidSum(world)
      await world.driver.advance(declared.windowDays * day - hour - 10 * minute + (isInside ? 0 : 2 * hour))
      const record = world.record(late.payment)
      const try1 = () =>
        world.run(
          refund(record, {
            repaymentId: `rep_${isInside}`,
            webhook: world.webhookUrl,
            amount: late.charged,
            reason: "late"
          })
        )
      if (isInside) await try1()
      else
        assert.equal(
          reasonOf(await world.refusal(try1)),
          "Refused",
          "after `extras.refund.windowDays` a refund must be Refused"
        )
    }
    assert.ok((await callsOf(world, "refund")) > 0)
  }
}
