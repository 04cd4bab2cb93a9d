import { assert, describe, it } from "vitest"
import type { LedgerEntry } from "../../src/lifecycle/evidence.ts"
import { foldAttempt } from "../../src/lifecycle/fold.ts"
import { money } from "../../src/Money.ts"
import { Redirect, Wait } from "../../src/NextAction.ts"
import type { Claim } from "../../src/Observation.ts"
import { action, asked, day, entry, facts, query, received } from "./ledgers.ts"

const fold = (...entries: ReadonlyArray<LedgerEntry>) => foldAttempt(facts, entries)
const unpriced = (...entries: ReadonlyArray<LedgerEntry>) => foldAttempt({ ...facts, asked: undefined }, entries)

describe("an attempt without evidence", () => {
  it("is what its submission says, and knows nothing else", () => {
    assert.deepStrictEqual(fold(), {
      name: "created",
      since: 0,
      reason: undefined,
      attention: [],
      promised: undefined,
      received: undefined,
      undone: undefined,
      isUnconfirmed: false,
      nextAction: undefined,
      actionDigest: undefined,
      paidVia: undefined,
      providerCode: undefined,
      decline: undefined,
      wantsQuery: false,
      hasEvidence: false
    })
    for (const submission of ["none", "not_sent", "answered"] as const) {
      assert.strictEqual(foldAttempt({ ...facts, submission }, []).name, "created")
    }
    assert.strictEqual(foldAttempt({ ...facts, submission: "started" }, []).name, "submitted")
  })
})

describe("evidence", () => {
  it("counts once per digest, and only if it is proven", () => {
    const half = entry(received(600n), 1, { operation: "a" })
    assert.deepStrictEqual(fold(half, half).received, money(600n, "EUR"))
    assert.strictEqual(fold(entry({ _tag: "refused" }, 1, { trust: "hint" })).name, "created")
  })

  it("is anything the provider says, absence and our own words not counted", () => {
    assert.isFalse(fold(query({ _tag: "absent" }, 1)).hasEvidence)
    assert.isFalse(fold(entry({ _tag: "withdrawn" }, 1, { channel: "operator" })).hasEvidence)
    assert.isTrue(fold(entry({ _tag: "accepted" }, 1)).hasEvidence)
    assert.isTrue(fold(query({ _tag: "unknown_word", word: "?" }, 1)).hasEvidence)
  })

  it("of one instant stands in the order of a payment's life", () => {
    const of = (...tags: ReadonlyArray<Claim>) => fold(...tags.map((says) => entry(says, 5))).name
    const wait: Claim = { _tag: "action_needed", action: new Wait({}) }
    assert.strictEqual(of({ _tag: "accepted" }, wait), "requires_action")
    assert.strictEqual(of(wait, { _tag: "working" }), "processing")
    assert.strictEqual(of({ _tag: "refused" }, { _tag: "promised", amount: asked }), "declined_soft")
    assert.strictEqual(of(received(), { _tag: "refused" }), "paid_soft")
    assert.strictEqual(of({ _tag: "undone" }, received()), "reversed_soft")
    assert.strictEqual(of({ _tag: "promised", amount: asked }, { _tag: "working" }), "provisional")
    assert.strictEqual(of({ _tag: "withdrawn" }, { _tag: "promised", amount: asked }), "canceled_soft")
    assert.strictEqual(of({ _tag: "lapsed" }, received()), "paid_soft")
    const word: Claim = { _tag: "unknown_word", word: "?" }
    assert.deepStrictEqual(fold(entry(word, 5), entry({ _tag: "working" }, 5)).attention, ["unknown_status"])
    assert.deepStrictEqual(fold(entry(word, 5), entry({ _tag: "promised" }, 5)).attention, [])
    const absent = foldAttempt({ ...facts, submission: "started" }, [
      query({ _tag: "absent" }, 20_000),
      query({ _tag: "accepted" }, 20_000)
    ])
    assert.strictEqual(absent.name, "processing")
  })

  it("stands in the provider's order, whenever it reached us", () => {
    const told = fold(entry({ _tag: "refused" }, 99, { observedAt: 10 }), entry(received(), 50, { observedAt: 50 }))
    assert.deepStrictEqual([told.name, told.attention, told.wantsQuery], ["paid_soft", [], true])
  })

  it("of one instant and one kind is ordered by its digest", () => {
    const one = entry(action, 5, { digest: "a" })
    const other = entry({ _tag: "action_needed", action: new Redirect({ url: "https://pay.example/2" }) }, 5, {
      digest: "b"
    })
    for (const ledger of [
      [one, other],
      [other, one]
    ] as const)
      assert.strictEqual(fold(...ledger).actionDigest, "b")
  })
})

