import assert from "node:assert/strict"
import { PaymentError } from "@maksa/core"
import type { Law } from "../../Law.ts"
import { openWorld } from "../../openWorld.ts"
import type { World } from "../../World.ts"
import { unlessExtra } from "../exempt.ts"

const commanding: ReadonlySet<string> = new Set(["create", "resume", "withdraw", "refund", "payout", "issueInvoice"])

const isFine = async (world: World): Promise<boolean> => {
  const { check } = await world.adapter()
  assert.ok(check)
  const results = await world.run(check())
  assert.ok(results.length > 0, "`check` says nothing")
  for (const { name, message } of results)
    assert.ok(name !== "" && message !== "", "a check without a name or a message")
  return results.every((one) => one.isOk)
}

export const check: Law = {
  id: "check-tells-trouble",
  sentence:
    "The health check is fine with good credentials and a provider that answers, tells when either is not so, and changes nothing.",
  reason: "A health page that is always green is worse than none.",
  duty: "Make a call that needs the credentials and changes nothing; report certificates with their end.",
  about: ["extras"],
  once: true,
  ...unlessExtra("check"),
  check: async (world) => {
    const { contract, driver } = world
    const before = (await driver.calls()).length
    assert.equal(await isFine(world), true, "the check finds trouble where there is none")
    const called = (await driver.calls()).slice(before).map(({ operation }) => operation)
    const commands = called.filter((operation) => commanding.has(operation))
    assert.deepEqual(commands, [], "the check does what changes something at the provider")
    for (const [name, make] of Object.entries(contract.defects ?? {})) {
      let fine = false
      try {
        await using broken = await openWorld({ ...contract, make }, driver)
        fine = await isFine(broken)
      } catch (cause) {
        assert.ok(cause instanceof PaymentError, `credentials that are ${name} broke the check`)
      }
      assert.equal(fine, false, `credentials that are ${name} pass the check`)
    }
  }
}
