import { type AttemptRecord, money, type Payee } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { assert, describe, it } from "vitest"
import { failureOf } from "../support/openAdapter.ts"
import { useWorld } from "../support/world.ts"

const world = useWorld({ payout: { ipAddress: "192.0.2.9" } })

const repaymentId = "rep_00000000000000000000000001"
const amount = money(500n, "EUR")
const payee: Payee = {
  iban: Redacted.make("LV80BANK0000435195001"),
  name: Redacted.make("Zvaigznīte Kanārijputniņa"),
  email: Redacted.make("zvaigznite@agency.example"),
  address: Redacted.make("Brīvības iela 1"),
  city: Redacted.make("Rīga"),
  postalCode: Redacted.make("LV-1010")
}

const attempt = (): AttemptRecord => world.order()
const send = (changes: Partial<Payee> = {}, id = repaymentId, sum = amount) =>
  world.adapter.payout(attempt(), {
    repaymentId: id,
    amount: sum,
    payee: { ...payee, ...changes },
    webhook: `${world.agency.url}/hook`
  })
const ask = async (id = repaymentId) => {
  const found = await Effect.runPromise(
    world.adapter.repaymentStatus(attempt(), { repaymentId: id, amount, route: "payout" })
  )
  return found[0] ?? assert.fail("nothing was said")
}
const tagOf = async (call: ReturnType<typeof send>) => (await failureOf(call)).reason._tag
const orderOutcome = (status: string) => world.provider.outcome(repaymentId, { status })

describe("a payout by SEPA", () => {
  it("is taken once for its id, and found by it", async () => {
    const [first] = await Effect.runPromise(send())
    assert.deepEqual(first?.says, { _tag: "working" })
    // A repeat under the same id is the same payout.
    assert.deepEqual((await Effect.runPromise(send()))[0]?.says, { _tag: "working" })
    await world.provider.pass(10_500)
    assert.deepEqual((await ask()).says, { _tag: "done", amount })
  })

  it("that came back is told with its time", async () => {
    await Effect.runPromise(send())
    await world.provider.pass(10_500)
    const { providerTime: left = 0 } = await ask()
    await world.provider.pass(60_000)
    await orderOutcome("reversed")
    const back = await ask()
    assert.deepEqual(back.says, { _tag: "reversed" })
    assert.isAbove(back.providerTime ?? 0, left)
  })

  it("whose id ecommpay does not know is absent", async () => {
    assert.deepEqual((await ask()).says, { _tag: "absent" })
  })

  for (const [verification, code] of [
    ["mismatch", "20451"],
    ["unavailable", "20450"]
  ] as const) {
    it(`is refused with ${code} where the verification of the payee is ${verification}`, async () => {
      await world.provider.settings({ payouts: { verification } })
      await Effect.runPromise(send())
      await world.provider.pass(10_500)
      const { providerCode, says } = await ask()
      assert.deepEqual([says._tag, providerCode], ["refused", code])
      assert(says._tag === "refused" && says.reason?.includes("name") === true)
    })
  }

  it("is refused where the balance is too low", async () => {
    await world.provider.settings({ balanceMinor: 100 })
    await Effect.runPromise(send())
    await world.provider.pass(10_500)
    const { providerCode, says } = await ask()
    assert.deepEqual([says._tag, providerCode], ["refused", "3028"])
  })

  it("without what ecommpay asks of a payee is refused before anything is sent, by our own names", async () => {
    const { city: _city, ...withoutCity } = payee
    const webhook = `${world.agency.url}/hook`
    const call = world.adapter.payout(attempt(), { repaymentId, amount, payee: withoutCity, webhook })
    assert.equal(await tagOf(call), "InvalidRequest")
    assert.equal(await tagOf(send({ name: Redacted.make("Zvaigznīte") })), "InvalidRequest")
    assert.equal(await tagOf(send({}, repaymentId, money(1n, "USD"))), "InvalidRequest")
    assert.deepEqual((await ask()).says, { _tag: "absent" })
  })

  it("whose reply was lost leaves the outcome unknown, whatever is in the way", async () => {
    for (const kind of ["close", "html", "truncate"] as const) {
      world.provider.sandbox.faults.add({ operation: "payout", kind, phase: "after" })
      assert.equal(await tagOf(send()), "OutcomeUnknown", kind)
    }
  })

  it("is told of by callbacks that never speak of a purchase", async () => {
    await Effect.runPromise(send())
    await world.provider.pass(10_500)
    const { verdicts } = world.agency
    assert.isAbove(verdicts.length, 0)
    for (const { observations, repayments } of verdicts) {
      assert.deepEqual(observations, [])
      assert.deepEqual(
        repayments?.map(({ about, trust }) => [about.repaymentId, trust]),
        [[repaymentId, "proven"]]
      )
    }
    assert.deepEqual(verdicts.at(-1)?.repayments?.[0]?.says, { _tag: "done", amount })
  })
})