describe("what the provider says beside the state", () => {
  it("is the last that was said of bank and code, kept where later evidence is silent", () => {
    const told = fold(
      entry(action, 1, { paidVia: "HABALV22", providerCode: "1" }),
      entry({ _tag: "working" }, 2, { paidVia: "UNLALV2X" }),
      entry({ _tag: "refused" }, 3, { providerCode: "20000" }),
      query({ _tag: "refused" }, 4)
    )
    assert.deepStrictEqual([told.paidVia, told.providerCode], ["UNLALV2X", "20000"])
  })

  it("is why it came to nothing, for as long as it has", () => {
    const decline = { reason: "insufficient_funds", next: "use_another_way" } as const
    const refused = entry({ _tag: "refused" }, 3, { decline })
    assert.deepStrictEqual(fold(entry(action, 1), refused, query({ _tag: "refused" }, 4)).decline, decline)
    assert.isUndefined(fold(entry({ _tag: "working" }, 1, { decline })).decline)
    const ends = { refused: "declined", lapsed: "expired", withdrawn: "canceled" } as const
    for (const [_tag, status] of Object.entries(ends)) {
      // the keys are those of the record above
      const says = { _tag: _tag as keyof typeof ends }
      const soft = fold(entry(says, 1, { decline }))
      assert.deepStrictEqual([soft.name, soft.decline], [`${status}_soft`, decline])
      const hard = fold(entry(says, 1, { decline }), query(says, 30 * day))
      assert.deepStrictEqual([hard.name, hard.decline], [`${status}_hard`, decline])
    }
    const gone = [entry(received(), 1), entry({ _tag: "undone" }, 2, { decline })]
    const hard = fold(...gone, query({ _tag: "undone" }, 30 * day))
    assert.deepStrictEqual([hard.name, hard.decline], ["reversed_hard", decline])
    assert.isUndefined(fold(refused, entry(received(), 5)).decline)
    assert.isUndefined(fold(refused, entry(received(), 5), entry({ _tag: "undone" }, 6)).decline)
    assert.deepStrictEqual(fold(entry(received(), 1), entry({ _tag: "undone" }, 2, { decline })).decline, decline)
  })

  it("is marked for good where it deviated from the contract", () => {
    assert.deepStrictEqual(fold(entry(action, 1, { contractDrift: true }), query(received(), 2)).attention, [
      "contract_drift"
    ])
    assert.deepStrictEqual(fold(entry(action, 1, { contractDrift: false })).attention, [])
  })

  it("is sorted where several things need attention", () => {
    const told = fold(
      entry({ _tag: "unknown_word", word: "?" }, 3, { contractDrift: true }),
      entry({ _tag: "refused" }, 1),
      entry({ _tag: "received" }, 2)
    )
    assert.deepStrictEqual(told.attention, ["amount_unconfirmed", "contract_drift", "late_money", "unknown_status"])
  })
})

describe("the payer's action", () => {
  it("is the newest that was asked for, with the digest of who asked", () => {
    const first = entry(action, 1, { digest: "x1" })
    const next = new Redirect({ url: "https://pay.example/2" })
    const second = entry({ _tag: "action_needed", action: next }, 2, { digest: "x2" })
    const told = fold(second, first)
    assert.deepStrictEqual([told.nextAction, told.actionDigest], [next, "x2"])
  })

  it("is over once the payer has acted or the attempt has ended, and open while it is only accepted", () => {
    const open: ReadonlyArray<Claim> = [{ _tag: "accepted" }, { _tag: "unknown_word", word: "?" }, { _tag: "absent" }]
    for (const says of open) assert.isDefined(fold(entry(action, 1), entry(says, 2)).actionDigest, says._tag)
    const over: ReadonlyArray<Claim> = [
      { _tag: "working" },
      { _tag: "promised", amount: asked },
      received(),
      received(5n),
      { _tag: "refused" },
      { _tag: "lapsed" },
      { _tag: "withdrawn" },
      { _tag: "undone" }
    ]
    for (const says of over) {
      const told = fold(entry(action, 1), entry(says, 2))
      assert.deepStrictEqual([told.nextAction, told.actionDigest], [undefined, undefined], says._tag)
    }
    assert.isDefined(fold(entry(action, 1), entry({ _tag: "working", actionStands: true }, 2)).nextAction)
    assert.isUndefined(fold(entry(action, 1), entry({ _tag: "working", actionStands: false }, 2)).nextAction)
    assert.isUndefined(fold(entry(received(), 1), entry(action, 2)).nextAction)
  })
})

