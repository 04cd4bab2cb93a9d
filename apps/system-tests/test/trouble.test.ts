// Histories that once went wrong in review, each with the least that shows it.
import { money, OutcomeUnknown, RateLimited, Unavailable } from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { action, fake, notice, received, type Script } from "./fakeProvider.ts"
import { days, type Harness, harness, minutes, order } from "./harness.ts"
import {
  again,
  answering,
  creates,
  eur,
  failing,
  got,
  later,
  reasonOf,
  repayment,
  says,
  statuses,
  storeFailing
} from "./steps.ts"

describe("evidence that cannot be read", () => {
  it("is not acknowledged and stands in nobody's way", async () => {
    await using h = await harness()
    const [bad, good] = [await h.payments.create(order()), await h.payments.create(order())]
    for (const at of [1.5, "soon", 1e300]) {
      assert.strictEqual((await says(h, bad.current.id, got("1200"), at as number)).status, 503, String(at))
    }
    assert.strictEqual((await says(h, bad.current.id, { _tag: "no such claim" }, h.clock.value)).status, 503)
    await says(h, good.current.id, got("1200"), h.clock.value)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(good.id)).status, "paid")
  })

  it("is not acknowledged when it names no attempt, and joins by the token where the URL has one", async () => {
    await using h = await harness({ provider: (s: Script) => fake(s, { webhook: "hint_only" }) })
    const payment = await h.payments.create(order())
    const input = h.script.calls[0]?.input as { readonly urls: { readonly webhook: string } } | undefined
    const path = new URL(input?.urls.webhook ?? "").pathname.replace("/maksa", "")
    const message = notice({ says: got("1200"), at: h.clock.value })
    assert.strictEqual((await h.send("/webhooks/fake", message)).status, 503)
    assert.strictEqual((await h.send(path, message)).status, 200)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
  })
})

describe("a hint", () => {
  it("is asked about at once, however slow the provider's usual pace is", async () => {
    const slow = { earliestSeconds: 0, schedule: [{ untilSeconds: 1, everySeconds: 21_600 }] }
    await using h = await harness({ provider: (s: Script) => fake(s, { webhook: "hint_only", query: slow }) })
    h.script.create = () => Effect.succeed([action()])
    await h.payments.create(order())
    const input = h.script.calls[0]?.input as { readonly urls: { readonly webhook: string } } | undefined
    const path = new URL(input?.urls.webhook ?? "").pathname.replace("/maksa", "")
    h.clock.value += minutes(5)
    for (const n of [1, 2]) {
      await h.send(path, notice({ says: { _tag: "working" }, trust: "hint", n }))
      await h.payments.runDue()
      assert.strictEqual(statuses(h), n)
      h.clock.value += 11_000
    }
  })

  it("teaches no reference without the token that only the provider's server knows", async () => {
    await using h = await harness()
    h.script.create = () => failing(new OutcomeUnknown({ message: "lost" }))
    await reasonOf(h.payments.create(order()))
    const [payment] = await h.payments.list()
    const message = notice({
      about: payment?.current.id ?? "",
      says: { _tag: "working" },
      trust: "hint",
      reference: "OTHERS"
    })
    assert.strictEqual((await h.send("/webhooks/fake", message)).status, 200)
    await h.payments.runDue()
    assert.isUndefined((await h.payments.get(payment?.id ?? "")).current.providerReference)
  })
})

