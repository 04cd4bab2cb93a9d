import assert from "node:assert/strict"
import { collected, hour, payAtProvider, reasonOf } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { FaultKind } from "../../SandboxDriver.ts"
import { unlessCalling } from "../exempt.ts"

const limitMillis = 20_000
// What these mean on `create` has laws of its own.
const answered: ReadonlySet<FaultKind> = new Set(["refusal", "busy", "unknown_word"])

export const brokenReply: Law = {
  id: "broken-reply-is-no-refusal",
  sentence:
    "A reply to `create` that is broken, strange, too long or unsigned leaves the outcome unknown; asking finds it.",
  reason:
    "A broken reply says nothing about what the provider did. Who takes it for a no opens a second payment beside the first.",
  duty: "Read replies strictly within a size and time limit; on `create`, what you cannot read is `OutcomeUnknown` or `MalformedResponse`.",
  ...unlessCalling,
  check: async (world) => {
    const { driver } = world
    const kinds = driver.faults.kinds("create").filter((kind) => !answered.has(kind))
    assert.ok(kinds.length > 0, "the driver cannot spoil the reply to `create`")
    for (const kind of kinds) {
      await driver.faults.plan({ operation: "create", kind, phase: "after" })
      const start = performance.now()
      const error = await world.refusal(() => world.create())
      const millis = performance.now() - start
      assert.ok(millis < limitMillis, `after ${kind} the call ended only after ${Math.round(millis)} ms`)
      const reason = reasonOf(error)
      assert.ok(["OutcomeUnknown", "MalformedResponse"].includes(reason), `a reply that was ${kind} became ${reason}`)
      await driver.faults.clear()
      const [payment] = await world.payments.list()
      assert.ok(payment)
      assert.equal(payment.status, "processing", `a reply that was ${kind} made the payment ${payment.status}`)
      const calls = (await driver.calls()).filter((call) => call.operation === "create").length
      if ((await world.truth(payment)).length === 0) continue
      await world.advance(hour)
      const after = (await driver.calls()).filter((call) => call.operation === "create").length
      assert.equal(after, calls, `after a reply that was ${kind} the order was sent again`)
      assert.equal((await world.truth(payment)).length, 1)
      await payAtProvider(world, payment)
      await world.advance(hour)
      assert.equal((await world.get(payment)).status, "paid", `after a reply that was ${kind} the money was not found`)
      assert.ok((await collected(world, payment)) > 0n)
    }
  }
}
