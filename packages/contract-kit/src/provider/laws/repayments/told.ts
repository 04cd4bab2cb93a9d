import assert from "node:assert/strict"
import { findingMillis, minute, paid } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"
import {
  assertPurchaseStands,
  booksOf,
  type Route,
  routesOf,
  sendBack,
  standing,
  unlessSendingBack
} from "./sendingBack.ts"

const ends = ["done", "refused", "reversed"] as const

/** One repayment to one end; what is said of it comes by messages, or where they are lost by asking. */
const liveThrough = async (world: World, route: Route, end: (typeof ends)[number], isHeard: boolean): Promise<void> => {
  const { driver } = world
  const payment = await paid(world)
  if (isHeard) await driver.notices.release()
  else await driver.notices.hold()
  const repayment = await sendBack(world, payment, route)
  const books = await booksOf(world, repayment.id)
  assert.ok(books, `a ${route} was approved, and the provider has never heard of it`)
  if (books.sent.length === 0) assert.equal(repayment.status, "submitted", "it is told of before it happened")
  const { minorUnits } = repayment.amount
  await assertPurchaseStands(world, payment, minorUnits)

  const turns = end === "reversed" ? (["done", "reversed"] as const) : [end]
  for (const to of turns) {
    await driver.repayments?.turn(repayment.id, to)
    await world.advance(isHeard ? minute : findingMillis(world))
    const now = await standing(world, repayment)
    assert.equal(now.status, to, `a ${route} became ${to} at the provider, and is ${now.status} here`)
    assert.deepEqual(now.attention, [])
    await assertPurchaseStands(world, payment, to === "done" ? minorUnits : 0n)
  }
  await driver.notices.release()
}

export const repaymentsAreTold: Law = {
  id: "what-goes-back-is-told",
  sentence: "Each end of a refund or a payout is told by message and by asking, and never touches the purchase.",
  reason: "A payout that nobody hears of is paid again by hand; one that counts twice hides money that is still there.",
  duty: "Tell of repayments by `RepaymentObserved` alone; leave what they moved out of the purchase's own evidence.",
  about: ["extras"],
  once: true,
  ...unlessSendingBack,
  check: async (world) => {
    for (const route of routesOf(world.manifest)) {
      for (const end of ends) await liveThrough(world, route, end, end !== "done")
      await liveThrough(world, route, "reversed", false)
    }
  }
}
