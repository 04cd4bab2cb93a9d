import assert from "node:assert/strict"
import { hour, paid, reasonOf } from "../../journeys.ts"
import type { Law } from "../../Law.ts"

const limitMillis = 20_000

export const brokenDocument: Law = {
  id: "broken-document-is-no-receipt",
  sentence:
    "A document that is cut off, strange, too long or another page is never handed out as a receipt, and may be asked for again.",
  reason: "A citizen with half a receipt has none, and learns it at the counter.",
  duty: "Check the answer's status and media type, bound its length, and let a body that breaks off end with an error; parse an XML before you believe what it says.",
  once: true,
  exempt: ({ receipt }) =>
    receipt.origin === "generated"
      ? "the manifest's `receipt.origin` is `generated`: the provider issues none"
      : undefined,
  exemptWhen: "`receipt.origin` is `generated`",
  check: async (world) => {
    const { driver, manifest } = world
    const payment = await paid(world)
    await world.advance(hour)
    const kinds = driver.faults.kinds("receipt")
    assert.ok(kinds.length > 0, "the driver cannot spoil documents")
    for (const format of manifest.receipt.formats) {
      for (const kind of kinds) {
        await driver.faults.plan({ operation: "receipt", kind, phase: "after" })
        const start = performance.now()
        const error = await world.refusal(() => world.payments.receipt(payment.id, { format }))
        assert.ok(performance.now() - start < limitMillis, `after ${kind} the call did not end in time`)
        const reason = reasonOf(error)
        assert.ok(reason !== "OutcomeUnknown", `reading a ${format} that was ${kind} became ${reason}`)
        await driver.faults.clear()
      }
      assert.ok((await world.payments.receipt(payment.id, { format })).size > 0)
    }
    assert.equal((await world.get(payment)).status, "paid", "a broken document changed the payment")
  }
}
