import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Tracer from "effect/Tracer"
import { assert, describe, it } from "vitest"
import { received } from "./fakeProvider.ts"
import { harness, order } from "./harness.ts"

/** Repeatable bytes: each is one more than the last. */
const counting = () => {
  let next = 0
  return (size: number): Uint8Array => Uint8Array.from({ length: size }, () => next++ % 256)
}

const ids = async (entropy: (size: number) => Uint8Array): Promise<ReadonlyArray<string>> => {
  await using h = await harness({ entropy })
  h.script.create = () => Effect.succeed([received()])
  const payment = await h.payments.create(order())
  const repayment = await h.payments.repay({
    idempotencyKey: "r",
    paymentId: payment.id,
    amount: { minorUnits: 1n, currency: "EUR" },
    by: "clerk",
    reason: "paid twice",
    override: true
  })
  await h.payments.runDue()
  const history = await h.payments.history(payment.id)
  return [payment.id, payment.current.id, repayment.id, ...history.map(({ id }) => id), ...h.events.map(({ id }) => id)]
}

describe("a simulation", () => {
  it("gives the same ids in each run, of payments, attempts, evidence, repayments and events", async () => {
    const first = await ids(counting())
    assert.deepStrictEqual(await ids(counting()), first)
    assert.strictEqual(new Set(first).size, first.length)
    for (const prefix of ["pay_", "att_", "rep_", "obs_", "evt_"]) {
      assert.isTrue(
        first.some((id) => id.startsWith(prefix)),
        prefix
      )
    }
  })
})

describe("telemetry", () => {
  it("hears the engine's log lines and spans", async () => {
    const lines: Array<string> = []
    const spans: Array<string> = []
    const telemetry = Layer.mergeAll(
      Logger.layer([Logger.make(({ message }) => void lines.push(String(message)))]),
      Layer.succeed(Tracer.Tracer)(
        Tracer.make({
          span: (options) => {
            spans.push(options.name)
            return new Tracer.NativeSpan(options)
          }
        })
      )
    )
    await using h = await harness({
      telemetry,
      onEvent: () => Promise.reject(new Error("the application is down"))
    })
    h.script.create = () => Effect.succeed([received()])
    await h.payments.create(order())
    await h.payments.runDue()
    assert.include(spans, "Payments.create")
    assert.deepStrictEqual(lines, ["The application's event handler failed"])
  })
})
