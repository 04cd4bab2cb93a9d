import { assert, describe, it } from "vitest"
import { MoneyBook } from "../../src/lifecycle/moneyBook.ts"
import { type Money, money } from "../../src/Money.ts"
import type { Claim } from "../../src/Observation.ts"
import { entry, received } from "./ledgers.ts"

const asked = money(1200n, "EUR")
const undone = (minor?: bigint): Claim => ({
  _tag: "undone",
  ...(minor === undefined ? {} : { amount: money(minor, "EUR") })
})

/** A book with some entries; each may name its operation and whether undone money may return. */
const bookOf = (of: Money | undefined, ...notes: ReadonlyArray<readonly [Claim, string?, boolean?]>) => {
  const book = new MoneyBook(of)
  const less = notes.map(([says, operation, mayReturn = false]) =>
    book.note(entry(says, 1, operation === undefined ? {} : { operation }), mayReturn)
  )
  return { book, less, sums: [book.received, book.undone] as const }
}

describe("received money", () => {
  it("is unknown until a sum is named", () => {
    assert.deepStrictEqual(bookOf(asked).sums, [undefined, 0n])
    assert.deepStrictEqual(bookOf(asked, [{ _tag: "received" }]).sums, [undefined, 0n])
    assert.deepStrictEqual(bookOf(asked, [{ _tag: "working" }], [{ _tag: "promised", amount: asked }]).sums, [
      undefined,
      0n
    ])
  })

  it("is one sum per operation, united over operations and never added up over repetitions", () => {
    assert.strictEqual(bookOf(asked, [received(600n), "a"], [received(600n), "a"]).book.received, 600n)
    assert.strictEqual(bookOf(asked, [received(600n), "a"], [received(500n), "b"]).book.received, 1100n)
    assert.strictEqual(bookOf(asked, [received(600n)], [received(500n), ""]).book.received, 600n)
    assert.strictEqual(bookOf(asked, [received(600n), "a"], [received(700n), "a"]).book.received, 700n)
  })

  it("that is less than its operation has proven is noticed and not believed", () => {
    const { less, book } = bookOf(
      asked,
      [received(600n), "a"],
      [received(599n), "a"],
      [received(600n), "a"],
      [received(1n), "b"]
    )
    assert.deepStrictEqual(less, [false, true, false, false])
    assert.strictEqual(book.received, 601n)
  })

  it("in another currency is not added up", () => {
    const { book, less } = bookOf(asked, [received(600n, "USD")])
    assert.deepStrictEqual([book.received, book.currency, less], [undefined, "EUR", [false]])
    const first = bookOf(undefined, [received(5n, "USD")], [received(7n, "EUR")])
    assert.deepStrictEqual([first.book.received, first.book.currency], [5n, "USD"])
  })
})

