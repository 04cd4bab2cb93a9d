import * as Redacted from "effect/Redacted"
import { money, PaymentError } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { useWorld } from "./support/useWorld.ts"

const use = useWorld()

/** The adapter with the verbs that its manifest declares. */
const open = async () => {
  const { banks, check, issueInvoice, list, payout, refund } = await use.world.adapter()
  if (!banks || !check || !issueInvoice || !list || !payout || !refund) return assert.fail("a declared verb is missing")
  return { banks, check, issueInvoice, list, payout, refund }
}

const reasonOf = async (command: () => Promise<unknown>) => {
  const error = await use.world.refusal(command)
  return error instanceof PaymentError ? error.reason._tag : error.name
}

const webhook = "https://agency.example/webhooks/template"

describe("money back", () => {
  it("a refund is told once, and asked for twice it is one", async () => {
    const payment = await use.paid()
    const { refund } = await open()
    const input = { repaymentId: "rep-1", webhook, amount: money(500n, "EUR"), reason: "partly returned" }
    for (let time = 0; time < 2; time++) {
      const [observed, ...more] = await use.world.run(refund(use.world.record(payment), input))
      assert.deepEqual([observed?.says, more], [{ _tag: "working" }, []])
    }
    await use.world.driver.advance(3_700_000)
    assert.deepEqual(await use.world.driver.repayments?.truth("rep-1"), {
      sent: [money(500n, "EUR")],
      cameBack: false
    })
  })

  it("a payout goes to the account that was given, and never beyond what came", async () => {
    const payment = await use.paid()
    const { payout } = await open()
    const to = { payee: { iban: Redacted.make("LV80BANK0000435195001"), name: Redacted.make("Anna Piemērs") } }
    const [observed] = await use.world.run(
      payout(use.world.record(payment), { repaymentId: "rep-2", webhook, amount: money(1200n, "EUR"), ...to })
    )
    assert.deepEqual(observed?.says, { _tag: "working" })
    const more = payout(use.world.record(payment), { repaymentId: "rep-3", webhook, amount: money(1n, "EUR"), ...to })
    assert.equal(await reasonOf(() => use.world.run(more)), "Refused")
  })

  it("the same id with another sum is a conflict", async () => {
    const payment = await use.paid()
    const { refund } = await open()
    const of = (minorUnits: bigint) =>
      refund(use.world.record(payment), {
        repaymentId: "rep-4",
        webhook,
        amount: money(minorUnits, "EUR"),
        reason: "x"
      })
    await use.world.run(of(100n))
    assert.equal(await reasonOf(() => use.world.run(of(200n))), "Conflict")
  })

  it("a refund is taken for 180 days, and then refused", async () => {
    const payment = await use.paid()
    const { refund } = await open()
    const of = (repaymentId: string) =>
      use.world.run(
        refund(use.world.record(payment), { repaymentId, webhook, amount: money(100n, "EUR"), reason: "late" })
      )
    await use.world.driver.advance(179 * 86_400_000)
    await of("rep-6")
    await use.world.driver.advance(86_400_000)
    assert.equal(await reasonOf(() => of("rep-7")), "Refused")
  })

  it("a lost reply leaves the outcome unknown", async () => {
    const payment = await use.paid()
    const { refund } = await open()
    await use.world.driver.faults.plan({ operation: "refund", kind: "close", phase: "after" })
    const lost = refund(use.world.record(payment), {
      repaymentId: "rep-5",
      webhook,
      amount: money(100n, "EUR"),
      reason: "x"
    })
    assert.equal(await reasonOf(() => use.world.run(lost)), "OutcomeUnknown")
    const { repaymentStatus } = await use.world.adapter()
    const about = { repaymentId: "rep-5", webhook, amount: money(100n, "EUR"), route: "refund" } as const
    const ask = (repaymentId: string) => {
      if (repaymentStatus === undefined) return assert.fail("a declared verb is missing")
      return use.world.run(repaymentStatus(use.world.record(payment), { ...about, repaymentId }))
    }
    assert.deepEqual((await ask("rep-5"))[0]?.says, { _tag: "working" })
    assert.deepEqual((await ask("rep-6"))[0]?.says, { _tag: "absent" })
  })
})

describe("reading", () => {
  it("a listing goes on over its pages and leaves out what lies outside the span", async () => {
    const from = use.world.now()
    for (let n = 0; n < 23; n++) await use.world.create()
    const to = use.world.now()
    await use.world.advance(1000)
    await use.world.create()
    const { list } = await open()
    const found = await use.world.run(list({ from, to }))
    assert.equal(new Set(found.map((one) => one.providerReference)).size, 23)
  })

  it("a bank that does not take so large a sum is not offered", async () => {
    const { banks } = await open()
    const ids = async (minorUnits: bigint) =>
      (await use.world.run(banks(money(minorUnits, "EUR")))).map((bank) => bank.id)
    assert.deepEqual(await ids(1000n), ["tiger", "lynx"])
    assert.deepEqual(await ids(1_000_001n), ["lynx"])
  })

  it("an invoice is issued once", async () => {
    const payment = await use.world.create()
    const { issueInvoice } = await open()
    const payer = { name: "SIA Piemērs", code: "40000000000", address: "Rīga" }
    const issue = () => use.world.run(issueInvoice(use.world.record(payment), payer))
    assert.deepEqual(await issue(), await issue())
  })

  it("check shows when the key ends, and tells a refused key from a silent provider", async () => {
    const { check } = await open()
    const [, api, key] = await use.world.run(check())
    assert.deepEqual([api?.isOk, key?.isOk], [true, true])
    assert.equal(key?.expiresAt, use.sandbox.accounts.own.keyExpiresAt)
    await use.world.driver.advance(366 * 86_400_000)
    const [, , expired] = await use.world.run(check())
    assert.deepEqual([expired?.name, expired?.isOk], ["key", false])
  })
})