describe("a submission", () => {
  it("that ends late does not speak for the one that was sent after it", async () => {
    await using h = await harness({ provider: (s: Script) => fake(s, { repeatCreate: "after_absence" }) })
    const { promise, resolve } = Promise.withResolvers<void>()
    h.script.create = () =>
      Effect.andThen(
        Effect.promise(() => promise),
        failing(new RateLimited({ message: "slow down" }))
      )
    const first = reasonOf(h.payments.create(order()))
    for (let i = 0; creates(h) < 1 && i < 1000; i++) await new Promise((next) => setImmediate(next))
    h.script.create = () => Effect.succeed([action()])
    answering(h, { says: { _tag: "absent" }, trust: "proven" })
    await later(h, 11_000)
    assert.strictEqual(creates(h), 2)
    resolve()
    assert.strictEqual(await first, "RateLimited")
    const [payment] = await h.payments.list()
    assert.strictEqual(payment?.status, "requires_action")
    answering(h, received())
    await later(h, minutes(3))
    assert.strictEqual((await h.payments.get(payment?.id ?? "")).status, "paid")
  })

  it("is asked about although it was reported as not sent, once the provider has spoken of it, and never sent again", async () => {
    await using h = await harness()
    h.script.create = () => failing(new Unavailable({ message: "no" }))
    const request = order()
    await reasonOf(h.payments.create(request))
    const [payment] = await h.payments.list()
    await says(h, payment?.current.id ?? "", got("1200"), h.clock.value)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.create(request)).status, "paid")
    assert.strictEqual(creates(h), 1)
    answering(h, received())
    await later(h, days(2))
    assert.strictEqual((await h.payments.get(payment?.id ?? "")).state.finality, "hard")
  })

  it("is not repeated by the client once it was withdrawn, is past its deadline, or is not the newest", async () => {
    await using h = await harness()
    h.script.create = () => failing(new Unavailable({ message: "no" }))
    const [withdrawn, late, old] = [order(), order({ deadline: "2026-11-23T10:00:00Z" }), order()]
    for (const request of [withdrawn, late, old]) {
      h.clock.value += 1000
      await reasonOf(h.payments.create(request))
    }
    const [third, , first] = await h.payments.list()
    await h.payments.withdraw(first?.id ?? "", { by: "clerk", reason: "Not needed." })
    h.script.create = () => Effect.succeed([action()])
    await h.payments.attempt(again(third?.id ?? "", "newer"))
    h.clock.value += days(2)
    const before = creates(h)
    for (const request of [withdrawn, late, old]) await h.payments.create(request)
    assert.strictEqual(creates(h), before)
  })

  it("of which the provider has said anything is not sent again after an absence", async () => {
    await using h = await harness({ provider: (s: Script) => fake(s, { repeatCreate: "after_absence" }) })
    h.script.create = () => failing(new OutcomeUnknown({ message: "lost" }))
    await reasonOf(h.payments.create(order()))
    const [payment] = await h.payments.list()
    await says(h, payment?.current.id ?? "", { _tag: "unknown_word", word: "?" }, h.clock.value)
    answering(h, { says: { _tag: "absent" }, trust: "proven" })
    await later(h, 11_000)
    assert.deepStrictEqual([creates(h), (await h.payments.get(payment?.id ?? "")).status], [1, "processing"])
  })

  it("of a further attempt stays one after its payment was erased", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    await h.payments.attempt(again(payment.id, "second"))
    await h.payments.erase(payment.id)
    const { attempts } = await h.payments.attempt(again(payment.id, "second"))
    assert.strictEqual(attempts.length, 2)
  })

  it("has options that are plain JSON: what is not is refused before anything is stored", async () => {
    await using h = await harness()
    for (const note of [1n, new Date(), new URL("https://x.example")]) {
      const result = await reasonOf(h.payments.create(order({ options: { note } })))
      // What JSON can say as text is taken as that text.
      assert.strictEqual(result, typeof note === "bigint" ? "InvalidRequest" : "none")
    }
    const sent = h.script.calls.map(
      (call) => (call.input as { readonly options: { readonly note: unknown } }).options.note
    )
    assert.deepStrictEqual(
      sent.map((note) => typeof note),
      ["string", "string"]
    )
  })
})

