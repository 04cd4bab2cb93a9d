import assert from "node:assert/strict"
import { callsOf, minute, paidInSilence, silenceStatus } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { Forgery } from "../../SandboxDriver.ts"

const forgeries: ReadonlyArray<Forgery> = ["flipped", "unsigned", "foreign", "invented"]

export const forgedNotice: Law = {
  id: "forged-notice-is-refused",
  sentence:
    "A notice that was altered, is unsigned, comes from another account or was invented is refused and leaves nothing behind.",
  reason: "The address of webhooks is public. Whoever can write to it must not be able to mark anything as paid.",
  about: ["webhook"],
  check: async (world) => {
    const { driver, manifest } = world
    const { payment, notices } = await paidInSilence(world)
    await silenceStatus(world)
    const before = world.store.dump()
    let tried = 0
    for (const notice of notices) {
      for (const forgery of forgeries) {
        const forged = await driver.notices.forge(notice, forgery)
        if (forged === undefined) continue
        tried++
        const asked = await callsOf(world, "status")
        const status = await world.deliver(forged)
        assert.ok(status < 500, `a notice that is ${forgery} broke the handler (${status})`)
        if (manifest.webhook === "signed") {
          assert.ok(status >= 400, `a notice that is ${forgery} was taken (${status})`)
          assert.equal(world.store.dump(), before, `a notice that is ${forgery} left something in the store`)
        }
        await driver.advance(minute)
        assert.equal(await callsOf(world, "status"), asked, `a notice that is ${forgery} made us call the provider`)
      }
    }
    assert.ok(tried >= (manifest.webhook === "signed" ? 3 : 1), `the driver can forge only ${tried} notices`)
    await world.payments.runDue()
    const after = await world.get(payment)
    assert.notEqual(after.status, "paid", "a forged notice was believed")
    assert.equal(after.state.money.received, undefined, "a forged notice moved money")
    await driver.faults.clear()
    for (const notice of notices)
      assert.ok((await world.deliver(notice)) < 300, "the genuine notice was refused after a forged one")
    await world.advance(30 * minute)
    assert.equal((await world.get(payment)).status, "paid", "the genuine notice no longer counts after a forged one")
  }
}