describe("money that went back", () => {
  it("without a sum is all that came, or all that was asked where nothing was named", () => {
    assert.deepStrictEqual(bookOf(asked, [received(500n)], [undone()]).sums, [500n, 500n])
    assert.deepStrictEqual(bookOf(asked, [undone()]).sums, [undefined, 1200n])
    assert.deepStrictEqual(bookOf(undefined, [undone()]).sums, [undefined, 0n])
  })

  it("is the named sum, one per operation, and never less than was said before", () => {
    assert.strictEqual(bookOf(asked, [received()], [undone(200n)]).book.undone, 200n)
    assert.strictEqual(bookOf(asked, [received()], [undone(200n), "a"], [undone(200n), "a"]).book.undone, 200n)
    assert.strictEqual(bookOf(asked, [received()], [undone(200n), "a"], [undone(300n), "b"]).book.undone, 500n)
    assert.strictEqual(bookOf(asked, [received()], [undone(200n), "a"], [undone(100n), "a"]).book.undone, 200n)
    assert.strictEqual(bookOf(asked, [received()], [undone(200n)], [undone(300n), ""]).book.undone, 300n)
    assert.strictEqual(bookOf(asked, [received()], [undone(200n)], [undone(300n), "b"]).book.undone, 500n)
    assert.strictEqual(bookOf(asked, [received(500n)], [undone(300n), "a"], [undone(400n), "a"]).book.undone, 400n)
  })

  it("is never more than came", () => {
    assert.strictEqual(bookOf(asked, [received(500n)], [undone(501n)]).book.undone, 500n)
    assert.strictEqual(bookOf(asked, [received(500n)], [undone(500n)]).book.undone, 500n)
    assert.strictEqual(bookOf(asked, [received(500n), "a"], [undone(300n), "b"], [undone(300n), "c"]).book.undone, 500n)
    assert.strictEqual(bookOf(asked, [received(500n), "a"], [undone(300n), "b"], [undone(), "c"]).book.undone, 500n)
    assert.strictEqual(bookOf(asked, [received(500n), "a"], [undone(500n), "b"], [undone(1n), "c"]).book.undone, 500n)
    assert.strictEqual(bookOf(undefined, [undone(300n)]).book.undone, 300n)
  })

  it("comes back when all of it was gone and the same operation's money is there again", () => {
    const back = (...notes: ReadonlyArray<readonly [Claim, string?, boolean?]>) => bookOf(asked, ...notes).book.undone
    assert.strictEqual(back([received(), "a"], [undone(), "a"], [received(), "a", true]), 0n)
    assert.strictEqual(back([received(), "a"], [undone(), "a"], [received(), "a", false]), 1200n)
    assert.strictEqual(back([received(), "a"], [undone(), "a"], [received(), "b", true]), 1200n)
    assert.strictEqual(back([received(), "a"], [undone(1199n), "a"], [received(), "a", true]), 1199n)
    assert.strictEqual(back([received(), "a"], [undone(), "a"], [received(600n), "a", true]), 1200n)
  })

  it("comes back when all of it was gone and the same operation names more", () => {
    const again = (all: bigint) =>
      bookOf(asked, [received(), "a"], [undone(all), "r"], [received(1201n), "a", true]).sums
    assert.deepStrictEqual(again(1200n), [1201n, 0n])
    assert.deepStrictEqual(again(1199n), [1201n, 1199n])
  })

  it("comes back when all of it went before anybody named it, and an answer names it", () => {
    const answered = (of: Money | undefined, gone: Claim, channel: "query" | "receipt" | "webhook", minor = 1201n) => {
      const { book } = bookOf(of, [gone, "r"])
      book.note(entry(received(minor), 2, { operation: "a", channel }), true)
      return [book.received, book.undone]
    }
    assert.deepStrictEqual(answered(asked, undone(), "query"), [1201n, 0n])
    assert.deepStrictEqual(answered(asked, undone(1200n), "query"), [1201n, 0n])
    assert.deepStrictEqual(answered(asked, undone(), "query", 5n), [5n, 0n])
    // A part that went back is part of what the answer names.
    assert.deepStrictEqual(answered(asked, undone(1199n), "query"), [1201n, 1199n])
    // Other words may be of the time before: then what went is what they name, unless its sum was told.
    for (const channel of ["receipt", "webhook"] as const) {
      assert.deepStrictEqual(answered(asked, undone(), channel), [1201n, 1201n])
      assert.deepStrictEqual(answered(asked, undone(), channel, 1199n), [1199n, 1199n])
      assert.deepStrictEqual(answered(asked, undone(1200n), channel), [1201n, 1200n])
    }
    assert.deepStrictEqual(answered(undefined, undone(300n), "query"), [1201n, 300n])
    const { book } = bookOf(asked, [received(), "a"], [undone(), "r"])
    book.note(entry(received(), 3, { operation: "b", channel: "query" }), true)
    assert.deepStrictEqual([book.received, book.undone], [2400n, 1200n])
  })

  it("has no sum of its own once it came back, or once another return named one", () => {
    const back = bookOf(asked, [undone(), "r"], [{ _tag: "received" }, "", true], [received(1201n), "a"]).book
    assert.deepStrictEqual([back.received, back.undone], [1201n, 0n])
    const named = bookOf(asked, [undone(), "r"], [undone(1200n), "r"], [received(1201n), "a"]).book
    assert.deepStrictEqual([named.received, named.undone], [1201n, 1200n])
    const parts = bookOf(asked, [undone(300n), "p"], [undone(), "r"], [received(1201n), "a"]).book
    assert.deepStrictEqual([parts.received, parts.undone], [1201n, 1200n])
    const more = bookOf(asked, [undone(), "r"], [received(1201n), "a"], [received(500n), "b"]).book
    assert.deepStrictEqual([more.received, more.undone], [1701n, 1201n])
    const denied = bookOf(asked, [undone(), "r"], [{ _tag: "received" }, "", true]).book
    denied.deny()
    denied.note(entry(received(1201n), 2, { operation: "a" }), true)
    assert.deepStrictEqual([denied.received, denied.undone], [1201n, 1200n])
  })

  it("comes back on a word without a sum, where the state lets it", () => {
    assert.strictEqual(bookOf(asked, [received()], [undone(5n)], [{ _tag: "received" }, "", true]).book.undone, 0n)
    assert.strictEqual(bookOf(asked, [received()], [undone(5n)], [{ _tag: "received" }]).book.undone, 5n)
    assert.strictEqual(bookOf(asked, [received()], [undone(5n)], [{ _tag: "working" }, "", true]).book.undone, 5n)
    assert.strictEqual(bookOf(asked, [undone()], [received(), "", true]).book.undone, 1200n)
  })
})

