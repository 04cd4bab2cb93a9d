import { PaymentError } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { useWorld } from "./support/useWorld.ts"

const use = useWorld()

describe("a receipt", () => {
  it("is the provider's document, the same each time, and its XML proves the sum", async () => {
    const payment = await use.paid()
    for (const format of ["pdf", "xml"] as const) {
      const first = await use.world.payments.receipt(payment.id, { format })
      const second = await use.world.payments.receipt(payment.id, { format })
      assert.equal(first.origin, "provider")
      assert.equal(first.sha256, second.sha256)
    }
    const receipts = (await use.world.payments.history(payment.id)).filter((one) => one.channel === "receipt")
    assert.deepEqual(
      receipts.map(({ operation, says }) => [says._tag, operation]),
      [["received", "charge-1"]]
    )
  })

  it("is not ready before the money is there", async () => {
    const payment = await use.world.create()
    const error = await use.world.refusal(() => use.world.payments.receipt(payment.id, { format: "pdf" }))
    assert.equal(error instanceof PaymentError && error.reason._tag, "NotReady")
  })

  it("with a bomb, cut, or of another signature is not accepted", async () => {
    const payment = await use.paid()
    const before = await use.world.payments.history(payment.id)
    for (const kind of ["hostile", "truncated", "wrong_signature", "garbage", "html", "huge"] as const) {
      for (const format of ["pdf", "xml"] as const) {
        await use.world.driver.faults.plan({ operation: "receipt", kind, phase: "after" })
        const error = await use.world.refusal(() => use.world.payments.receipt(payment.id, { format }))
        assert.isTrue(error instanceof PaymentError && error.isRetryable, `${kind} ${format}: ${error.message}`)
      }
    }
    assert.deepEqual(await use.world.payments.history(payment.id), before)
  })
})
