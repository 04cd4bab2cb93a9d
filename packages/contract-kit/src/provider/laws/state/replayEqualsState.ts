import assert from "node:assert/strict"
import * as DateTime from "effect/DateTime"
import { foldAttempt, type LedgerEntry, type Observation } from "@maksa/core"
import { paid, refusedByPayer, second, turned } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

const toEntry = ({ at, observedAt, ...one }: Observation): LedgerEntry => ({
  ...one,
  at: DateTime.toEpochMillis(at),
  observedAt: DateTime.toEpochMillis(observedAt)
})

export const replayEqualsState: Law = {
  id: "replay-equals-state",
  sentence:
    "The stored ledger, folded again in any order, gives the stored state; a restart changes nothing, and what is asked after it is answered as before.",
  reason: "The ledger is the proof. If the state cannot be derived from it, nobody can explain a payment in court.",
  duty: "Keep no state in the adapter: what is not in an observation does not exist.",
  once: true,
  check: async (world) => {
    const { manifest } = world
    const payments = [await paid(world)]
    if (manifest.outcomes.includes("refused")) payments.push(await refusedByPayer(world))
    if (manifest.outcomes.includes("undone")) {
      payments.push(await turned(world, await paid(world), { to: "undone", late: true }))
    }
    for (const { id } of payments) {
      const before = await world.get({ id })
      const history = (await world.payments.history(id)).map(toEntry)
      const record = world.record(before)
      const facts = {
        asked: before.state.money.asked,
        deadline: record.deadline,
        submission: "answered",
        submittedAt: record.submittedAt,
        absenceProvesAfter: manifest.absenceProvesAfter,
        softSeconds: manifest.softSeconds
      } as const
      const byDigest = history.toSorted((a, b) => (a.digest < b.digest ? -1 : 1))
      for (const entries of [history, history.toReversed(), byDigest, [...history, ...history]]) {
        const { name } = foldAttempt(facts, entries)
        const [status] = name.split(/_(?:soft|hard)$/)
        assert.equal(
          status === "submitted" ? "processing" : status,
          before.status,
          "the ledger folds to another status"
        )
        if (/_(?:soft|hard)$/.test(name)) assert.ok(name.endsWith(before.state.finality))
      }
      const events = world.events.length
      await world.restart()
      await world.payments.runDue()
      assert.deepEqual(JSON.stringify(await world.get({ id })), JSON.stringify(before), "a restart changed the payment")
      assert.equal(world.events.length, events, "a restart told the application something again")
      // A question that core has just asked is not asked again.
      await world.advance(11 * second)
      const { state, status } = await world.payments.refresh(id)
      assert.equal(status, before.status, "asked after a restart, the adapter says something else")
      assert.ok(
        !state.attention.includes("unknown_status"),
        "asked after a restart, the adapter does not know the payment"
      )
    }
  }
}