describe("promised money", () => {
  it("is what was named, or what was asked where nothing is named", () => {
    assert.deepStrictEqual(
      fold(entry({ _tag: "promised", amount: money(1300n, "EUR") }, 1)).promised,
      money(1300n, "EUR")
    )
    assert.deepStrictEqual(fold(entry({ _tag: "promised" }, 1)).promised, asked)
    assert.isUndefined(unpriced(entry({ _tag: "promised" }, 1)).promised)
    assert.isUndefined(fold(entry({ _tag: "working" }, 1)).promised)
  })
})

describe("received money", () => {
  it("is unconfirmed until it is named, and not when it never came or does not match", () => {
    const unnamed = fold(entry({ _tag: "received" }, 1))
    assert.deepStrictEqual(
      [unnamed.isUnconfirmed, unnamed.received, unnamed.attention],
      [true, undefined, ["amount_unconfirmed"]]
    )
    const named = fold(entry({ _tag: "received" }, 1), entry(received(), 2))
    assert.deepStrictEqual([named.isUnconfirmed, named.received, named.attention], [false, asked, []])
    const again = fold(entry(received(), 1), entry({ _tag: "received" }, 2))
    assert.deepStrictEqual([again.isUnconfirmed, again.attention], [false, []])
    const foreign = fold(entry(received(1200n, "USD"), 1))
    assert.deepStrictEqual(
      [foreign.isUnconfirmed, foreign.name, foreign.reason],
      [false, "under_review", "amount_mismatch"]
    )
    const gone = fold(entry({ _tag: "received" }, 1), entry({ _tag: "undone" }, 2))
    assert.deepStrictEqual([gone.name, gone.attention], ["reversed_soft", []])
    const hard = fold(query({ _tag: "received" }, 0), query({ _tag: "received" }, 8 * day))
    assert.deepStrictEqual([hard.name, hard.attention], ["paid_hard", ["amount_unconfirmed"]])
  })

  it("is underpaid while something is missing, and no longer when it has come", () => {
    const short = fold(entry(received(600n), 1, { operation: "a" }))
    assert.deepStrictEqual([short.name, short.reason, short.attention], ["under_review", "underpaid", ["underpaid"]])
    const rest = { ...query(received(600n), 2), operation: "b" }
    const whole = fold(entry(received(600n), 1, { operation: "a" }), rest)
    assert.deepStrictEqual([whole.name, whole.attention], ["paid_soft", []])
    const byMessage = fold(entry(received(600n), 1, { operation: "a" }), entry(received(600n), 2, { operation: "b" }))
    assert.deepStrictEqual([byMessage.name, byMessage.attention], ["under_review", []])
    const unnamed = fold(entry(received(600n), 1, { operation: "a" }), query({ _tag: "received" }, 2))
    assert.include(unnamed.attention, "underpaid")
    const wrong = fold(entry(received(600n), 1), query(received(600n, "USD"), 2))
    assert.include(wrong.attention, "underpaid")
  })

  it("is overpaid where more remains than was asked, and where nothing was asked it is not", () => {
    assert.deepStrictEqual(fold(entry(received(1201n), 1)).attention, ["overpaid"])
    assert.deepStrictEqual(fold(entry(received(1200n), 1)).attention, [])
    const back = entry({ _tag: "undone", amount: money(1n, "EUR") }, 2, { operation: "r" })
    const returned = fold(entry(received(1201n), 1), back)
    assert.deepStrictEqual([returned.attention, returned.name, returned.undone], [[], "paid_soft", money(1n, "EUR")])
    assert.deepStrictEqual(unpriced(entry(received(5n), 1)).attention, [])
  })

  it("that is less than what was proven is for a person", () => {
    const less = fold(entry(received(), 1), entry(received(1199n), 2))
    assert.deepStrictEqual([less.name, less.reason, less.received], ["under_review", "amount_mismatch", asked])
  })

  it("comes back after a reversal, and under review only by a query", () => {
    const reversed = [entry(received(), 1), entry({ _tag: "undone" }, 2)]
    const back = fold(...reversed, entry(received(), 3))
    assert.deepStrictEqual([back.name, back.undone, back.since], ["paid_soft", undefined, 3])
    const part = entry({ _tag: "undone", amount: money(200n, "EUR") }, 2, { operation: "r" })
    const review = fold(entry(received(), 1), part)
    assert.deepStrictEqual(
      [review.name, review.reason, review.undone],
      ["under_review", "partly_undone", money(200n, "EUR")]
    )
    assert.strictEqual(fold(entry(received(), 1), part, entry({ _tag: "received" }, 3)).undone?.minorUnits, 200n)
    assert.isUndefined(fold(entry(received(), 1), part, query({ _tag: "received" }, 3)).undone)
    const surplus = [
      entry(received(1300n), 1),
      entry({ _tag: "undone", amount: money(100n, "EUR") }, 2, { operation: "r" })
    ]
    assert.deepStrictEqual(fold(...surplus, query({ _tag: "received" }, 3)).undone, money(100n, "EUR"))
  })

  it("that an answer has called gone is asked about again when its message comes, and a person is not bothered", () => {
    // The provider's whole second may end after the answer within it.
    const early = query({ _tag: "undone" }, 1)
    const late = [entry(received(), 2, { operation: "sale" }), entry({ _tag: "undone" }, 2, { operation: "reversal" })]
    const gone = fold(early, ...late)
    assert.deepStrictEqual(
      [gone.name, gone.received, gone.undone, gone.wantsQuery],
      ["reversed_soft", asked, asked, true]
    )
    assert.deepStrictEqual(gone.attention, [])
    const [message] = late
    const back = fold(early, ...(message === undefined ? [] : [message]), {
      ...query(received(), 3),
      operation: "sale"
    })
    assert.deepStrictEqual([back.name, back.undone, back.wantsQuery], ["paid_soft", undefined, false])
    assert.strictEqual(fold(early, entry(received(1300n), 2)).name, "reversed_soft")
    const named = query({ _tag: "undone", amount: asked }, 1)
    assert.strictEqual(fold(named, entry(received(1300n), 2)).name, "under_review")
  })

  it("that has gone is asked about for a document too, and for nothing else that is told again", () => {
    const gone = entry({ _tag: "undone" }, 1, { operation: "r" })
    const shown = fold(gone, entry(received(), 2, { channel: "receipt" }))
    assert.deepInclude(shown, { name: "reversed_soft", undone: asked, wantsQuery: true })
    const paid = [entry(received(), 0), query(received(), 1)]
    const again = (at: number) => entry({ _tag: "undone", amount: asked }, at, { operation: "r" })
    assert.deepInclude(fold(...paid, again(2), again(3)), { name: "reversed_soft", wantsQuery: false })
    // An answer is believed, though what went was named and nobody knows what was asked.
    const priced = unpriced(again(1), query(received(), 2))
    assert.deepInclude(priced, { name: "paid_soft", wantsQuery: false })
  })

  it("of which only the return was told is there again when a query names it", () => {
    const again = fold(entry({ _tag: "undone" }, 1, { operation: "r" }), query(received(1201n), 2))
    assert.deepStrictEqual([again.name, again.undone, again.attention], ["paid_soft", undefined, ["overpaid"]])
    const told = [entry({ _tag: "undone" }, 1, { operation: "r" }), entry(received(1201n), 2)]
    assert.deepInclude(fold(...told), { name: "reversed_soft", undone: money(1201n, "EUR"), wantsQuery: true })
    const asked = fold(...told, query(received(1201n), 3))
    assert.deepStrictEqual([asked.name, asked.undone, asked.attention], ["paid_soft", undefined, ["overpaid"]])
  })

  it("that a query denies has all gone back", () => {
    const denied = fold(entry(received(), 1), query({ _tag: "refused" }, 2))
    assert.deepStrictEqual([denied.name, denied.undone], ["reversed_soft", asked])
    const hard = fold(entry(received(), 0), query(received(), 8 * day), query({ _tag: "lapsed" }, 9 * day))
    assert.deepStrictEqual([hard.name, hard.undone], ["under_review", asked])
    const open = fold(entry(action, 1), query({ _tag: "refused" }, 2))
    assert.deepStrictEqual([open.name, open.undone], ["declined_soft", undefined])
  })
})

