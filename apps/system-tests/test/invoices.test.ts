import {
  isPaymentError,
  MalformedResponse,
  OutcomeUnknown,
  PaymentError,
  type PaymentErrorReason,
  Refused,
  Unavailable
} from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { fake, received } from "./fakeProvider.ts"
import { type Harness, harness, minutes, order } from "./harness.ts"
import { type Invoicing, withInvoices } from "./invoicingProvider.ts"
import { answering, later, reasonOf } from "./steps.ts"

const payer = { name: "SIA Paraugs", code: "40000000017", address: "Parauga iela 1" }
const somebodyElse = { ...payer, name: "SIA Cits" }
const another = { by: "accountant", reason: "The provider has none." }

const failing = (reason: PaymentErrorReason) => Effect.fail(new PaymentError({ operation: "issueInvoice", reason }))

/** A paid payment at a provider that issues `inv-1`, `inv-2`, and so on, unless `answers` says otherwise. */
const open = async () => {
  const answers: Array<Effect.Effect<{ readonly documentId: string }, PaymentError>> = []
  let calls = 0
  const h: Harness = await harness({
    provider: (script) =>
      withInvoices(fake(script), () =>
        Effect.suspend(() => {
          calls++
          return answers.shift() ?? Effect.succeed({ documentId: `inv-${calls}` })
        })
      )
  })
  // the harness is typed for a provider without invoices
  const payments = h.payments as unknown as Invoicing
  const created = await payments.create(order())
  answering(h, received())
  await later(h, minutes(1))
  const payment = await payments.get(created.id)
  return {
    answers,
    calls: () => calls,
    issue: (to = payer, again?: typeof another) => payments.issueInvoice(payment, to, again),
    log: async () => (await h.store.transact((tx) => tx.findInvoice(payment.current.id)))?.history ?? "",
    [Symbol.asyncDispose]: () => h[Symbol.asyncDispose]()
  }
}

describe("an invoice that the provider issues", () => {
  it("is issued once: asked for again, the same document is answered and nobody is called", async () => {
    await using world = await open()
    assert.deepEqual(await world.issue(), { documentId: "inv-1" })
    assert.deepEqual(await world.issue(), { documentId: "inv-1" })
    assert.strictEqual(world.calls(), 1)
  })

  it("is not issued to somebody else beside, unless a person says so and why", async () => {
    await using world = await open()
    await world.issue()
    assert.strictEqual(await reasonOf(world.issue(somebodyElse)), "Conflict")
    assert.strictEqual(await reasonOf(world.issue(somebodyElse, { ...another, reason: "" })), "InvalidRequest")
    assert.strictEqual(world.calls(), 1)
    assert.deepEqual(await world.issue(somebodyElse, another), { documentId: "inv-2" })
    assert.deepEqual(await world.issue(somebodyElse), { documentId: "inv-2" })
    assert.strictEqual(world.calls(), 2)
    const log = await world.log()
    for (const word of ["accountant", another.reason, "inv-1", "inv-2"]) assert.include(log, word)
    for (const value of Object.values(somebodyElse)) assert.notInclude(log, value)
  })

  it("is not asked for twice at once", async () => {
    await using world = await open()
    const both = await Promise.allSettled([world.issue(), world.issue()])
    assert.strictEqual(world.calls(), 1)
    const failures = both.filter((one) => one.status === "rejected")
    for (const { reason } of failures) assert.isTrue(isPaymentError(reason) && reason.reason._tag === "OutcomeUnknown")
  })

  const lostReplies = [
    ["no reply", () => failing(new OutcomeUnknown({ message: "lost" }))],
    ["a reply that cannot be read", () => failing(new MalformedResponse({ message: "not JSON" }))],
    ["a defect of the adapter", () => Effect.die(new Error("a mistake"))]
  ] as const
  for (const [what, answer] of lostReplies) {
    it(`may exist after ${what}: nothing is sent again until a person looked`, async () => {
      await using world = await open()
      world.answers.push(answer())
      assert.include(["OutcomeUnknown", "MalformedResponse"], await reasonOf(world.issue()))
      assert.strictEqual(await reasonOf(world.issue()), "OutcomeUnknown")
      assert.strictEqual(world.calls(), 1)
      assert.deepEqual(await world.issue(payer, another), { documentId: "inv-2" })
    })
  }

  it("is asked for again where the provider refused, or nothing left", async () => {
    await using world = await open()
    world.answers.push(failing(new Refused({ message: "not now" })), failing(new Unavailable({ message: "down" })))
    assert.strictEqual(await reasonOf(world.issue()), "Refused")
    assert.strictEqual(await reasonOf(world.issue()), "Unavailable")
    assert.deepEqual(await world.issue(), { documentId: "inv-3" })
  })
})
