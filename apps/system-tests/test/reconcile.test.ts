import { money, OutcomeUnknown, type Observed, reconciliationToCsv, Unavailable } from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { action, received } from "./fakeProvider.ts"
import { harness, minutes, order } from "./harness.ts"
import { dayStart, listingWorld, type ListingWorld, rowOf, theDay } from "./listingProvider.ts"
import { failing, reasonOf } from "./steps.ts"

const hour = minutes(60)
const euros = (minor: bigint) => money(minor, "EUR")
const named = (one: Observed, providerReference: string): Observed => ({ ...one, providerReference })
const word = (tag: "refused" | "working"): Observed => ({ says: { _tag: tag }, trust: "proven" })

/** A payment that the provider named in its reply. */
const begun = async (w: ListingWorld, reference: string) => {
  w.script.create = () => Effect.succeed([named(action(), reference)])
  return w.payments.create(order())
}
/** A payment whose reply was lost. */
const lost = async (w: ListingWorld) => {
  w.script.create = () => failing(new OutcomeUnknown({ message: "lost" }))
  // The newest is then the only one of its moment.
  w.clock.value += 1
  assert.strictEqual(await reasonOf(w.payments.create(order())), "OutcomeUnknown")
  const [payment] = await w.payments.list({ limit: 1 })
  return payment ?? assert.fail("the payment was not stored")
}
const stateOf = async (w: ListingWorld) => {
  const payments = await w.payments.list()
  const histories = await Promise.all(payments.map((one) => w.payments.history(one.id)))
  return JSON.stringify([payments, histories])
}
const kindsOf = async (w: ListingWorld) => (await w.reconcile()).differences.map((one) => one.kind)