describe("money", () => {
  const paidTwice = async (h: Harness) => {
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    const two = await h.payments.attempt(again(payment.id, "second"))
    return { id: payment.id, first: two.attempts[0].id, second: two.current.id }
  }

  it("that is hard in one attempt does not let soft money of another go back", async () => {
    await using h = await harness()
    const { id, first, second } = await paidTwice(h)
    await says(h, first, got("1200"), h.clock.value)
    answering(h, received())
    await later(h, days(2))
    await says(h, second, got("1200"), h.clock.value)
    h.script.status = () => failing(new Unavailable({ message: "down" }))
    await h.payments.runDue()
    const { state } = await h.payments.get(id)
    assert.deepStrictEqual([state.finality, state.money.received?.minorUnits], ["hard", 2400n])
    assert.strictEqual(await reasonOf(h.payments.repay(repayment(id, 1201n))), "Conflict")
    assert.strictEqual(await reasonOf(h.payments.repay(repayment(id, 1200n))), "none")
  })

  it("that a query denied is gone, and cannot go back a second time", async () => {
    await using h = await harness()
    const { id, first, second } = await paidTwice(h)
    await says(h, first, got("1200"), h.clock.value)
    await h.payments.runDue()
    answering(h, { says: { _tag: "refused" }, trust: "proven" })
    await later(h, minutes(2))
    await says(h, second, got("1200"), h.clock.value)
    await h.payments.runDue()
    const { money: facts } = (await h.payments.get(id)).state
    assert.deepStrictEqual([facts.received?.minorUnits, facts.undone?.minorUnits], [2400n, 1200n])
    assert.strictEqual(await reasonOf(h.payments.repay(repayment(id, 1201n, { override: true }))), "Conflict")
  })

  it("that was undone after a repayment was requested stops its approval", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    await says(h, payment.current.id, got("1200"), h.clock.value)
    answering(h, received())
    await later(h, days(2))
    const { id } = await h.payments.repay(repayment(payment.id, 1200n))
    await says(h, payment.current.id, { _tag: "undone" }, h.clock.value)
    await h.payments.runDue()
    assert.strictEqual(await reasonOf(h.payments.stepRepayment(id, { action: "approve", by: "chief" })), "Conflict")
  })

  it("goes back only in the currency in which it came", async () => {
    await using h = await harness()
    const { amount: _amount, ...tariff } = order({ lines: [{ position: "1", quantity: "2" }] })
    const payment = await h.payments.create(tariff as never)
    await says(h, payment.current.id, got("1200"), h.clock.value)
    answering(h, received())
    await later(h, days(2))
    for (const currency of ["KWD", "eur!"]) {
      const input = repayment(payment.id, 600n, { amount: { minorUnits: 600n, currency } })
      assert.strictEqual(await reasonOf(h.payments.repay(input)), "InvalidRequest", currency)
    }
    assert.strictEqual((await h.payments.repayments(payment.id)).length, 0)
  })

  it("is never paid on a sum that later evidence contradicts, nor on none or less than none", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    await says(h, payment.current.id, got("1200"), h.clock.value)
    answering(h, received(1n))
    await later(h, minutes(2))
    await later(h, days(2))
    assert.strictEqual((await h.payments.get(payment.id)).status, "under_review")
    for (const minor of ["0", "-500"]) {
      const { amount: _amount, ...tariff } = order({ lines: [{ position: "1", quantity: "2" }] })
      const free = await h.payments.create(tariff as never)
      await says(h, free.current.id, got(minor), h.clock.value)
      await h.payments.runDue()
      assert.strictEqual((await h.payments.get(free.id)).status, "under_review", minor)
    }
  })

  it("that went back in part is not whole again by the first sum's repetition", async () => {
    await using h = await harness({ fulfilment: { policy: "hard-only" } })
    const payment = await h.payments.create(order())
    await says(h, payment.current.id, got("1200"), h.clock.value)
    await says(h, payment.current.id, { _tag: "undone", amount: eur("200") }, h.clock.value + 1)
    answering(h, received())
    await later(h, minutes(2))
    await later(h, days(2))
    assert.strictEqual((await h.payments.get(payment.id)).status, "under_review")
    assert.isFalse(h.events.some((event) => event.type === "payment.fulfil"))
  })

  it("whose surplus went back stays paid", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    const claims = [
      received(1200n),
      received(1200n),
      { says: { _tag: "undone", amount: money(1200n, "EUR") }, trust: "proven" } as const
    ]
    h.script.status = () => Effect.succeed(claims.map((claim, i) => ({ ...claim, operation: `op-${i}` })))
    await later(h, minutes(2))
    const { status, attention } = (await h.payments.get(payment.id)).state
    assert.deepStrictEqual([status, [...attention]], ["paid", []])
  })
})

