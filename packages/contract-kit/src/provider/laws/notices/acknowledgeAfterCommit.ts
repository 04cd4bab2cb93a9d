import assert from "node:assert/strict"
import type { Payment } from "@maksa/core"
import { hour, offered, paidInSilence, payAttempt, silenceStatus } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"

const recorded = async (world: World, { id }: Pick<Payment, "id">): Promise<number> =>
  (await world.payments.history(id)).filter((one) => one.channel === "webhook").length

const statuses = [400, 404, 409, 429, 500, 502, 503, 504]

export const acknowledgeAfterCommit: Law = {
  id: "acknowledge-after-commit",
  sentence:
    "A notice is acknowledged only after it is stored; while the store refuses, the answer makes the provider try again.",
  reason: "A message that was acknowledged and not stored is never sent again: the payer paid, and nobody will know.",
  duty: "Give in `tryAgain` an answer after which the provider sends again; do no work of your own in `webhook`.",
  once: true,
  check: async (world) => {
    const { driver, store } = world
    const { payment, notices } = await paidInSilence(world)
    await silenceStatus(world)
    const known = await recorded(world, payment)
    store.refuse(true)
    const answers: Array<number> = []
    for (const notice of notices) answers.push(await world.deliver(notice))
    store.refuse(false)
    const canRetry = statuses.some((status) => driver.notices.isRetriedAfter(status))
    for (const status of answers) {
      assert.ok(status >= 300, `a notice was acknowledged (${status}) although nothing could be stored`)
      if (canRetry) assert.ok(driver.notices.isRetriedAfter(status), `the provider does not try again after ${status}`)
    }
    assert.equal(await recorded(world, payment), known, "a notice was recorded although the store refused")
    if (!canRetry) return

    // The provider's own retry brings it, without our asking.
    await driver.faults.clear()
    await driver.notices.release()
    const other = await offered(world)
    await silenceStatus(world)
    const attempt = world.at(other)
    const before = await recorded(world, other)
    store.refuse(true)
    await payAttempt(world, attempt)
    await driver.advance(1000)
    store.refuse(false)
    for (let hours = 0; hours < 24 && (await recorded(world, other)) === before; hours++) await world.advance(hour)
    assert.ok((await recorded(world, other)) > before, "the provider's retry was not recorded")
    if (world.manifest.webhook === "signed") {
      assert.equal((await world.get(other)).status, "paid", "the retried notice did not bring the money")
    }
  }
}
