import assert from "node:assert/strict"
import type { Payment } from "@maksa/core"
import { attempted, minute, noticesOf, offered, second, silenceStatus } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { Notice, ProviderTurn } from "../../SandboxDriver.ts"
import type { World } from "../../World.ts"

const most = 4

const permutations = <A>(items: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  items.length <= 1
    ? [items]
    : items.flatMap((first, i) => permutations(items.toSpliced(i, 1)).map((rest) => [first, ...rest]))

const turnsOf = ({ manifest }: World): ReadonlyArray<ProviderTurn["to"]> => [
  "working",
  ...(manifest.outcomes.includes("promised") ? (["promised"] as const) : []),
  "received",
  ...(manifest.outcomes.includes("undone") ? (["undone"] as const) : [])
]

/** A payment to which everything happened, minutes apart, and the last messages about it; nobody has told us. */
const live = async (world: World): Promise<{ readonly payment: Payment; readonly notices: ReadonlyArray<Notice> }> => {
  const payment = await offered(world)
  const notices = await noticesOf(world, async () => {
    await world.act(payment, "open")
    for (const to of turnsOf(world)) {
      await world.driver.advance(2 * minute)
      // Not every provider has a word for being at work.
      if (to === "working") await attempted(() => world.turn(payment, { to }))
      else await world.turn(payment, { to })
    }
  })
  return { payment, notices: notices.slice(-most) }
}

const shown = ({ status, state }: Payment) => ({
  status,
  finality: state.finality,
  attention: state.attention,
  money: JSON.stringify(state.money)
})

export const anyOrderOfNotices: Law = {
  id: "any-order-of-notices",
  sentence: "The same notices in any order end in the same state and the same money.",
  reason:
    "Servers send in parallel and repeat what failed, so the last message to arrive is seldom the last one to be true.",
  duty: "Hand on the provider's own time of each fact as `providerTime`, and the operation that the money belongs to.",
  once: true,
  check: async (world) => {
    const { notices } = await live(world)
    // A provider whose messages prove nothing may send only one, at the end.
    const least = world.manifest.webhook === "signed" ? 2 : 1
    assert.ok(notices.length >= least, `a payment that changed several times brought ${notices.length} messages`)
    let expected: ReturnType<typeof shown> | undefined
    for (const order of permutations(notices.map((_, i) => i))) {
      await world.driver.faults.clear()
      const { payment, notices: own } = await live(world)
      assert.equal(own.length, notices.length, "the same events brought another number of messages")
      // A provider whose messages prove nothing is asked; one whose messages are proof must need no asking.
      if (world.manifest.webhook === "signed") await silenceStatus(world)
      for (const i of order) {
        const notice = own[i]
        assert.ok(notice)
        // Moments apart: the time of arrival must mean nothing.
        await world.driver.advance(second)
        await world.deliver(notice)
        await world.payments.runDue()
      }
      await world.quiet()
      const seen = shown(await world.get(payment))
      assert.equal(
        seen.status,
        world.manifest.outcomes.includes("undone") ? "reversed" : "paid",
        "the messages tell another story than the provider's books"
      )
      expected ??= seen
      assert.deepEqual(seen, expected, `the order ${order.join(", ")} of the messages ends differently`)
    }
  }
}