describe("the application", () => {
  it("hears that money is gone although another attempt is open, and of the next money", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    const { attempts } = await h.payments.attempt(again(payment.id, "second"))
    const claims = [
      [0, got("1200")],
      [0, { _tag: "undone" }],
      [1, got("1200")]
    ] as const
    for (const [index, claim] of claims) {
      h.clock.value += 1000
      await says(h, attempts[index]?.id ?? "", claim, h.clock.value)
      await h.payments.runDue()
    }
    const told = h.events.map((event) => event.type).filter((type) => type.startsWith("payment.fulfil"))
    assert.deepStrictEqual(told, ["payment.fulfil", "payment.fulfilment_withdrawn", "payment.fulfil"])
  })

  it("hears of one payment in order, and of every payment after a weekend without its database", async () => {
    let isDown = true
    const heard: Array<string> = []
    await using h = await harness({
      onEvent: (event) => {
        if (isDown) throw new Error("down")
        if (event.type !== "payment.status_changed") heard.push(event.type)
      }
    })
    const payment = await h.payments.create(order())
    await says(h, payment.current.id, got("1200"), h.clock.value)
    await h.payments.runDue()
    await says(h, payment.current.id, { _tag: "undone" }, h.clock.value + 1)
    for (let i = 0; i < 70; i++) await later(h, minutes(60))
    isDown = false
    for (let i = 0; i < 4; i++) await later(h, minutes(61))
    assert.deepStrictEqual(heard, ["payment.fulfil", "payment.fulfilment_withdrawn"])
  })

  it("is not kept from other payments by one whose provider's adapter breaks", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const [broken, well] = [await h.payments.create(order()), await h.payments.create(order())]
    h.script.status = (attempt) =>
      attempt.paymentId === broken.id ? Effect.die(new Error("bug")) : Effect.succeed([received()])
    await later(h, minutes(2))
    assert.strictEqual((await h.payments.get(well.id)).status, "paid")
  })
})

describe("an operator's decision", () => {
  it("is contradicted by what comes after it, though it is dated before", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    h.clock.value += minutes(5)
    await h.payments.decide(payment.id, { status: "canceled", by: "clerk", reason: "Not needed." })
    h.clock.value += 1000
    await says(h, payment.current.id, got("1200"), h.clock.value - 60_000)
    await h.payments.runDue()
    const { status, reason } = (await h.payments.get(payment.id)).state
    assert.deepStrictEqual([status, reason], ["under_review", "contradicts_hard_state"])
  })

  it("is not contradicted by the fact that it judged", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    await says(h, payment.current.id, got("1199"), h.clock.value)
    await h.payments.runDue()
    h.clock.value += minutes(1)
    await h.payments.decide(payment.id, { status: "paid", by: "clerk", reason: "One cent is not worth it." })
    answering(h, received(1199n))
    await later(h, minutes(5))
    await h.payments.refresh(payment.id)
    const { status, finality } = (await h.payments.get(payment.id)).state
    assert.deepStrictEqual([status, finality], ["paid", "hard"])
  })

  it("is about the attempt that speaks for the payment", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    const { attempts } = await h.payments.attempt(again(payment.id, "second"))
    await says(h, attempts[0].id, got("1200"), h.clock.value)
    await h.payments.runDue()
    h.clock.value += 1000
    const decided = await h.payments.decide(payment.id, {
      status: "reversed",
      by: "clerk",
      reason: "Chargeback letter."
    })
    assert.strictEqual(decided.attempts[0].status, "reversed")
  })
})