describe("reconciling", () => {
  it("finds nothing where both agree, and keeps what the list said once", async () => {
    await using w = await listingWorld()
    const payment = await begun(w, "R1")
    w.rows.push(rowOf(payment, { observations: [word("working")], createdAt: w.clock.value, amount: euros(1200n) }))
    w.clock.value += hour
    const first = await w.reconcile()
    assert.deepInclude(first, { listed: 1, agreeing: 1, untied: 0, confirmed: 0, recorded: 1 })
    assert.deepEqual(first.differences, [])
    const [, heard] = await w.payments.history(payment.id)
    assert.deepInclude(heard, { channel: "listing", trust: "proven" })
    w.clock.value += hour
    const before = await stateOf(w)
    assert.strictEqual((await w.reconcile()).recorded, 0)
    assert.strictEqual(await stateOf(w), before)
  })

  it("money that nobody told us of is a difference in status, is recorded as evidence, and pays the payment", async () => {
    await using w = await listingWorld()
    const payment = await begun(w, "R1")
    w.rows.push(rowOf(payment, { observations: [received(1200n)] }))
    w.clock.value += hour
    const [difference, ...more] = (await w.reconcile()).differences
    assert.deepEqual(more, [])
    assert.deepInclude(difference, {
      kind: "status",
      paymentId: payment.id,
      statusNow: "paid",
      providerReference: "R1"
    })
    assert.deepEqual([difference?.ours?.status, difference?.theirs?.status], ["requires_action", "paid"])
    assert.strictEqual((await w.payments.get(payment.id)).status, "paid")
    assert.deepEqual(await kindsOf(w), [])
  })

  it("a sum in the list confirms money whose sum nobody had named", async () => {
    await using w = await listingWorld()
    const payment = await begun(w, "R1")
    w.script.status = () => Effect.succeed([{ says: { _tag: "received" }, trust: "proven" }])
    w.clock.value += hour
    assert.include((await w.payments.refresh(payment.id)).state.attention, "amount_unconfirmed")
    w.rows.push(rowOf(payment, { observations: [received(1200n)] }))
    w.clock.value += hour
    assert.deepInclude(await w.reconcile(), { confirmed: 1, agreeing: 1, recorded: 1 })
    const { state } = await w.payments.get(payment.id)
    assert.deepEqual([state.status, state.attention, state.money.received?.minorUnits], ["paid", [], 1200n])
    assert.deepInclude(await w.reconcile(), { confirmed: 0, recorded: 0 })
  })

  it("another sum than ours is a difference in amount and leaves the payment to a person", async () => {
    await using w = await listingWorld()
    const payment = await begun(w, "R1")
    w.script.status = () => Effect.succeed([{ says: { _tag: "received" }, trust: "proven" }])
    w.clock.value += hour
    await w.payments.refresh(payment.id)
    w.rows.push(rowOf(payment, { observations: [received(1100n)] }))
    w.clock.value += hour
    const { differences } = await w.reconcile()
    assert.deepEqual(
      differences.map(({ kind, statusNow }) => [kind, statusNow]),
      [["amount", "under_review"]]
    )
    assert.include((await w.payments.get(payment.id)).state.attention, "underpaid")
  })

  it("money for what had ended is late, and is believed", async () => {
    await using w = await listingWorld()
    w.script.create = () => Effect.succeed([named(word("refused"), "R1")])
    const payment = await w.payments.create(order())
    assert.strictEqual(payment.status, "declined")
    w.clock.value += hour
    w.rows.push(rowOf(payment, { observations: [received(1200n)] }))
    assert.deepEqual(await kindsOf(w), ["late"])
    const { state } = await w.payments.get(payment.id)
    assert.deepEqual([state.status, state.attention], ["paid", ["late_money"]])
  })

  it("a refusal in the list does not undo money: the provider is asked, and until then nothing changes", async () => {
    await using w = await listingWorld()
    const payment = await begun(w, "R1")
    w.script.status = () => Effect.succeed([received(1200n)])
    w.clock.value += hour
    await w.payments.refresh(payment.id)
    w.rows.push(rowOf(payment, { observations: [word("refused")] }))
    w.clock.value += hour
    const { differences } = await w.reconcile()
    assert.deepEqual(
      differences.map(({ kind, statusNow }) => [kind, statusNow]),
      [["status", "paid"]]
    )
    const asked = w.script.calls.length
    await w.payments.runDue()
    assert.strictEqual(w.script.calls.length, asked + 1)
  })

  it("what the provider told us of and its list lacks is missing there; what it never named is an orphan", async () => {
    await using w = await listingWorld()
    const payment = await begun(w, "R1")
    w.script.create = () => Effect.succeed([action()])
    w.clock.value += 1
    const nameless = await w.payments.create(order())
    w.clock.value += hour
    const { differences } = await w.reconcile()
    assert.deepEqual(
      differences.map(({ kind, paymentId }) => [kind, paymentId]),
      [
        ["missing_there", payment.id],
        ["orphan_request", nameless.id]
      ]
    )
    assert.strictEqual((await w.payments.get(payment.id)).status, "requires_action")
    assert.lengthOf(await w.payments.history(payment.id), 1)
  })

  it("what was begun in another span is not missing in this one", async () => {
    await using w = await listingWorld()
    w.clock.value = dayStart - 1000
    await begun(w, "R1")
    w.clock.value = dayStart + 3 * hour
    assert.deepEqual(await kindsOf(w), [])
  })

  it("a list by the end has payments of any age, and lacks what goes on or was overturned", async () => {
    await using w = await listingWorld("end")
    w.clock.value = dayStart - 20 * 24 * hour
    const old = await begun(w, "R1")
    w.clock.value = dayStart + hour
    await begun(w, "R2")
    const overturned = await begun(w, "R3")
    for (const says of [received(1200n), { ...word("refused") }]) {
      w.script.status = () => Effect.succeed([says])
      w.clock.value += minutes(1)
      await w.payments.refresh(overturned.id)
    }
    w.rows.push(rowOf(old, { observations: [received(1200n)], createdAt: dayStart - 20 * 24 * hour }))
    w.clock.value += hour
    assert.deepInclude(await w.reconcile(), { listed: 1, recorded: 1 })
    assert.strictEqual((await w.payments.get(old.id)).status, "paid")
    assert.deepEqual(await kindsOf(w), [])
  })

  it("money that the provider told of is missing there where a list by the end lacks it", async () => {
    await using w = await listingWorld("end")
    const payment = await begun(w, "R1")
    w.script.status = () => Effect.succeed([received(1200n)])
    w.clock.value += hour
    await w.payments.refresh(payment.id)
    // A list may be minutes behind what the provider tells by other ways.
    w.clock.value += minutes(2)
    assert.deepEqual(await kindsOf(w), [])
    w.clock.value += hour
    assert.deepEqual(
      (await w.reconcile()).differences.map(({ kind, paymentId }) => [kind, paymentId]),
      [["missing_there", payment.id]]
    )
  })

  it("of a payment that stands in several days of a list by the end, the last day tells how it stands", async () => {
    await using w = await listingWorld("end")
    const payment = await begun(w, "R1")
    const [first, last] = [w.clock.value, w.clock.value + 50 * 24 * hour]
    const push = w.spans.push.bind(w.spans)
    w.spans.push = (...spans) => {
      const isLast = (spans[0]?.to ?? 0) > last - 24 * hour
      const gone: Observed = { says: { _tag: "undone" }, trust: "proven", providerTime: last - hour }
      w.rows.splice(
        0,
        1,
        rowOf(payment, { observations: [isLast ? gone : { ...received(1200n), providerTime: first }] })
      )
      return push(...spans)
    }
    w.clock.value = last
    const run = { provider: "fake", from: new Date(first), to: new Date(last) } as const
    assert.deepInclude(await w.payments.reconcile(run), { listed: 1, recorded: 1 })
    assert.strictEqual((await w.payments.get(payment.id)).status, "reversed")
  })

  it("a row of ours that our records lack is missing here, and a stranger's is counted and kept nowhere", async () => {
    await using w = await listingWorld()
    const attemptId = "att_0000000000zzzzzzzzzzzzzzzz"
    w.rows.push(
      { providerReference: "R7", attemptId, observations: [received(1200n)], amount: euros(1200n) },
      { providerReference: "STRANGER-REFERENCE", observations: [received(7777n)], amount: euros(7777n) },
      { providerReference: "R9", attemptId: "case-of-another-program", observations: [word("working")] }
    )
    w.clock.value += hour
    const result = await w.reconcile()
    assert.deepInclude(result, { listed: 3, agreeing: 0, untied: 2, recorded: 0 })
    const [difference, ...more] = result.differences
    assert.deepEqual(more, [])
    assert.deepInclude(difference, { kind: "missing_here", attemptId, providerReference: "R7" })
    assert.strictEqual(difference?.theirs?.status, "paid")
    assert.notInclude(JSON.stringify(result), "STRANGER")
    assert.strictEqual(await w.store.transact((tx) => tx.countParked()), 0)
    assert.lengthOf(await w.store.transact((tx) => tx.unfoldedObservations(10)), 0)
  })

  it("a row that names our attempt ties a request whose reply was lost", async () => {
    await using w = await listingWorld()
    const payment = await lost(w)
    w.clock.value += hour
    w.rows.push({ providerReference: "R1", attemptId: payment.current.id, observations: [received(1200n)] })
    assert.deepEqual(await kindsOf(w), ["status"])
    const after = await w.payments.get(payment.id)
    assert.deepEqual([after.status, after.current.providerReference], ["paid", "R1"])
  })

  it("a list that cannot be read fails the run and changes nothing", async () => {
    await using w = await listingWorld()
    await begun(w, "R1")
    w.clock.value += hour
    const before = await stateOf(w)
    w.isDown = true
    assert.strictEqual(await reasonOf(w.reconcile()), "Unavailable")
    assert.strictEqual(await stateOf(w), before)
  })

  it("a long span is asked for a day at a time, without gap or repeat", async () => {
    await using w = await listingWorld()
    w.clock.value = dayStart + 60 * 24 * hour
    const from = new Date(dayStart)
    await w.payments.reconcile({ provider: "fake", from, to: new Date(dayStart + 30.5 * 24 * hour) })
    assert.lengthOf(w.spans, 31)
    for (const [index, { from: start }] of w.spans.entries()) {
      if (index > 0) assert.strictEqual(start, w.spans[index - 1]?.to)
    }
    assert.isBelow(w.spans[0]?.from ?? 0, dayStart)
    assert.isAbove(w.spans.at(-1)?.to ?? 0, dayStart + 30.5 * 24 * hour)
  })

  it("stops between two days when it is aborted", async () => {
    await using w = await listingWorld()
    w.clock.value = dayStart + 60 * 24 * hour
    const abort = new AbortController()
    const push = w.spans.push.bind(w.spans)
    w.spans.push = (...spans) => {
      if (w.spans.length === 2) abort.abort()
      return push(...spans)
    }
    const to = new Date(dayStart + 30 * 24 * hour)
    const run = w.payments.reconcile({ provider: "fake", from: new Date(dayStart), to }, { signal: abort.signal })
    assert.strictEqual(
      await run.then(
        () => "done",
        (cause: unknown) => (cause as Error).name
      ),
      "AbortError"
    )
    assert.isBelow(w.spans.length, 5)
  })

  it("refuses a span that is none", async () => {
    await using w = await listingWorld()
    const wrong: ReadonlyArray<object> = [
      { ...theDay, from: "yesterday" },
      { ...theDay, to: theDay.from },
      { ...theDay, from: "2027-01-01T00:00:00Z", to: "2027-01-02T00:00:00Z" },
      { ...theDay, from: "2020-01-01T00:00:00Z" },
      { ...theDay, provider: "nobody" },
      { ...theDay, until: theDay.to },
      {}
    ]
    for (const input of wrong) {
      assert.strictEqual(await reasonOf(w.payments.reconcile(input as never)), "InvalidRequest", JSON.stringify(input))
    }
  })

  it("exists only where a provider has a list", async () => {
    await using h = await harness()
    assert.isFalse("reconcile" in h.payments)
  })
})

