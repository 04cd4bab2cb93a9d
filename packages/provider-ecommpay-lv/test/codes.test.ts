import { DeclineReason, PayerStep } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { findResultCode, resultCodes } from "../src/internal/codes.ts"
import { sha256 } from "./support/sha256.ts"

const all = [...resultCodes].toSorted(([a], [b]) => Number(a) - Number(b))

describe("the registry of result codes", () => {
  it("has all 378 codes, with the published texts", () => {
    assert.equal(resultCodes.size, 378)
    const text = all.map(([code, { handling, message }]) => `${code}|${message}|${handling}`).join("\n")
    assert.equal(sha256(text), "677edc22eb0b885510a3e5d286b8d165dd0e5ab68803429423df38e38273c78c")
  })

  it("explains the codes that payers of this method meet", () => {
    const seen = ["20105", "20301", "301", "20101", "20202", "314", "20602", "20812", "20451", "3261", "10404"]
    assert.deepEqual(
      seen.map((code) => [code, findResultCode(code)?.decline?.reason, findResultCode(code)?.decline?.next]),
      [
        ["20105", "insufficient_funds", "use_another_way"],
        ["20301", "canceled", "try_again"],
        ["301", "canceled", "try_again"],
        ["20101", "limit_exceeded", "use_another_way"],
        ["20202", "bank_unavailable", "try_again"],
        ["314", "bank_unavailable", "try_later"],
        ["20602", "timed_out", "try_again"],
        ["20812", "money_not_arrived", "try_again"],
        ["20451", "wrong_details", "ask_agency"],
        ["3261", "agency_setup", "ask_agency"],
        ["10404", "security", "use_another_way"]
      ]
    )
    assert.deepEqual(findResultCode("20105"), {
      message: "Insufficient funds on customer account",
      handling: "retry",
      decline: { reason: "insufficient_funds", next: "use_another_way" }
    })
  })

  it("gives every code a reason and a next step, but success and the codes of waiting", () => {
    const without = all.filter(([, { decline }]) => decline === undefined).map(([code]) => code)
    assert.deepEqual(without, ["0", "9999", "19999", "20802", "20899", "29999"])
    for (const [code, { handling }] of all) {
      assert.equal(handling === "ok" || handling === "wait", without.includes(code), code)
    }
    const declines = all.flatMap(([, { decline }]) => decline ?? [])
    // A reason or step that no code has would be a word without a meaning here.
    assert.sameMembers([...new Set(declines.map(({ reason }) => reason))], [...DeclineReason.literals])
    assert.sameMembers([...new Set(declines.map(({ next }) => next))], [...PayerStep.literals])
  })

  it("tells no payer to correct what only the agency can, nor to insist where the bank says no for good", () => {
    for (const [code, { decline, handling }] of all) {
      if (decline?.reason === "agency_setup") assert.equal(decline.next, "ask_agency", code)
      if (handling === "none") assert.notInclude(["try_again", "try_later", "change_details"], decline?.next, code)
    }
  })

  it("does not know what is not in it", () => {
    for (const code of ["", "20 105", "constructor", "999999"]) assert.isUndefined(findResultCode(code))
  })
})
