// The whole way: the provider's own list, over its wire, against what our ledger holds.
import { PaymentError } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { useWorld } from "./support/useWorld.ts"

const use = useWorld()
const hour = 3_600_000

const reconcile = (from: number) =>
  use.world.payments.reconcile({
    provider: use.world.provider.instance,
    from: new Date(from),
    to: new Date(use.world.now() + 1)
  })

describe("reconciling with the provider's list", () => {
  it("agrees after an ordinary day, over several pages, and a second run adds nothing", async () => {
    const from = use.world.now()
    await use.paid()
    for (let n = 0; n < 24; n++) await use.world.create()
    await use.world.advance(hour)
    const first = await reconcile(from)
    assert.deepInclude(first, { listed: 25, agreeing: 25, untied: 0, confirmed: 0 })
    assert.deepEqual(first.differences, [])
    assert.isAbove(first.recorded, 0)
    assert.deepInclude(await reconcile(from), { agreeing: 25, recorded: 0 })
  })

  it("finds money whose notice was lost, and the payment is paid by the list alone", async () => {
    const from = use.world.now()
    const payment = await use.world.create()
    await use.world.driver.notices.hold()
    await use.world.act(payment, "pay")
    const { differences } = await reconcile(from)
    assert.deepEqual(
      differences.map(({ kind, paymentId, statusNow }) => [kind, paymentId, statusNow]),
      [["status", payment.id, "paid"]]
    )
    assert.strictEqual((await use.world.get(payment)).status, "paid")
  })

  it("ties a request whose reply was lost, because the list has our id", async () => {
    const from = use.world.now()
    await use.world.driver.notices.hold()
    await use.world.driver.faults.plan({ operation: "create", kind: "close", phase: "after" })
    const error = await use.world.refusal(() => use.world.create())
    assert.strictEqual(error instanceof PaymentError && error.reason._tag, "OutcomeUnknown")
    const result = await reconcile(from)
    const [payment] = await use.world.payments.list()
    assert.deepInclude(result, { listed: 1, recorded: 1 })
    assert.isDefined(payment?.current.providerReference)
  })

  it("has an invoice issued of a paid payment only, and the payer's data stays between us and the provider", async () => {
    const payer = { name: "SIA Slepenais Piemērs", code: "40000000017", address: "Noslēpumu iela 1" }
    const payment = await use.world.create()
    const early = await use.world.refusal(() => use.world.payments.issueInvoice(payment, payer))
    assert.strictEqual(early instanceof PaymentError && early.reason._tag, "NotReady")
    const wrong = await use.world.refusal(() =>
      use.world.payments.issueInvoice(payment, { ...payer, code: 7, name: "x".repeat(400) } as never)
    )
    assert.strictEqual(wrong instanceof PaymentError && wrong.reason._tag, "InvalidRequest")
    const paid = await use.paid()
    const { documentId } = await use.world.payments.issueInvoice(paid, payer)
    assert.match(documentId, /\S/)
    await use.world.driver.faults.plan({ operation: "issueInvoice", kind: "close", phase: "after" })
    const another = { by: "accountant", reason: "The first one was lost in the post." }
    const lost = await use.world.refusal(() => use.world.payments.issueInvoice(paid, payer, another))
    assert.strictEqual(lost instanceof PaymentError && lost.reason._tag, "OutcomeUnknown")
    const seen = [early, wrong, lost].map((one) => `${one.message} ${JSON.stringify(one)} ${one.stack}`)
    for (const text of [...seen, use.world.output(), use.world.store.dump()]) {
      for (const value of Object.values(payer)) assert.notInclude(text, value)
    }
  })
})