describe("an orphan request", () => {
  it("gets candidates by sum and day, which are proposed and not taken", async () => {
    await using w = await listingWorld()
    const payment = await lost(w)
    const at = w.clock.value
    w.rows.push(
      { providerReference: "M1", observations: [received(1200n)], amount: euros(1200n), createdAt: at + 2000 },
      { providerReference: "M2", observations: [word("working")], amount: euros(1300n), createdAt: at + 1000 }
    )
    w.clock.value += hour
    const result = await w.reconcile()
    const [difference] = result.differences
    assert.deepInclude(difference, { kind: "orphan_request", paymentId: payment.id })
    assert.deepEqual(
      difference?.candidates?.map((one) => one.providerReference),
      ["M1"]
    )
    assert.strictEqual((await w.payments.get(payment.id)).status, "processing")
    const csv = reconciliationToCsv(result).split("\r\n")
    assert.include(csv[1], `fake,orphan_request,${payment.id}`)
    assert.include(csv[1], "M1@2026-11-22T10:00:02.001Z")
    assert.strictEqual(csv.length, 3)
  })

  it("under way a moment ago is none yet", async () => {
    await using w = await listingWorld()
    await lost(w)
    w.clock.value += minutes(1)
    assert.deepEqual(await kindsOf(w), [])
  })

  it("is tied by a named person, and the provider is asked at once", async () => {
    await using w = await listingWorld()
    const payment = await lost(w)
    w.clock.value += hour
    w.script.status = () => Effect.succeed([named(received(1200n), "M1")])
    const who = { by: "A. Clerk", reason: "Only request of that minute", evidence: "reconciliation of 2026-11-22" }
    const tied = await w.payments.tie(payment.id, { ...who, providerReference: "M1" })
    assert.deepEqual([tied.status, tied.current.providerReference], ["paid", "M1"])
    const decision = (await w.payments.history(payment.id)).find((one) => one.channel === "operator")
    assert.deepInclude(decision, { decision: who, providerReference: "M1" })
    assert.strictEqual(await reasonOf(w.payments.tie(payment.id, { ...who, providerReference: "M2" })), "Conflict")
  })

  it("tied by a person alone moves no money", async () => {
    await using w = await listingWorld()
    const payment = await lost(w)
    w.clock.value += hour
    const tied = await w.payments.tie(payment.id, { by: "A", reason: "r", providerReference: "M1" })
    assert.deepEqual([tied.status, tied.state.money.received, tied.state.reason], ["processing", undefined, undefined])
  })

  it("cannot take the request of another attempt, nor a name that it has, nor an unsent attempt's", async () => {
    await using w = await listingWorld()
    await begun(w, "R1")
    const payment = await lost(w)
    const tie = (id: string, more: object) =>
      reasonOf(w.payments.tie(id, { by: "A", reason: "r", providerReference: "R1", ...more }))
    assert.strictEqual(await tie(payment.id, {}), "Conflict")
    assert.strictEqual(await tie(payment.id, { providerReference: "M1", attemptId: "att_none" }), "Conflict")
    assert.strictEqual(await tie(payment.id, { by: "" }), "InvalidRequest")
    assert.strictEqual(await tie("pay_none", {}), "NotFound")
    assert.strictEqual((await w.payments.get(payment.id)).current.providerReference, undefined)
    w.script.create = () => failing(new Unavailable({ message: "nothing was sent" }))
    w.clock.value += 1
    await reasonOf(w.payments.create(order()))
    const [unsent] = await w.payments.list({ limit: 1 })
    assert.strictEqual(await tie(unsent?.id ?? "", { providerReference: "M1" }), "Conflict")
  })
})
