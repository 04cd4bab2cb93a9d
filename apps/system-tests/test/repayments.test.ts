import {
  AuthenticationFailed,
  explainRepayment,
  isPaymentError,
  money,
  PaymentError,
  type PaymentsClient,
  Refused,
  Unavailable
} from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { bank, type Bank, type Carrying, carrying, lost, says, tells } from "./carryingProvider.ts"
import { fake, received } from "./fakeProvider.ts"
import { days, type Harness, harness, minutes, order } from "./harness.ts"
import { answering, later, reasonOf } from "./steps.ts"

const iban = "LV80BANK0000435195001"
const payee = { iban: "lv80 BANK 0000 4351 9500 1", name: "Zvaigznīte Kanārijputniņa" }

interface World extends Harness {
  readonly bank: Bank
  /** The client, which knows that its provider sends money back. */
  readonly client: PaymentsClient<Carrying>
}

const open = async (
  options: Parameters<typeof harness>[0] & { readonly notRepeated?: boolean } = {}
): Promise<World> => {
  const { notRepeated = false, ...rest } = options
  const own = bank()
  const provider = (script: Parameters<typeof fake>[0]) =>
    // The harness is typed for the plain fake; `client` has the wider type.
    carrying(fake(script), own, notRepeated ? { repeatCreate: "never" } : {}) as never
  const h = await harness({ provider, ...rest })
  return { ...h, bank: own, client: h.payments as unknown as PaymentsClient<Carrying> }
}

const paidHard = async (h: World): Promise<string> => {
  const payment = await h.payments.create(order())
  answering(h, received())
  await later(h, minutes(1))
  await later(h, days(2))
  assert.strictEqual((await h.payments.get(payment.id)).state.finality, "hard")
  return payment.id
}

const payout = (paymentId: string, minorUnits = 500n, more: object = {}) =>
  ({
    paymentId,
    idempotencyKey: `out-${minorUnits}`,
    amount: { minorUnits, currency: "EUR" },
    by: "clerk",
    reason: "Paid twice.",
    route: "payout",
    payee,
    ...more
  }) as const

const approve = (h: World, id: string) => h.client.stepRepayment(id, { action: "approve", by: "chief" })

/** A payout of 5 euros, asked for and approved. */
const approved = async (h: World, more: object = {}) => {
  const paymentId = await paidHard(h)
  const { id } = await h.client.repay(payout(paymentId, 500n, more))
  return { id, paymentId, repayment: await approve(h, id) }
}
const taken = (): never => assert.fail("it was taken")
const statusOf = async (h: World, paymentId: string) =>
  (await h.client.repayments(paymentId)).map(({ status }) => status)
const givenBack = async (h: World, paymentId: string) =>
  (await h.payments.get(paymentId)).state.money.givenBack?.minorUnits

