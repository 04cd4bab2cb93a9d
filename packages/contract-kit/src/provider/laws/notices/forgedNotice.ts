import assert from "node:assert/strict"
import { callsOf, minute, paidInSilence, silenceStatus } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { Forgery, Notice } from "../../SandboxDriver.ts"
import type { World } from "../../World.ts"

const forgeries: ReadonlyArray<Forgery> = ["flipped", "unsigned", "foreign", "invented"]

/** Whoever does not know the token of an attempt learns nothing, and costs the provider no call. */
const fromStranger = async (world: World, notices: ReadonlyArray<Notice>) => {
  // What is due anyway is done first.
  await world.payments.runDue()
  const asked = await callsOf(world, "status")
  for (const { id, method, headers } of notices) {
    const url = `${world.webhookUrl}/${"0".repeat(32)}`
    const status = await world.deliver({ id, method, url, headers, body: new Uint8Array() })
    assert.ok(status < 500, `a notice with an unknown token broke the handler (${status})`)
    await world.payments.runDue()
  }
  assert.equal(await callsOf(world, "status"), asked, "a notice with an unknown token made us call the provider")
}

export const forgedNotice: Law = {
  id: "forged-notice-is-refused",
  sentence:
    "A notice that was altered, is unsigned, comes from another account or was invented is refused and leaves nothing behind.",
  reason: "The address of webhooks is public. Whoever can write to it must not be able to mark anything as paid.",
  duty: "Verify the signature over the bytes that came, in constant time, with your own secret only, before you read anything else.",
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
    if (manifest.webhook === "signed") assert.ok(tried >= 3, `the driver can forge only ${tried} notices`)
    else await fromStranger(world, notices)
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
