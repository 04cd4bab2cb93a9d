// One history of seven days and what follows them, with every late turn that the documents of ecommpay's method name:
// https://developers.ecommpay.com/en/pm_latvia.html, "Confirmation of crediting".
import type { Payment } from "@maksa/core"
import { assert, it } from "vitest"
import { openSevenDays } from "./sevenDays.ts"

const facts = ({ state: { attention, finality, money, status } }: Payment): string =>
  [
    `${status} (${finality})`,
    ...(["promised", "received", "undone", "givenBack"] as const).flatMap((name) => {
      const sum = money[name]?.minorUnits ?? 0n
      return sum === 0n ? [] : [`${name} ${sum}`]
    }),
    ...attention
  ].join(", ")

it("seven days with every late turn end in what really moved", { timeout: 120_000 }, async ({ annotate }) => {
  await using history = await openSevenDays()
  /** What is believed of each payment: a step names what it changes, and everything else must stand. */
  const table: Record<string, string> = {}
  const expect = async (what: string, changes: Readonly<Record<string, string>>): Promise<void> => {
    Object.assign(table, changes)
    const believed = await Promise.all(
      history.names().map(async (name) => [name, facts(await history.get(name))] as const)
    )
    assert.deepStrictEqual(Object.fromEntries(believed), table, what)
  }

  // Monday, 9 o'clock: five people pay, by projects that do not look for the money (direct) and that do (confirmed).
  await history.goes("dog", "direct", "refuse")
  await history.goes("permit", "direct", "confirm")
  await history.goes("market", "confirmed", "confirm")
  await history.goes("archive", "confirmed", "confirm")
  await history.minute()
  await expect("the first word of each", {
    dog: "declined (soft)",
    permit: "paid (soft), received 1200",
    market: "provisional (soft), promised 1200",
    archive: "provisional (soft), promised 1200"
  })

  // The fifth payment's callback is followed by its contradiction of the same second, and comes again and again.
  await history.spoil({ operation: "callback", kind: "contradict", times: 1 })
  await history.goes("parking", "direct", "confirm")
  await history.spoil({ operation: "callback", kind: "duplicate", times: 1 })
  await history.turn("permit", { status: "success", force: true })
  await history.minute()
  await history.minute()
  // The no came first, so that a person may look.
  await expect("notices that contradict each other are settled by asking", {
    parking: "paid (soft), received 1200, late_money"
  })

  // Wednesday: the bank had refused, and the money comes.
  await history.until(2)
  await history.turn("dog", { status: "success", force: true })
  await history.minute()
  await expect("late money", { dog: "paid (soft), received 1200, late_money" })

  // Thursday: the application is down when the market's money arrives, and starts again before the callback is repeated.
  await history.until(3)
  await history.stop()
  await history.turn("market", { confirmation: "success" })
  await history.start()
  await expect("nothing is lost, and nothing is made up, by a restart", {})
  await history.minute()
  await expect("awaited money", { market: "paid (soft), promised 1200, received 1200" })
  await history.until(4)
  await expect("money that was looked for is firm within hours", {
    market: "paid (hard), promised 1200, received 1200"
  })

  // Sunday: six days after its success the permit's money is gone again.
  await history.until(6)
  await history.turn("permit", { status: "reversed", force: true })
  await history.minute()
  await expect("a success is undone within its week", { permit: "reversed (soft), received 1200, undone 1200" })

  // Monday: the archive's money has not come, and a week without news makes the parking's firm.
  await history.until(7, 12)
  await expect("the week is over", {
    archive: "reversed (soft), promised 1200",
    parking: "paid (hard), received 1200, late_money"
  })

  // Tuesday: the parking's money goes back, the reply of the payout is lost, and the application starts again.
  await history.until(8)
  await history.spoil({ operation: "payout", kind: "close", phase: "after", times: 1 })
  const lost = await history.payOut("parking", "back-1")
  assert.strictEqual(lost.status, "outcome_unknown")
  await history.stop()
  await history.start()
  await expect("an unknown outcome counts as paid out", {
    parking: "paid (hard), received 1200, givenBack 1200, late_money"
  })
  await history.until(8, 10)
  assert.strictEqual((await history.payments.repayments(lost.paymentId))[0]?.status, "done")
  await expect("it is found, and was not sent again", {})

  // Wednesday: a week after it came, the late money is firm, too.
  await history.until(9, 12)
  await expect("late money", { dog: "paid (hard), received 1200, late_money" })

  // Friday: the payout could not be credited and comes back; it is sent anew.
  await history.until(11)
  await history.turnPayout(lost.id, "reversed")
  await history.minute()
  await expect("a payout comes back", { parking: "paid (hard), received 1200, late_money" })
  await history.payOut("parking", "back-2")
  await history.until(12)
  await expect("and is sent anew", { parking: "paid (hard), received 1200, givenBack 1200, late_money" })

  // A month later nothing is open any more, and the books agree.
  await history.until(40)
  await expect("the end", {
    archive: "reversed (hard), promised 1200",
    permit: "reversed (hard), received 1200, undone 1200"
  })
  const books: Record<string, string> = {}
  for (const name of history.names()) {
    const { cameBack, paidOut, received, returned } = await history.truth(name)
    books[name] = `in ${received}, undone ${returned}, paid out ${paidOut}, came back ${cameBack}`
  }
  assert.deepStrictEqual(books, {
    dog: "in 1200, undone 0, paid out 0, came back 0",
    permit: "in 1200, undone 1200, paid out 0, came back 0",
    market: "in 1200, undone 0, paid out 0, came back 0",
    archive: "in 0, undone 0, paid out 0, came back 0",
    parking: "in 1200, undone 0, paid out 2400, came back 1200"
  })
  // Only firm money was handed out on, once each.
  const fulfilled = history.events.flatMap((event) => (event.type === "payment.fulfil" ? [event.paymentId] : []))
  const paid = await Promise.all(["market", "parking", "dog"].map(async (name) => (await history.get(name)).id))
  assert.deepStrictEqual(fulfilled, paid)
  await annotate(
    Object.entries(table)
      .map(([name, is]) => `${name}: ${is}; at ecommpay ${books[name]}`)
      .join("\n")
  )
})
