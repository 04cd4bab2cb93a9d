import { assert, describe, it } from "vitest"
import { type AttemptFacts, type LedgerEntry, weigh, type Weighing } from "../../src/lifecycle/evidence.ts"
import type { StateName } from "../../src/lifecycle/table.ts"
import { money } from "../../src/Money.ts"
import type { Channel, Claim } from "../../src/Observation.ts"
import { day, entry, facts, received } from "./ledgers.ts"

const state = (name: StateName, more: Partial<Weighing> = {}): Weighing => ({
  name,
  since: 0,
  received: 1200n,
  receivedCurrency: "EUR",
  undone: 0n,
  isLessThanKnown: false,
  isOurWord: false,
  ...more
})
const by = (channel: Channel, says: Claim, at = 1): LedgerEntry => entry(says, at, { channel })
const unpriced: AttemptFacts = { ...facts, asked: undefined }
const channels: ReadonlyArray<Channel> = ["reply", "query", "webhook", "return", "listing", "receipt"]

describe("words without money", () => {
  it("are what they say, through every channel", () => {
    for (const channel of channels) {
      const weighed = ([{ _tag: "accepted" }, { _tag: "unknown_word", word: "?" }] as const).map((says) =>
        weigh(by(channel, says), facts, state("processing"))
      )
      assert.deepStrictEqual(weighed, ["accepted", "unknown_word"])
    }
    assert.strictEqual(
      weigh(by("query", { _tag: "decided", status: "paid" }), facts, state("paid_soft")),
      "unknown_word"
    )
  })

  it("keep the payer's action only where they do not tell whether it was used", () => {
    const working = (actionStands?: boolean) =>
      weigh(
        by("query", { _tag: "working", ...(actionStands === undefined ? {} : { actionStands }) }),
        facts,
        state("created")
      )
    assert.deepStrictEqual([working(), working(false), working(true)], ["working", "working", "accepted"])
  })
})

describe("a promise", () => {
  const promised = (minor: bigint, currency = "EUR", own = facts) =>
    weigh(by("webhook", { _tag: "promised", amount: money(minor, currency) }), own, state("processing"))
  it("is one where the sum is not named or nothing was asked", () => {
    assert.strictEqual(weigh(by("webhook", { _tag: "promised" }), facts, state("processing")), "promised")
    assert.strictEqual(promised(5n, "USD", unpriced), "promised")
  })
  it("of what was asked or more is one", () => {
    assert.deepStrictEqual([promised(1200n), promised(1201n)], ["promised", "promised"])
  })
  it("of less is short, of nothing or in another currency mismatched", () => {
    assert.deepStrictEqual([promised(1199n), promised(1n)], ["short", "short"])
    assert.deepStrictEqual(
      [promised(0n), promised(-1n), promised(1200n, "USD")],
      ["mismatched", "mismatched", "mismatched"]
    )
    assert.deepStrictEqual(
      [promised(0n, "EUR", unpriced), promised(-5n, "EUR", unpriced)],
      ["mismatched", "mismatched"]
    )
  })
})

describe("money", () => {
  const came = (channel: Channel, says: Claim, more: Partial<Weighing> = {}, own = facts) =>
    weigh(by(channel, says), own, state("processing", more))

  it("is confirmed by a query, a receipt or a listing that names it, and only received by a message", () => {
    assert.deepStrictEqual(
      channels.map((channel) => came(channel, received())),
      ["received", "confirmed", "received", "received", "confirmed", "confirmed"]
    )
    assert.deepStrictEqual(
      channels.map((channel) => came(channel, { _tag: "received" })),
      channels.map(() => "received")
    )
  })

  it("is mismatched in another currency than was asked or than came before", () => {
    assert.strictEqual(came("query", received(1200n, "USD"), { receivedCurrency: "USD" }), "mismatched")
    assert.strictEqual(came("query", received(1200n), { receivedCurrency: "USD" }), "mismatched")
    assert.strictEqual(came("query", received(1200n), { receivedCurrency: "USD" }, unpriced), "mismatched")
    assert.strictEqual(came("query", received(1200n, "USD"), { receivedCurrency: "USD" }, unpriced), "confirmed")
  })

  it("is mismatched when it is nothing, or less than is known of its operation", () => {
    assert.strictEqual(came("query", received(0n)), "mismatched")
    assert.strictEqual(came("query", received(-1n)), "mismatched")
    assert.strictEqual(came("query", received(1n)), "confirmed")
    assert.strictEqual(came("query", received(), { isLessThanKnown: true }), "mismatched")
  })

  it("is short by what is missing of all that is there", () => {
    assert.strictEqual(came("query", received(600n), { received: 1199n }), "short")
    assert.strictEqual(came("query", received(600n), { received: 1200n }), "confirmed")
    assert.strictEqual(came("query", received(600n), { received: 1300n, undone: 101n }), "short")
    assert.strictEqual(came("query", received(600n), { received: 1300n, undone: 100n }), "confirmed")
    assert.strictEqual(came("query", received(600n), { received: undefined }), "short")
    assert.strictEqual(came("query", received(1n), { received: 1n }, unpriced), "confirmed")
  })
})

