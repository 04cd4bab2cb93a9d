import { assert, describe, it } from "vitest"
import { bindingCases, checkHttpBinding } from "../../src/index.ts"
import { isKilledBy } from "../saboteurs/BindingSaboteur.ts"
import { bindingSaboteurs } from "../saboteurs/bindingSaboteurs.ts"
import { bindingOf } from "./referenceBinding.ts"

describe("the binding suite", () => {
  it("names every case once, by a stable id, with a promise and a reason", () => {
    const ids = bindingCases.map(({ id }) => id)
    assert.strictEqual(new Set(ids).size, ids.length)
    for (const { id, sentence, reason } of bindingCases) {
      assert.match(id, /^[a-z0-9]+(?:-[a-z0-9]+)*$/)
      assert.match(sentence, /^[A-Z].*\.$/, id)
      assert.match(reason, /^[A-Z].*\.$/, id)
    }
  })

  it("has no case that nobody would miss", () => {
    const missed = new Set(bindingSaboteurs.map(({ killedBy }) => killedBy))
    assert.deepEqual(
      bindingCases.filter(({ id }) => !missed.has(id)).map(({ id }) => id),
      []
    )
  })

  for (const broken of bindingSaboteurs) {
    it(`notices by ${broken.killedBy} a binding that is broken: ${broken.id}`, async () => {
      assert.isTrue(await isKilledBy(broken, broken.killedBy), broken.sentence)
    })
  }

  it("says outside a test runner what failed, what passed and what was not tried, and why", async () => {
    const broken = {
      ...bindingOf("broken", { goesOn: () => false }),
      parsers: [],
      noRequestTimeout: "no timeouts here"
    }
    const results = await checkHttpBinding(broken)
    assert.deepEqual(
      results.map(({ law }) => law),
      bindingCases.map(({ id }) => id)
    )
    const by = (outcome: string) => results.filter((result) => result.outcome === outcome)
    assert.deepEqual(
      by("failed").map(({ law }) => law),
      ["goes-on", "applications-404"]
    )
    assert.deepEqual(
      by("exempt").map(({ law, reason }) => [law, reason?.split(":")[0]]),
      [
        ["parsers-that-keep", "`parsers` is empty"],
        ["parsers-that-destroy", "`parsers` is empty"],
        ["no-false-forgery", "`parsers` is empty"],
        ["parsers-without-body", "`parsers` is empty"],
        ["body-not-needed", "`parsers` is empty"],
        ["request-timeout", "no timeouts here"]
      ]
    )
    assert.strictEqual(by("passed").length, results.length - 8)
  })
})