describe("a payout", () => {
  it("leaves only after another person approved it, to the account that was named, and is told of", async () => {
    await using h = await open()
    const paymentId = await paidHard(h)
    const { id } = await h.client.repay(payout(paymentId))
    assert.strictEqual(await reasonOf(h.client.stepRepayment(id, { action: "approve", by: " Clerk" })), "Conflict")
    await later(h, minutes(10))
    assert.deepStrictEqual([h.bank.sent, await givenBack(h, paymentId)], [0, undefined])
    const sent = await approve(h, id)
    assert.deepStrictEqual([sent.status, sent.finality], ["submitted", "soft"])
    assert.deepStrictEqual(h.bank.left, [{ id, minorUnits: 500n, iban }])
    assert.strictEqual(await givenBack(h, paymentId), 500n)

    const at = h.clock.value
    h.bank.answer = () => [says({ _tag: "done", amount: money(500n, "EUR") }, at)]
    await later(h, minutes(2))
    const [done] = await h.client.repayments(paymentId)
    assert.deepStrictEqual([done?.status, done?.finality], ["done", "soft"])
    assert.strictEqual((await h.payments.get(paymentId)).status, "paid")
    assert.isUndefined((await h.payments.get(paymentId)).state.money.undone)
    await later(h, days(2))
    assert.strictEqual((await h.client.repayments(paymentId))[0]?.finality, "hard")
    const { asked } = h.bank
    await later(h, days(5))
    assert.strictEqual(h.bank.asked, asked)
    const told = h.events.flatMap((event) => (event.type === "repayment.changed" ? [event.status] : []))
    assert.deepStrictEqual(told, ["requested", "approved", "submitted", "done", "done"])
  })

  it("may be approved by who asked for it only where the application says so", async () => {
    await using h = await open({ repayments: { approval: "same_person" } })
    const { id } = await h.client.repay(payout(await paidHard(h)))
    assert.strictEqual((await h.client.stepRepayment(id, { action: "approve", by: "clerk" })).status, "submitted")
  })

  it("goes to no account whose check digits do not hold, and no error or log shows the account", async () => {
    await using h = await open()
    const paymentId = await paidHard(h)
    for (const wrong of ["LV81BANK0000435195001", "LV80BANK000043519500", "x", "LV80BANK00004351950011"]) {
      const call = h.client.repay(payout(paymentId, 500n, { payee: { ...payee, iban: wrong } }))
      const error = await call.then(taken, (cause: unknown) => cause)
      assert(isPaymentError(error))
      assert.strictEqual(error.reason._tag, "InvalidRequest")
      assert.notInclude(String(error), "43519500")
    }
    for (const input of [
      payout(paymentId, 500n, { payee: { ...payee, name: "" } }),
      { ...payout(paymentId), route: "manual" }
    ]) {
      const call = h.client.repay(input as never)
      const error = await call.then(taken, (cause: unknown) => cause)
      assert.notInclude(String(error), "43519500")
      assert(isPaymentError(error) && error.reason._tag === "InvalidRequest")
    }
    await h.client.repay(payout(paymentId))
    await later(h, minutes(1))
    assert.notInclude(JSON.stringify([h.events, await h.client.repayments(paymentId)]), "43519500")
  })

  it("whose payee is erased before it leaves never leaves", async () => {
    await using h = await open()
    const paymentId = await paidHard(h)
    const { id } = await h.client.repay(payout(paymentId))
    assert.deepStrictEqual(await h.client.payee(id), { iban, name: payee.name })
    await h.payments.erase(paymentId)
    assert.strictEqual(await reasonOf(h.client.payee(id)), "NotFound")
    assert.deepStrictEqual([(await approve(h, id)).status, h.bank.sent], ["refused", 0])
  })

  it("never exceeds what came for good, whatever is on its way by other routes", async () => {
    await using h = await open()
    const paymentId = await paidHard(h)
    await h.client.repay(payout(paymentId, 700n))
    assert.strictEqual(await reasonOf(h.client.repay(payout(paymentId, 501n))), "Conflict")
    const { by, reason } = payout(paymentId)
    const back = { paymentId, by, reason, amount: { minorUnits: 500n, currency: "EUR" } }
    await h.client.repay({ ...back, idempotencyKey: "refund", route: "refund" })
    assert.strictEqual(await reasonOf(h.client.repay({ ...back, idempotencyKey: "hand" })), "Conflict")
  })

  it("is refused at once where no provider pays out", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    answering(h, received())
    await later(h, minutes(1))
    await later(h, days(2))
    assert.strictEqual(await reasonOf(h.payments.repay(payout(payment.id) as never)), "Unsupported")
    assert.notProperty(h.payments, "payee")
  })
})