describe("money that went back", () => {
  const undone = (amount: bigint | undefined, more: Partial<Weighing>, own = facts) =>
    weigh(
      by("webhook", { _tag: "undone", ...(amount === undefined ? {} : { amount: money(amount, "EUR") }) }),
      own,
      state("paid_soft", more)
    )
  it("is all of it where no sum is named or nothing remains", () => {
    assert.strictEqual(undone(undefined, { undone: 5n }), "undone")
    assert.strictEqual(undone(1200n, { undone: 1200n }), "undone")
    assert.strictEqual(undone(1300n, { undone: 1300n }), "undone")
    assert.strictEqual(undone(1200n, { received: undefined, undone: 1200n }), "undone")
    assert.strictEqual(undone(1n, { received: undefined, undone: 1n }, unpriced), "undone")
  })
  it("is a part of it where something remains, and a surplus where all that was asked remains", () => {
    assert.strictEqual(undone(1199n, { undone: 1199n }), "undone_partly")
    assert.strictEqual(undone(100n, { received: undefined, undone: 100n }), "undone_partly")
    assert.strictEqual(undone(100n, { received: 1300n, undone: 101n }), "undone_partly")
    assert.strictEqual(undone(100n, { received: 1300n, undone: 100n }), "undone_surplus")
    assert.strictEqual(undone(100n, { received: 1300n, undone: 100n }, unpriced), "undone_partly")
  })
})

describe("a no", () => {
  const weighed = (says: Claim["_tag"] & ("refused" | "lapsed" | "withdrawn"), channel: Channel, name: StateName) =>
    weigh(by(channel, { _tag: says }), facts, state(name))
  it("is a denial when a query says refused, and what it says when a message does", () => {
    for (const name of ["processing", "paid_soft", "under_review"] as const) {
      assert.deepStrictEqual(
        [weighed("refused", "query", name), weighed("refused", "webhook", name)],
        ["denied", "refused"]
      )
    }
  })
  it("by lapse or withdrawal is a denial only of money, and only from a query", () => {
    for (const says of ["lapsed", "withdrawn"] as const) {
      for (const name of ["paid_soft", "paid_hard"] as const) {
        assert.deepStrictEqual([weighed(says, "query", name), weighed(says, "webhook", name)], ["denied", says])
      }
      for (const name of ["processing", "provisional", "under_review", "declined_hard"] as const) {
        assert.strictEqual(weighed(says, "query", name), says)
      }
    }
  })
})

describe("a repetition after the soft window", () => {
  const windows = { paid_soft: 7, declined_soft: 14, expired_soft: 1, canceled_soft: 1, reversed_soft: 1 } as const
  const says: ReadonlyArray<Claim["_tag"]> = ["received", "refused", "lapsed", "withdrawn", "absent", "undone"]
  const settling: Readonly<Record<keyof typeof windows, ReadonlyArray<string>>> = {
    paid_soft: ["received"],
    declined_soft: ["refused", "lapsed", "withdrawn"],
    expired_soft: ["refused", "lapsed", "withdrawn", "absent"],
    canceled_soft: ["refused", "lapsed", "withdrawn", "absent"],
    reversed_soft: ["refused", "lapsed", "withdrawn", "undone"]
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- tags without further members, as claims
  const claim = (tag: Claim["_tag"]): Claim => ({ _tag: tag }) as Claim
  // Absence proves a lapse an hour after the deadline, which here has long passed.
  const early: AttemptFacts = { ...facts, deadline: -2 * day }

  for (const [name, days] of Object.entries(windows) as ReadonlyArray<[keyof typeof windows, number]>) {
    it(`settles ${name} after ${days} days, if a query says the same again`, () => {
      const at = 1000 + days * day
      const weighed = (channel: Channel, when: number) =>
        says.filter((tag) => weigh(by(channel, claim(tag), when), early, state(name, { since: 1000 })) === "settled")
      assert.deepStrictEqual(weighed("query", at), settling[name])
      assert.deepStrictEqual(weighed("query", at - 1), [])
      assert.deepStrictEqual(weighed("webhook", at), [])
    })
  }

  it("settles nothing that is not soft", () => {
    for (const name of ["created", "processing", "provisional", "paid_hard", "under_review"] as const) {
      for (const tag of says)
        assert.notStrictEqual(weigh(by("query", claim(tag), 99 * day), early, state(name)), "settled")
    }
  })

  it("settles no money that does not match, and no absence that proves nothing", () => {
    assert.strictEqual(
      weigh(by("query", received(1199n), 99 * day), facts, state("paid_soft", { received: 1199n })),
      "short"
    )
    assert.strictEqual(weigh(by("query", received(), 99 * day), facts, state("paid_soft")), "settled")
    const never: AttemptFacts = { ...facts, absenceProvesAfter: { notSubmittedSeconds: 10, lapsedSeconds: false } }
    assert.strictEqual(weigh(by("query", { _tag: "absent" }, 99 * day), never, state("expired_soft")), "absent")
  })
})

describe("absence", () => {
  const absent = (at: number, name: StateName, own: AttemptFacts = facts) =>
    weigh(by("query", { _tag: "absent" }, at), own, state(name))
  it("proves that a lost request never arrived, so many seconds after it was sent", () => {
    const sent = { ...facts, submittedAt: 5000 }
    assert.deepStrictEqual(
      [absent(14_999, "submitted", sent), absent(15_000, "submitted", sent)],
      ["absent", "absent_conclusive"]
    )
    assert.strictEqual(absent(99 * day, "submitted", { ...facts, submittedAt: undefined }), "absent")
    const never = { ...facts, absenceProvesAfter: { notSubmittedSeconds: false, lapsedSeconds: 0 } } as const
    assert.strictEqual(absent(99 * day, "submitted", never), "absent")
  })
  it("proves a lapse so many seconds after the deadline, whenever it was sent", () => {
    const at = 10 * day + 3_600_000
    assert.deepStrictEqual([absent(at - 1, "processing"), absent(at, "processing")], ["absent", "absent_conclusive"])
    assert.strictEqual(absent(at, "processing", { ...facts, submittedAt: undefined }), "absent_conclusive")
    const never = { ...facts, absenceProvesAfter: { notSubmittedSeconds: 0, lapsedSeconds: false } } as const
    assert.strictEqual(absent(99 * day, "processing", never), "absent")
  })
})
