import { assert, describe, it } from "vitest"
import {
  type EvidenceName,
  evidenceNames,
  publicState,
  type Rule,
  type StateName,
  stateNames,
  table
} from "../../src/lifecycle/table.ts"
import { PaymentStatus } from "../../src/State.ts"

const targets = (from: StateName): ReadonlySet<StateName> =>
  new Set(evidenceNames.map((evidence) => table[from][evidence].to))

describe("the lifecycle table", () => {
  it("has a rule for every state and every evidence, and no others", () => {
    assert.deepStrictEqual(Object.keys(table).toSorted(), [...stateNames].toSorted())
    for (const name of stateNames) {
      assert.deepStrictEqual(Object.keys(table[name]).toSorted(), [...evidenceNames].toSorted(), name)
      for (const evidence of evidenceNames) assert.include(stateNames, table[name][evidence].to)
    }
  })

  it("reaches every state from created or from a lost reply, and every public status", () => {
    const reached = new Set<StateName>(["created", "submitted"])
    for (let before = 0; before !== reached.size;) {
      before = reached.size
      for (const name of Array.from(reached)) for (const to of targets(name)) reached.add(to)
    }
    assert.deepStrictEqual([...reached].toSorted(), [...stateNames].toSorted())
    const statuses = new Set(stateNames.map((name) => publicState[name].status))
    assert.deepStrictEqual([...statuses].toSorted(), [...PaymentStatus.literals].toSorted())
  })

  it("has no dead end: every soft state has a way on", () => {
    for (const name of stateNames) {
      if (publicState[name].finality === "soft") assert.isAbove(targets(name).size, 1, name)
    }
  })

  it("leaves a hard state only for review", () => {
    for (const name of stateNames) {
      if (publicState[name].finality !== "hard") continue
      for (const to of targets(name)) assert.include([name, "under_review"], to, name)
    }
  })

  it("lets money in from every state that is not hard", () => {
    const money: ReadonlyArray<EvidenceName> = ["promised", "received", "confirmed", "undone"]
    for (const name of stateNames) {
      if (publicState[name].finality === "hard" || name === "under_review") continue
      const { promised, received, confirmed, undone } = table[name]
      assert.include(["provisional", name], promised.to, `${name} promised`)
      assert.strictEqual(received.to, "paid_soft", `${name} received`)
      assert.strictEqual(confirmed.to, "paid_soft", `${name} confirmed`)
      assert.strictEqual(undone.to, "reversed_soft", `${name} undone`)
    }
    assert.strictEqual(money.length, 4)
  })

  it("never calls a wrong or short sum paid", () => {
    for (const name of stateNames) {
      for (const evidence of ["short", "mismatched"] as const) {
        assert.strictEqual(table[name][evidence].to, "under_review", `${name} ${evidence}`)
      }
    }
  })

  it("changes no status on an unknown word: it only proves that a submission arrived", () => {
    for (const name of stateNames) {
      assert.deepStrictEqual(publicState[table[name].unknown_word.to], publicState[name], name)
      if (name !== "submitted") assert.strictEqual(table[name].unknown_word.to, name)
    }
  })

  it("hardens only by settled, and never straight from an open state", () => {
    for (const name of stateNames) {
      for (const evidence of evidenceNames) {
        const { to } = table[name][evidence]
        if (to === name || publicState[to].finality !== "hard") continue
        assert.strictEqual(evidence, "settled", `${name} ${evidence}`)
        assert.strictEqual(publicState[name].status, publicState[to].status)
      }
    }
  })

  it("leaves review only on a query that confirms the sum", () => {
    for (const evidence of evidenceNames) {
      const { to } = table.under_review[evidence]
      assert.strictEqual(to, evidence === "confirmed" ? "paid_soft" : "under_review", evidence)
    }
  })

  it("gives every way into review a reason", () => {
    for (const name of stateNames) {
      if (name === "under_review") continue
      for (const evidence of evidenceNames) {
        const rule: Rule = table[name][evidence]
        if (rule.to === "under_review") assert.isDefined(rule.reason, `${name} ${evidence}`)
      }
    }
  })
})