describe("a payout of which nobody knows whether it left", () => {
  it("counts as paid out, is asked about and never sent again", async () => {
    await using h = await open()
    h.bank.reply = lost
    const { id, paymentId, repayment } = await approved(h)
    assert.strictEqual(repayment.status, "outcome_unknown")
    assert.strictEqual(await givenBack(h, paymentId), 500n)
    assert.strictEqual(await reasonOf(h.client.repay(payout(paymentId, 1000n))), "Conflict")
    await later(h, minutes(2))
    assert.deepStrictEqual(await statusOf(h, paymentId), ["submitted"])
    assert.deepStrictEqual([h.bank.sent, h.bank.left.length], [1, 1])
    assert.strictEqual(await reasonOf(h.client.stepRepayment(id, { action: "refuse", by: "chief" })), "Conflict")
  })

  it("is sent again under the same id once the provider's rules prove that it never arrived", async () => {
    await using h = await open()
    h.bank.reply = (id) => {
      h.bank.left.splice(h.bank.left.findIndex((one) => one.id === id))
      h.bank.reply = () => Effect.succeed([])
      return lost()
    }
    const { id, paymentId } = await approved(h)
    await later(h, minutes(2))
    assert.deepStrictEqual([h.bank.sent, h.bank.left.map((one) => one.id)], [2, [id]])
    assert.deepStrictEqual(await statusOf(h, paymentId), ["submitted"])
  })

  it("stays unknown where nothing proves that, until a person with evidence settles it", async () => {
    await using h = await open({ notRepeated: true })
    h.bank.reply = lost
    h.bank.answer = () => [says({ _tag: "absent" })]
    const { id, paymentId } = await approved(h)
    await later(h, days(3))
    assert.deepStrictEqual([await statusOf(h, paymentId), h.bank.sent], [["outcome_unknown"], 1])
    const settle = (evidence: object) => h.client.stepRepayment(id, { action: "refuse", by: "chief", ...evidence })
    assert.strictEqual(await reasonOf(settle({})), "InvalidRequest")
    assert.strictEqual((await settle({ evidence: "letter 17" })).status, "refused")
    // Late truth: the provider's own word about its own payout stands above a person's.
    await h.send("/webhooks/fake", tells(id, { _tag: "done" }, h.clock.value - days(1)))
    await later(h, minutes(1))
    assert.deepStrictEqual([await statusOf(h, paymentId), await givenBack(h, paymentId)], [["done"], 500n])
  })

  it("is a reply that is known to be lost once a minute passed after a crash", async () => {
    await using h = await open()
    const { promise, resolve } = Promise.withResolvers<void>()
    h.bank.reply = () =>
      Effect.flatMap(
        Effect.promise(() => promise),
        lost
      )
    const paymentId = await paidHard(h)
    const { id } = await h.client.repay(payout(paymentId))
    const stop = new AbortController()
    const approving = h.client.stepRepayment(id, { action: "approve", by: "chief" }, { signal: stop.signal })
    while (h.bank.sent === 0) await new Promise(setImmediate)
    stop.abort()
    await approving.then(taken, () => undefined)
    assert.deepStrictEqual(await statusOf(h, paymentId), ["submitted"])
    h.bank.answer = () => [says({ _tag: "done" }, h.clock.value)]
    await later(h, minutes(2))
    assert.deepStrictEqual([await statusOf(h, paymentId), h.bank.sent], [["done"], 1])
    const [repayment] = await h.client.repayments(paymentId)
    assert(repayment?.history.some((step) => step.action === "lose_reply"))
    // The reply that comes after all changes nothing.
    resolve()
  })
})

describe("what a provider says of a payout", () => {
  it("with its code and reason ends it, and the money is free to go back another way", async () => {
    await using h = await open()
    const reason = new Refused({ message: "The name is not the account's.", providerCode: "20451" })
    h.bank.reply = () => Effect.fail(new PaymentError({ operation: "payout", reason }))
    const { paymentId, repayment } = await approved(h)
    const last = repayment.history.at(-1)
    assert.deepStrictEqual(
      [repayment.status, last?.providerCode, last?.reason],
      ["refused", "20451", "The name is not the account's."]
    )
    assert.isUndefined(await givenBack(h, paymentId))
    assert.strictEqual(await reasonOf(h.client.repay(payout(paymentId, 1200n))), "none")
  })

  it("is tried again later where nothing was sent, and ended where no try can help", async () => {
    await using h = await open()
    h.bank.reply = () =>
      Effect.fail(new PaymentError({ operation: "payout", reason: new Unavailable({ message: "Down." }) }))
    const { paymentId, repayment } = await approved(h)
    assert.strictEqual(repayment.status, "approved")
    h.bank.reply = () => Effect.succeed([says({ _tag: "done" })])
    await later(h, minutes(1))
    assert.deepStrictEqual([await statusOf(h, paymentId), h.bank.sent], [["done"], 2])

    h.bank.reply = () =>
      Effect.fail(new PaymentError({ operation: "payout", reason: new AuthenticationFailed({ message: "No." }) }))
    const { id } = await h.client.repay(payout(paymentId, 100n))
    assert.strictEqual((await approve(h, id)).status, "approved")
  })

  it("in any order, and more than once, comes to the same", async () => {
    const start = Date.parse("2026-11-25T10:00:00Z")
    const story = [
      [{ _tag: "working" }, 1],
      [{ _tag: "done" }, 2],
      [{ _tag: "reversed" }, 3]
    ] as const
    for (const turns of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0, 1, 2],
      [2, 0, 1]
    ]) {
      await using h = await open()
      const { id, paymentId } = await approved(h)
      for (const turn of turns) {
        const [claim, at] = story[turn] ?? assert.fail()
        assert.strictEqual((await h.send("/webhooks/fake", tells(id, claim, start + at))).status, 200)
        await h.payments.runDue()
      }
      assert.deepStrictEqual([await statusOf(h, paymentId), await givenBack(h, paymentId)], [["reversed"], undefined])
    }
  })

  it("touches no purchase, and no other payment's repayment", async () => {
    await using h = await open()
    const { id, paymentId } = await approved(h)
    const before = await h.payments.get(paymentId)
    const history = await h.payments.history(paymentId)
    await h.send("/webhooks/fake", tells(id, { _tag: "reversed" }, h.clock.value))
    await h.send("/webhooks/fake", tells("rep_00000000000000000000000000", { _tag: "done" }, h.clock.value))
    await h.send("/webhooks/fake", tells(before.current.id, { _tag: "done" }, h.clock.value))
    await h.payments.runDue()
    const after = await h.payments.get(paymentId)
    assert.deepStrictEqual([after.status, after.state.money.received], [before.status, before.state.money.received])
    assert.deepStrictEqual(await h.payments.history(paymentId), history)
    assert.deepStrictEqual(await statusOf(h, paymentId), ["reversed"])
  })

  it("that nobody knows, or that another sum left, raises a flag and settles nothing", async () => {
    await using h = await open()
    const { id, paymentId } = await approved(h)
    await h.send("/webhooks/fake", tells(id, { _tag: "unknown_word", word: "sideways" }, h.clock.value))
    h.bank.answer = () => [says({ _tag: "done", amount: money(499n, "EUR") }, h.clock.value)]
    await later(h, minutes(2))
    const [repayment] = await h.client.repayments(paymentId)
    assert.deepStrictEqual(
      [repayment?.status, repayment?.attention],
      ["submitted", ["amount_mismatch", "unknown_status"]]
    )
    assert.strictEqual(await givenBack(h, paymentId), 500n)
  })

  it("and then the bank sends the money back: a person who knows is believed until newer word", async () => {
    await using h = await open()
    const at = Date.parse("2026-11-24T10:00:00Z")
    h.bank.reply = () => Effect.succeed([says({ _tag: "done" }, at)])
    h.bank.answer = () => [says({ _tag: "done" }, at)]
    const { id, paymentId } = await approved(h)
    const back = await h.client.stepRepayment(id, { action: "reverse", by: "chief", evidence: "statement 4" })
    assert.strictEqual(back.status, "reversed")
    await later(h, minutes(5))
    assert.deepStrictEqual(await statusOf(h, paymentId), ["reversed"])
  })
})

