import { assert, describe, it } from "vitest"
import { combine } from "../../src/lifecycle/combine.ts"
import type { AttemptFacts, LedgerEntry } from "../../src/lifecycle/evidence.ts"
import { foldAttempt } from "../../src/lifecycle/fold.ts"
import { money } from "../../src/Money.ts"
import type { Claim } from "../../src/Observation.ts"

const asked = money(1200n, "EUR")
const week = 7 * 86_400
const facts: AttemptFacts = {
  asked,
  deadline: 10 * 86_400_000,
  submission: "answered",
  submittedAt: 0,
  absenceProvesAfter: { notSubmittedSeconds: false, lapsedSeconds: false },
  softSeconds: { paid: week, declined: week, expired: week, canceled: week, reversed: week }
}

const fold = (...claims: ReadonlyArray<Claim>) =>
  foldAttempt(
    facts,
    claims.map((says, at): LedgerEntry => ({
      channel: "webhook",
      trust: "proven",
      says,
      at,
      observedAt: at,
      hasProviderTime: true,
      digest: `${at}`,
      operation: "sale"
    }))
  )

describe("a promise that was taken back, in the union of attempts", () => {
  // Found by a random history: a promise on the third attempt was taken back, and the first one's money then seemed gone.
  it("takes nothing of one attempt's money when another attempt's promise is taken back", () => {
    const brought = fold({ _tag: "received", amount: asked })
    const promised = fold({ _tag: "promised", amount: asked }, { _tag: "undone", amount: asked })
    const { status, money: facts } = combine(asked, [brought, promised], undefined)
    assert.deepStrictEqual([status, facts.received?.minorUnits, facts.undone?.minorUnits], ["paid", 1200n, undefined])
  })

  it("sees too much money though another attempt's promise was taken back", () => {
    const tooMuch = fold({ _tag: "received", amount: money(1300n, "EUR") })
    const promised = fold({ _tag: "promised", amount: asked }, { _tag: "undone", amount: asked })
    assert.deepStrictEqual(combine(asked, [tooMuch, promised], undefined).attention, ["overpaid"])
  })

  it("counts what went back of the money that came", () => {
    const reversed = fold({ _tag: "received", amount: asked }, { _tag: "undone", amount: asked })
    const { status, money: facts } = combine(asked, [reversed], undefined)
    assert.deepStrictEqual([status, facts.received?.minorUnits, facts.undone?.minorUnits], ["reversed", 1200n, 1200n])
  })
})