describe("money that a query denies", () => {
  it("is all that is left", () => {
    const { book } = bookOf(asked, [received()], [undone(200n)])
    book.deny()
    assert.strictEqual(book.undone, 1200n)
    book.deny()
    assert.strictEqual(book.undone, 1200n)
  })

  it("is what was asked where no sum was named, and nothing where nothing was asked", () => {
    const named = new MoneyBook(asked)
    named.deny()
    assert.deepStrictEqual([named.undone, named.received], [1200n, undefined])
    const unnamed = new MoneyBook(undefined)
    unnamed.deny()
    assert.strictEqual(unnamed.undone, 0n)
  })

  it("is the same money that the reversal's own message then names", () => {
    const { book } = bookOf(asked, [received(), "a"])
    book.deny()
    book.note(entry(undone(1000n), 2, { operation: "r" }), false)
    assert.strictEqual(book.undone, 1000n)
  })
})

describe("an operator's decision", () => {
  const decided = (status: "paid" | "reversed" | "declined", wasThere: boolean, back?: bigint) => {
    const { book } = bookOf(asked, [received(500n)], ...(back === undefined ? [] : [[undone(back)] as const]))
    book.decide(status, wasThere)
    return book.undone
  }
  it("that money was reversed takes all that had come", () => {
    assert.deepStrictEqual([decided("reversed", true), decided("reversed", false)], [500n, 0n])
  })
  it("that it is paid brings back what was gone entirely, and leaves a part that went back", () => {
    assert.deepStrictEqual([decided("paid", true, 500n), decided("paid", true, 499n)], [0n, 499n])
    const { book } = bookOf(asked, [undone()])
    book.decide("paid", true)
    assert.strictEqual(book.undone, 0n)
  })
  it("of another kind moves no money", () => {
    assert.deepStrictEqual([decided("declined", true), decided("declined", true, 500n)], [0n, 500n])
  })
})

describe("a sum of the book", () => {
  it("has the book's currency, and is unknown without one", () => {
    const { book } = bookOf(asked)
    assert.deepStrictEqual(
      [book.toMoney(5n), book.toMoney(0n), book.toMoney(undefined)],
      [money(5n, "EUR"), money(0n, "EUR"), undefined]
    )
    assert.isUndefined(new MoneyBook(undefined).toMoney(5n))
  })
})
