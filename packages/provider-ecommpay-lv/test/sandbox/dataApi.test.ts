// Over the wire of the simulator: what the list says of payments that came to every kind of end.
import { layer } from "@maksa/core/undici"
import { type Extras, type ListedPayment, money, newId } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { assert, beforeAll, beforeEach, afterAll, describe, it } from "vitest"
import { askBalance } from "../../src/index.ts"
import type { EcommpayLvConfig } from "../../src/index.ts"
import { type Agency, openAgency } from "../support/agency.ts"
import { ipAddress, openAdapter, orderAt, reasonOf } from "../support/openAdapter.ts"
import { openSandbox, type Provider } from "../support/openSandbox.ts"

let provider: Provider
let config: EcommpayLvConfig & { readonly dataApi: { readonly token: string; readonly secret: string } }
let list: Extras["list"]
let open: Awaited<ReturnType<typeof openAdapter>>
let agency: Agency

beforeAll(async () => {
  provider = await openSandbox()
  config = {
    environment: "sandbox",
    projectId: provider.projectId,
    secrets: [provider.secret],
    fundsConfirmation: "decline",
    endpoints: provider.endpoints,
    dataApi: provider.dataApi,
    flow: "gate",
    payout: { customerFields: ["ip_address"], ipAddress: "192.0.2.9" }
  }
  open = await openAdapter(config)
  agency = await openAgency(open, now)
  assert.isTrue("list" in open.adapter)
  list = (span) => (open.adapter as { readonly list: Extras["list"] }).list(span) // asserted above
})
afterAll(async () => {
  await agency.close()
  await open.close()
  await provider.sandbox.close()
})
beforeEach(async () => {
  provider.sandbox.faults.clear()
  provider.sandbox.reset()
  agency.forget()
  await provider.settings({ confirmation: "decline", payouts: { customerFields: ["ip_address"] } })
})

const now = () => provider.sandbox.clock.now()
const create = async (changes: { readonly attemptId?: string } = {}) => {
  const plain = orderAt(now(), { payer: { ipAddress }, ...changes })
  const input = { ...plain, urls: { ...plain.urls, webhook: `${agency.url}/hook` } }
  await Effect.runPromise(open.adapter.create(input))
  await provider.pass(15_000)
  return input.attemptId
}
const payoutOf = (repaymentId: string) => ({
  repaymentId,
  amount: money(500n, "EUR"),
  payee: { iban: Redacted.make("LV80BANK0000435195001"), name: Redacted.make("Ernests Paraudziņš") },
  webhook: `${agency.url}/hook`
})
/** The list of everything since `from`, by what it says of each payment. */
const listed = async (from: number, to = now() + 1000): Promise<ReadonlyMap<string, ListedPayment>> => {
  const rows = await Effect.runPromise(list({ from, to }))
  return new Map(rows.map((row) => [row.providerReference, row]))
}
const wordsOf = (row: ListedPayment | undefined) => row?.observations.map(({ says }) => says._tag)

describe("the list of the Data API", () => {
  it("has what ended, as it stands now: paid, promised, declined; not what goes on, and no payout", async () => {
    const from = now()
    const [paid, promised, declined, unfinished] = [await create(), await create(), await create(), await create()]
    await provider.outcome(paid, { confirmation: "success" })
    await provider.outcome(promised, { status: "awaiting confirmation" })
    await provider.outcome(declined, { status: "decline", code: "20301" })
    await Effect.runPromise(open.adapter.payout(orderAt(now()), payoutOf(newId("rep", now()))))
    await provider.pass(60_000)
    const rows = await listed(from)
    assert.sameMembers([...rows.keys()], [paid, promised, declined])
    assert.isFalse(rows.has(unfinished))
    assert.deepEqual(
      [paid, promised, declined].map((id) => wordsOf(rows.get(id))),
      [["received"], ["promised"], ["refused"]]
    )
    const { amount, attemptId, createdAt } = rows.get(paid) ?? assert.fail("it is paid")
    assert.deepEqual([amount?.minorUnits, amount?.currency, attemptId], [1200n, "EUR", paid])
    assert.isAtLeast(createdAt ?? 0, from - 1000)
  })

  it("tells in each span how a payment stands, also one that was begun or changed in another", async () => {
    await provider.settings({ confirmation: "reversal" })
    const first = now()
    const id = await create()
    await provider.outcome(id, { status: "awaiting confirmation" })
    const second = now() + 86_400_000
    await provider.pass(2 * 86_400_000)
    await provider.outcome(id, { confirmation: "decline" })
    const before = await listed(first, second)
    // Its sale ended on the first day, its reversal two days later: the second span has no sale of its own.
    const after = await listed(second)
    assert.deepEqual([wordsOf(before.get(id)), wordsOf(after.get(id))], [["undone"], ["undone"]])
    assert.strictEqual(after.get(id)?.amount?.minorUnits, 1200n)
  })

  it("says nothing of the state of payments that are not ours, and reads texts as well as numbers", async () => {
    await provider.settings({ dataApiNumbers: "texts" })
    const from = now()
    const ours = await create()
    await provider.outcome(ours, { confirmation: "success" })
    await provider.outcome(await create({ attemptId: "another-shop-17" }), { confirmation: "success" })
    const rows = await listed(from)
    const stranger = rows.get("another-shop-17")
    assert.deepEqual([stranger?.observations, stranger?.attemptId], [[], undefined])
    assert.strictEqual(stranger?.amount?.minorUnits, 1200n)
    assert.deepEqual(wordsOf(rows.get(ours)), ["received"])
  })

  it("is checked with its token", async () => {
    const own = await Effect.runPromise(open.adapter.check())
    assert.deepEqual(
      own.map(({ isOk, name }) => [name, isOk]),
      ["configuration", "gate", "signature", "data_api"].map((name) => [name, true])
    )
    const stranger = await openAdapter({ ...config, dataApi: { ...config.dataApi, secret: "wrong" } })
    const checks = await Effect.runPromise(stranger.adapter.check())
    await stranger.close()
    assert.deepInclude(
      checks.find(({ name }) => name === "data_api"),
      { isOk: false }
    )
  })
})

describe("the balance", () => {
  const ask = (more: object = {}) => Effect.provide(askBalance({ ...config, ...more }), layer)

  it("is what is left for payouts, in minor units, of each project that the token sees", async () => {
    await provider.settings({ balanceMinor: 9_999_999_999_999 })
    const purses = await Effect.runPromise(ask())
    const own = purses.find(({ name }) => name === `Project_${provider.projectId}_balance_EUR`)
    assert.deepEqual([own?.amount.minorUnits, own?.amount.currency], [9_999_999_999_999n, "EUR"])
    assert.lengthOf(purses, 2)
    // One that is overdrawn is told like the others.
    await provider.settings({ balanceMinor: -1250 })
    assert.include(
      (await Effect.runPromise(ask())).map(({ amount }) => amount.minorUnits),
      -1250n
    )
  })

  it("is no zero where the token is wrong or the configuration lacks it", async () => {
    const wrong = await Effect.runPromise(Effect.flip(ask({ dataApi: { ...config.dataApi, secret: "wrong" } })))
    assert.deepEqual([wrong.operation, wrong.reason._tag], ["balance", "AuthenticationFailed"])
    assert.deepInclude(await reasonOf(ask({ dataApi: undefined })), { _tag: "NotConfigured" })
  })
})
