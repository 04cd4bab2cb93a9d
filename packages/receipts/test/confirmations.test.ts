import { Attempt, isPaymentError, money, MoneyFacts, type Observation, type Payment, PaymentError } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { confirmations } from "../src/index.ts"
import { attempt, issuedAt, observation, payment, state, utc } from "./payments.ts"
import { child, parse } from "./xsd.ts"

const agency = { name: "Jelgavas valstspilsētas pašvaldība" }
const receipts = confirmations({ agency })
const evidence = [observation()]

const refusal = async (of: Payment, observations: ReadonlyArray<Observation> = evidence): Promise<PaymentError> => {
  const errors = await Promise.all(
    (["pdf", "xml"] as const).map((format) =>
      receipts.generate({ payment: of, observations, format, language: "lv", issuedAt }).then(
        () => undefined,
        (error: unknown) => error
      )
    )
  )
  const [first, second] = errors
  assert.isTrue(isPaymentError(first), "the PDF was made")
  assert.isTrue(isPaymentError(second), "the XML was made")
  assert.instanceOf(first, PaymentError)
  return first
}

const xml = async (of: Payment, observations: ReadonlyArray<Observation> = evidence) =>
  parse(
    new TextDecoder().decode(
      await receipts.generate({ payment: of, observations, format: "xml", language: "en", issuedAt })
    )
  )

describe("what is refused", () => {
  const notPaid = [
    "created",
    "requires_action",
    "processing",
    "provisional",
    "declined",
    "expired",
    "canceled",
    "under_review"
  ] as const
  it.each(notPaid)("a payment that is %s gets no confirmation yet", async (status) => {
    const error = await refusal(payment({ state: state({ status }) }))
    assert.strictEqual(error.operation, "receipt")
    assert.strictEqual(error.reason._tag, "NotReady")
    assert.include(error.message, status)
  })

  it("a reversed payment is a conflict that says that earlier confirmations are superseded", async () => {
    const error = await refusal(payment({ state: state({ status: "reversed" }) }))
    assert.strictEqual(error.operation, "receipt")
    assert.strictEqual(error.reason._tag, "Conflict")
    assert.match(error.message, /returned.*superseded/)
  })

  it("a paid payment whose whole sum was given back is a conflict", async () => {
    const facts = new MoneyFacts({
      asked: money(1250n, "EUR"),
      received: money(1250n, "EUR"),
      givenBack: money(1250n, "EUR")
    })
    assert.strictEqual((await refusal(payment({ state: state({ money: facts }) }))).reason._tag, "Conflict")
  })

  it("a paid payment whose only evidence is a hint is not ready", async () => {
    const error = await refusal(payment(), [observation({ trust: "hint" })])
    assert.strictEqual(error.reason._tag, "NotReady")
    assert.match(error.message, /no proven observation/)
  })

  it("a paid payment without any observation is not ready", async () => {
    assert.strictEqual((await refusal(payment(), [])).reason._tag, "NotReady")
  })

  it("received money of which no evidence tells the sum is not ready", async () => {
    const unconfirmed = state({
      attention: ["amount_unconfirmed"],
      money: new MoneyFacts({ asked: money(1250n, "EUR") })
    })
    const error = await refusal(payment({ state: unconfirmed }), [observation({ says: { _tag: "received" } })])
    assert.strictEqual(error.reason._tag, "NotReady")
  })

  it.each([
    ["less than asked", money(1249n, "EUR")],
    ["another currency", money(1250n, "USD")]
  ])("money that is %s is not confirmed", async (_what, received) => {
    const facts = new MoneyFacts({ asked: money(1250n, "EUR"), received })
    assert.strictEqual((await refusal(payment({ state: state({ money: facts }) }))).reason._tag, "NotReady")
  })

  it("refusals name the payment and no texts of it", async () => {
    const error = await refusal(payment({ state: state({ status: "processing" }), purpose: "Jānis Paraudziņš" }))
    assert.strictEqual(error.paymentId, payment().id)
    assert.notInclude(`${error.message} ${JSON.stringify(error)}`, "Paraudziņš")
  })

  it("an agency without a name is refused when the generator is made", () => {
    assert.throws(() => confirmations({ agency: { name: " \n " } }), /agency\.name/)
  })
})