describe("a refund", () => {
  it("goes through the provider that took the money, inside its window, and leaves the purchase paid", async () => {
    await using h = await open()
    const paymentId = await paidHard(h)
    const ask = { paymentId, by: "clerk", reason: "Withdrawn.", route: "refund" } as const
    const amount = { minorUnits: 1200n, currency: "EUR" }
    const { id } = await h.client.repay({ ...ask, amount, idempotencyKey: "1" })
    h.bank.reply = () => Effect.succeed([says({ _tag: "done" })])
    assert.strictEqual((await approve(h, id)).status, "done")
    const { state } = await h.payments.get(paymentId)
    assert.deepStrictEqual([state.status, state.money.givenBack?.minorUnits], ["paid", 1200n])
    assert.deepStrictEqual(h.bank.left, [{ id, minorUnits: 1200n }])

    const other = await paidHard(h)
    await later(h, days(31))
    const late = { ...ask, paymentId: other, amount, idempotencyKey: "2" }
    assert.strictEqual(await reasonOf(h.client.repay(late)), "Refused")
  })
})

describe("a clerk", () => {
  it("finds what waits, and reads how it stands in three languages", async () => {
    await using h = await open()
    const paymentId = await paidHard(h)
    await h.client.repay(payout(paymentId, 100n))
    h.clock.value += 1
    const { id } = await h.client.repay(payout(paymentId, 200n))
    await approve(h, id)
    const waiting = await h.client.listRepayments({ status: "requested" })
    assert.deepStrictEqual(
      waiting.map((one) => one.amount.minorUnits),
      [100n]
    )
    const [newest, ...older] = await h.client.listRepayments()
    assert.deepStrictEqual([newest?.id, older.length], [id, 1])
    assert.lengthOf(await h.client.listRepayments({ limit: 1, ...(newest === undefined ? {} : { after: newest }) }), 1)
    assert.strictEqual(await reasonOf(h.client.listRepayments({ satus: "done" } as never)), "InvalidRequest")
    const [repayment] = waiting
    assert(repayment)
    const texts = (["lv", "en", "ru"] as const).map((language) => explainRepayment(repayment, language))
    assert.strictEqual(new Set(texts).size, 3)
    for (const text of texts) assert.include(text, "1.00 EUR")
  })
})
