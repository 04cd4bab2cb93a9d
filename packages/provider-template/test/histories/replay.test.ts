import { type History, playHistory, runHistories } from "@maksa/contract-kit"
import { assert, describe, it } from "vitest"
import { contract } from "../contract/contract.ts"
import { historySaboteurs } from "./saboteurs.ts"

const eventful: History = [
  { do: "fault", operation: "create", kind: "close", phase: "after", times: 1 },
  { do: "create", order: 0, days: 10 },
  { do: "jump", by: 60 },
  { do: "hold" },
  { do: "act", of: 0, act: "pay" },
  { do: "restart" },
  { do: "deliver", notice: 0 },
  { do: "deliver", notice: 1 },
  { do: "forge", notice: 0, forgery: "flipped" },
  { do: "create", order: 6, days: 1 },
  { do: "turn", of: 0, to: "promised", sum: "asked", late: false },
  { do: "jump", by: "soft_window" },
  { do: "turn", of: 0, to: "undone", sum: "asked", late: false }
]

const people: History = [
  { do: "create", order: 3, days: 10 },
  { do: "answer", of: 0, isAsShown: false },
  { do: "answer", of: 0, isAsShown: true },
  { do: "act", of: 0, act: "pay" },
  { do: "jump", by: 60 },
  { do: "skew", seconds: -50 },
  { do: "repay", of: 0, sum: "part", isOverride: true },
  { do: "step_repayment", of: 0, action: "approve", hasProof: false },
  { do: "step_repayment", of: 0, action: "submit", hasProof: false },
  { do: "step_repayment", of: 0, action: "lose_reply", hasProof: false },
  { do: "create", order: 0, days: 10 },
  { do: "turn", of: 0, to: "received", sum: "foreign", late: false },
  { do: "jump", by: 60 },
  { do: "decide", of: 0, status: "canceled" }
]

const sentBack: History = [
  { do: "create", order: 0, days: 10 },
  { do: "act", of: 0, act: "pay" },
  { do: "jump", by: 60 },
  { do: "repay", of: 0, sum: "part", isOverride: true, route: "payout" },
  { do: "step_repayment", of: 0, action: "approve", hasProof: true, isSamePerson: true },
  // Killed when it was noted that the money is sent, and before it was.
  { do: "step_repayment", of: 0, action: "approve", hasProof: true, killedAt: 2 },
  // Asked about in vain, killed before the next question; proven absent and sent once more, and an hour later it leaves.
  { do: "fault", operation: "repaymentStatus", kind: "close", phase: "before", times: 1 },
  { do: "jump", by: 11 },
  { do: "jump", by: 20, killedAt: 1 },
  { do: "jump", by: 3600 },
  { do: "jump", by: 86_400 },
  { do: "turn_repayment", of: 0, to: "reversed" }
]

describe("a history", () => {
  it("is repeated to the byte: every call, every message, every event and all that is stored", async () => {
    const [first, second] = await playHistory(contract, eventful, 2)
    assert.isAbove(first?.calls.length ?? 0, 5)
    assert.isAbove(first?.notices.length ?? 0, 2)
    assert.deepStrictEqual(second, first)
  })

  it("is repeated to the byte where people decide, money goes back, payers are asked and our clock is wrong", async () => {
    const [first, second] = await playHistory(contract, people, 2)
    assert.include(first?.store ?? "", "outcome_unknown")
    assert.include(first?.store ?? "", "USD")
    assert.deepStrictEqual(second, first)
  })

  it("is repeated to the byte where the provider sends money back and the program is killed on the way", async () => {
    const [first, second] = await playHistory(contract, sentBack, 2)
    for (const word of ["outcome_unknown", "not_arrived", "reversed"]) assert.include(first?.store ?? "", word)
    assert.deepStrictEqual(second, first)
  })

  it("that broke a promise breaks the same one again by its seed and path alone", { timeout: 120_000 }, async () => {
    const saboteur = historySaboteurs.find(({ id }) => id === "unknown-is-refused")
    assert.isDefined(saboteur)
    const spoiled = saboteur?.spoil(contract) ?? contract
    const { broken } = await runHistories(spoiled, { count: 2_000, seed: 1 })
    const [, seed, path] = /^--seed (\d+) --path ([\d:]+)$/.exec(broken?.replay ?? "") ?? []
    assert.isDefined(path)
    const again = await runHistories(spoiled, { count: 1, seed: Number(seed), path: path ?? "" })
    assert.deepStrictEqual(again.broken?.history, broken?.history)
    assert.strictEqual(again.broken?.error.split("\n")[0], broken?.error.split("\n")[0])
  })
})