describe("what it states", () => {
  it("the provider's time of the payment, not the later time of a query", async () => {
    const asked = observation({ id: "q", channel: "query", at: utc("2026-11-22T12:01:00Z") })
    const paidAt = child(await xml(payment(), [asked, observation()]), "paidAt")
    assert.strictEqual(paidAt.text, "2026-11-22T12:05:10.000Z")
    assert.strictEqual(paidAt.attributes["source"], "provider")
  })

  it("only when it was confirmed, where no evidence tells the time of payment", async () => {
    const asked = observation({ channel: "query", at: utc("2026-11-22T12:07:00Z") })
    const paidAt = child(await xml(payment(), [asked]), "paidAt")
    assert.strictEqual(paidAt.text, "2026-11-22T12:07:00.000Z")
    assert.strictEqual(paidAt.attributes["source"], "confirmed")
  })

  it("the last payment, where the money was undone and came again", async () => {
    const again = observation({ id: "o3", at: utc("2026-11-24T08:00:00Z") })
    const undone = observation({ id: "o2", says: { _tag: "undone" }, at: utc("2026-11-23T08:00:00Z") })
    const document = await xml(payment(), [again, undone, observation()])
    assert.strictEqual(child(document, "paidAt").text, "2026-11-24T08:00:00.000Z")
  })

  it("the attempt that brought the money, not the newest one", async () => {
    const idle = attempt({ instance: "viss-mm", id: Attempt.fields.id.make("att_01kas3wq0g9m4n6p8r0t2v4x6z") })
    const document = await xml(payment({ provider: "viss-mm", attempts: [attempt(), idle] }))
    assert.strictEqual(child(child(document, "provider"), "instance").text, "ecommpay-lv")
    // Nobody told how payers know it.
    assert.strictEqual(child(child(document, "provider"), "name").text, "ecommpay-lv")
    assert.strictEqual(child(child(document, "provider"), "reference").text, "EP-778")
    assert.strictEqual(child(child(document, "provider"), "paidVia").text, "seb-lv")
  })

  it("what was received and returned, where a part went back", async () => {
    const facts = new MoneyFacts({
      asked: money(1250n, "EUR"),
      received: money(2500n, "EUR"),
      givenBack: money(1250n, "EUR")
    })
    const document = await xml(payment({ state: state({ money: facts, attention: ["overpaid"] }) }))
    assert.strictEqual(child(document, "amount").text, "12.50")
    assert.strictEqual(child(document, "received").text, "25.00")
    assert.strictEqual(child(document, "returned").text, "12.50")
  })

  it("that an operator decided it, where no provider said so", async () => {
    const decided = observation({
      channel: "operator",
      says: { _tag: "decided", status: "paid" },
      decision: { by: "Operator", reason: "Bank statement" }
    })
    const byOperator = state({ money: new MoneyFacts({ asked: money(1250n, "EUR") }) })
    const document = await xml(payment({ state: byOperator }), [decided])
    assert.strictEqual(child(document, "basis").text, "operator")
    assert.strictEqual(child(document, "amount").text, "12.50")
  })

  it("the lower sum that came, where an operator decided that it will do", async () => {
    const decided = observation({ id: "d", channel: "operator", says: { _tag: "decided", status: "paid" } })
    const short = new MoneyFacts({ asked: money(1250n, "EUR"), received: money(1200n, "EUR") })
    const document = await xml(payment({ state: state({ money: short }) }), [observation(), decided])
    assert.strictEqual(child(document, "amount").text, "12.00")
    assert.strictEqual(child(document, "requested").text, "12.50")
    assert.strictEqual(child(document, "basis").text, "operator")
  })

  it("until when a soft payment may change, and nothing about it once it is firm", async () => {
    const finality = async (soft: "soft" | "hard", at = issuedAt) =>
      child(
        parse(
          new TextDecoder().decode(
            await receipts.generate({
              payment: payment({ state: state({ finality: soft }) }),
              observations: evidence,
              format: "xml",
              language: "en",
              issuedAt: at,
              softUntil: issuedAt + 7 * 86_400_000
            })
          )
        ),
        "finality"
      )
    const soft = await finality("soft")
    assert.strictEqual(soft.text, "May still change until 29 November 2026 or later")
    assert.strictEqual(soft.attributes["notBefore"], "2026-11-29T12:30:00.000Z")
    const late = await finality("soft", issuedAt + 8 * 86_400_000)
    assert.strictEqual(late.text, "May still change until the funds are finally confirmed")
    const hard = await finality("hard")
    assert.strictEqual(hard.text, "Funds confirmed")
    assert.notProperty(hard.attributes, "notBefore")
  })
})