describe("asking", () => {
  it("does not go on for ever about a document that proves no sum, nor about a word that changes nothing", async () => {
    await using h = await harness({
      provider: (s: Script) =>
        fake(s, { amountEvidence: "receipt", receipt: { origin: "provider", formats: ["pdf", "xml"] } })
    })
    let documents = 0
    h.script.receipt = () => {
      documents++
      return Effect.succeed({
        _tag: "document",
        mediaType: "application/xml",
        bytes: new TextEncoder().encode("<receipt/>"),
        observations: []
      })
    }
    h.script.create = () => Effect.succeed([{ ...action(), providerReference: "R" }])
    await h.payments.create(order())
    answering(h, { says: { _tag: "received" }, trust: "proven" })
    for (let i = 0; i < 120; i++) await later(h, minutes(1))
    assert.isBelow(documents, 12)
    assert.isAbove(documents, 2)
    const asked = statuses(h)
    assert.isAtMost(asked, 121)
  })

  it("goes on after the clock was set back", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    h.clock.value += days(5)
    await h.payments.refresh(payment.id)
    h.clock.value -= days(4)
    answering(h, received())
    await h.payments.refresh(payment.id)
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
  })

  it("waits for the provider's earliest moment, also when somebody asks for it", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    h.clock.value += 5000
    await h.payments.refresh(payment.id)
    assert.strictEqual(statuses(h), 0)
    h.clock.value += 5000
    await h.payments.refresh(payment.id)
    assert.strictEqual(statuses(h), 1)
  })
})

describe("payment endpoints", () => {
  it("let the application read the body to decide, and send payers only where it allows", async () => {
    await using h = await harness({
      authorize: async (request) => (await request.text()).includes("CASE-1"),
      returnOrigins: ["https://agency.example"]
    })
    h.script.create = () => Effect.succeed([action()])
    const body = (returnUrl: string) => JSON.stringify({ ...order({ returnUrl }), amount: eur("1200") })
    const post = (returnUrl: string) => h.send("/payments", { method: "POST", body: body(returnUrl) })
    assert.strictEqual((await post("https://elsewhere.example/")).status, 400)
    assert.strictEqual((await post("https://agency.example/x")).status, 201)
  })
})