describe("since and reason", () => {
  it("of what we withdrew are those of the provider's own word for its end", () => {
    const ours = entry({ _tag: "withdrawn" }, 5, { channel: "operator" })
    assert.strictEqual(fold(entry(action, 1), ours).since, 5)
    for (const _tag of ["refused", "lapsed", "withdrawn"] as const) {
      assert.strictEqual(fold(entry(action, 1), ours, entry({ _tag }, 9)).since, 9, _tag)
      assert.strictEqual(fold(entry(action, 1), ours, entry({ _tag }, 9), entry({ _tag }, 11)).since, 9, _tag)
    }
    assert.strictEqual(fold(entry(action, 1), ours, entry({ _tag: "working" }, 9)).since, 5)
  })

  it("are those of the change that led here, not of what repeats it", () => {
    const ledger = [entry({ _tag: "refused" }, 5), entry({ _tag: "refused" }, 9, { operation: "x" })]
    assert.strictEqual(fold(...ledger).since, 5)
    const review = fold(entry(received(5n), 5), entry(received(7n), 9, { operation: "x" }))
    assert.deepStrictEqual([review.since, review.reason], [5, "underpaid"])
    const left = fold(entry(received(5n), 5), query(received(), 9))
    assert.deepStrictEqual([left.name, left.since, left.reason], ["paid_soft", 9, undefined])
  })
})

describe("the wish to ask the provider", () => {
  const wish = (...entries: ReadonlyArray<LedgerEntry>) => fold(...entries).wantsQuery

  it("comes with a refusal after money, and goes with the next query", () => {
    for (const says of ["refused", "lapsed", "withdrawn"] as const) {
      assert.isTrue(wish(entry(received(), 1), entry({ _tag: says }, 2)), says)
    }
    assert.isFalse(wish(entry(received(), 1), entry({ _tag: "refused" }, 2), query({ _tag: "working" }, 3)))
    assert.isTrue(wish(entry(received(), 1), entry({ _tag: "refused" }, 2), entry({ _tag: "working" }, 3)))
  })

  it("comes with a wrong sum in a message, and not when the query itself says it", () => {
    assert.isTrue(wish(entry(received(5n), 1)))
    assert.isFalse(wish(query(received(5n), 1)))
  })

  it("comes with a message that changes the state without the provider's time", () => {
    const undated = (says: Claim, channel: LedgerEntry["channel"] = "webhook") =>
      entry(says, 2, { hasProviderTime: false, channel })
    assert.isTrue(wish(undated(received())))
    assert.isFalse(wish(entry(received(), 2)))
    assert.isFalse(wish(undated(received(), "reply")))
    assert.isFalse(wish(entry({ _tag: "working" }, 1), undated({ _tag: "working" })))
  })

  it("comes with two different facts of one instant, and not with the same fact twice", () => {
    assert.isTrue(wish(entry({ _tag: "refused" }, 2), entry(received(), 2)))
    assert.isFalse(wish(entry({ _tag: "refused" }, 1), entry(received(), 2)))
    assert.isFalse(wish(entry(received(), 2, { operation: "a" }), entry(received(), 2, { operation: "b" })))
    const kinds = [entry({ _tag: "refused" }, 2, { digest: "a" }), entry({ _tag: "withdrawn" }, 2, { digest: "b" })]
    assert.deepStrictEqual([wish(...kinds), fold(...kinds).name], [false, "canceled_soft"])
    assert.isFalse(wish(entry({ _tag: "working" }, 2), entry({ _tag: "unknown_word", word: "?" }, 2)))
  })
})