describe("nothing is lost or hidden", () => {
  it("events of one payment that wait for a failed one do not hide those of others", async () => {
    let isDown = true
    const heard = new Set<string>()
    await using h = await harness({
      onEvent: (event) => {
        if (isDown) throw new Error("down")
        if (event.type === "payment.fulfil") heard.add(event.paymentId)
      }
    })
    const payments = []
    for (let i = 0; i < 30; i++) payments.push(await h.payments.create(order()))
    for (const claim of [got("1200"), { _tag: "undone" }, got("1200")]) {
      for (const payment of payments) await says(h, payment.current.id, claim, (h.clock.value += 1))
      await h.payments.runDue()
    }
    isDown = false
    for (let i = 0; i < 6; i++) await later(h, minutes(61))
    assert.strictEqual(heard.size, 30)
  })

  it("a commit that fails once loses neither evidence nor a decision", async () => {
    let failNext = false
    const wrap = storeFailing("updatePayment", () => {
      const fails = failNext
      failNext = false
      return fails
    })
    await using h = await harness({ wrap })
    const payment = await h.payments.create(order())
    assert.strictEqual((await says(h, payment.current.id, got("1200"), h.clock.value)).status, 200)
    failNext = true
    await h.payments.runDue().catch(() => undefined)
    assert.isFalse(failNext)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
  })

  it("a late 'not sent' of an older submission does not silence the newer one whose reply was lost", async () => {
    await using h = await harness({ provider: (s: Script) => fake(s, { repeatCreate: "after_absence" }) })
    const { promise, resolve } = Promise.withResolvers<void>()
    h.script.create = () =>
      Effect.andThen(
        Effect.promise(() => promise),
        failing(new Unavailable({ message: "no" }))
      )
    const first = reasonOf(h.payments.create(order()))
    for (let i = 0; creates(h) < 1 && i < 1000; i++) await new Promise((next) => setImmediate(next))
    h.script.create = () => failing(new OutcomeUnknown({ message: "lost" }))
    answering(h, { says: { _tag: "absent" }, trust: "proven" })
    await later(h, 11_000)
    resolve()
    await first
    answering(h, received())
    await later(h, minutes(2))
    const [payment] = await h.payments.list()
    assert.deepStrictEqual([creates(h), payment?.status], [2, "paid"])
  })

  it("money that goes after a decision is seen, though the same words were said before it", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    for (const claim of [got("1200"), { _tag: "undone" }, got("1200")]) {
      await says(h, payment.current.id, claim, (h.clock.value += 1000))
      await h.payments.runDue()
    }
    h.clock.value += 1000
    await h.payments.decide(payment.id, { status: "paid", by: "clerk", reason: "The bank confirms." })
    await says(h, payment.current.id, { _tag: "undone" }, (h.clock.value += 1000), 7)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).status, "under_review")
    assert.strictEqual(await reasonOf(h.payments.repay(repayment(payment.id, 1200n))), "Conflict")
  })

  it("a withdrawn payment stays watched while it can still be paid", async () => {
    await using h = await harness()
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order({ deadline: "2026-12-20T10:00:00Z" }))
    await h.payments.withdraw(payment.id, { by: "clerk", reason: "Not needed." })
    answering(h, { says: { _tag: "absent" }, trust: "proven" })
    await later(h, days(2))
    assert.strictEqual((await h.payments.get(payment.id)).state.finality, "soft")
    answering(h, received())
    await later(h, days(1))
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
  })

  it("a hint asks also about what was decided, and about what was reported as never sent", async () => {
    await using h = await harness({ provider: (s: Script) => fake(s, { webhook: "hint_only" }) })
    h.script.create = () => Effect.succeed([action()])
    const decided = await h.payments.create(order())
    h.clock.value += minutes(1)
    await h.payments.decide(decided.id, { status: "canceled", by: "clerk", reason: "Not needed." })
    h.script.create = () => failing(new Unavailable({ message: "no" }))
    const request = order()
    await reasonOf(h.payments.create(request))
    answering(h, received())
    for (const call of h.script.calls.filter((one) => one.verb === "create")) {
      const { urls } = call.input as { readonly urls: { readonly webhook: string } }
      const path = new URL(urls.webhook).pathname.replace("/maksa", "")
      await h.send(path, notice({ says: { _tag: "working" }, trust: "hint" }))
    }
    await later(h, minutes(1))
    assert.strictEqual((await h.payments.get(decided.id)).status, "under_review")
    assert.strictEqual((await h.payments.create(request)).status, "paid")
    assert.strictEqual(creates(h), 2)
  })

  it("promised money is not withdrawn", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    await says(h, payment.current.id, { _tag: "promised", amount: eur("1200") }, h.clock.value)
    await h.payments.runDue()
    assert.strictEqual(await reasonOf(h.payments.withdraw(payment.id, { by: "clerk", reason: "x" })), "Conflict")
  })

  it("a denial and the reversal's own message are one sum", async () => {
    await using h = await harness()
    const payment = await h.payments.create(order())
    await says(h, payment.current.id, got("1200"), h.clock.value)
    await h.payments.runDue()
    answering(h, { says: { _tag: "refused" }, trust: "proven" })
    await later(h, minutes(2))
    await says(h, payment.current.id, { _tag: "undone", amount: eur("1200") }, h.clock.value + 1)
    await h.payments.runDue()
    assert.strictEqual((await h.payments.get(payment.id)).state.money.undone?.minorUnits, 1200n)
  })
})

describe("a notice that nobody has followed up yet", () => {
  it("is asked about before a payment is withdrawn or tried again, and holds both back while it may not be", async () => {
    await using h = await harness({ provider: (s: Script) => fake(s, { webhook: "hint_only" }) })
    h.script.create = () => Effect.succeed([action()])
    const payment = await h.payments.create(order())
    const input = h.script.calls[0]?.input as { readonly urls: { readonly webhook: string } } | undefined
    const path = new URL(input?.urls.webhook ?? "").pathname.replace("/maksa", "")
    h.clock.value += minutes(1)
    await h.payments.refresh(payment.id)
    h.clock.value += 2000
    answering(h, received())
    await h.send(path, notice({ says: { _tag: "working" }, trust: "hint" }))
    const withdrawing = () => reasonOf(h.payments.withdraw(payment.id, { by: "payer", reason: "No." }))
    assert.strictEqual(await withdrawing(), "NotReady")
    assert.strictEqual(await reasonOf(h.payments.attempt(again(payment.id, "other way"))), "NotReady")
    h.clock.value += 10_000
    assert.strictEqual(await withdrawing(), "Conflict")
    assert.strictEqual((await h.payments.get(payment.id)).status, "paid")
  })
})
