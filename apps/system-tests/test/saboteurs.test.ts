import { assert, describe, it } from "vitest"
import { providerSuite, trySound, varied } from "../../../tools/saboteurs/providers.ts"
import { idleLaws, recorded } from "../../../tools/saboteurs/record.ts"
import type { Tried } from "../../../tools/saboteurs/Subject.ts"
import { suites } from "../../../tools/saboteurs/suites.ts"

describe("saboteurs", () => {
  for (const suite of suites) {
    const name = suite.name.toLowerCase()
    it(`of ${name} leave no law that nobody would miss`, () => {
      assert.deepEqual(idleLaws(suite, recorded()), [])
      for (const { id, killedBy } of suite.subjects) assert.include(suite.laws, killedBy, id)
    })

    it(`of ${name} have an id and a sentence of their own`, () => {
      const ids = suite.subjects.map(({ id }) => id)
      assert.strictEqual(new Set(ids).size, ids.length)
      assert.strictEqual(new Set(suite.subjects.map(({ sentence }) => sentence)).size, ids.length)
      for (const { id, sentence } of suite.subjects) {
        assert.match(id, /^[a-z0-9]+(?:-[a-z0-9]+)*$/)
        assert.match(sentence, /^[A-Z].*\.$/, id)
      }
    })
  }

  for (const subject of providerSuite.subjects) {
    const { id, killedBy, sentence } = subject
    it(`${id} is noticed by ${killedBy}: ${sentence}`, { timeout: 180_000 }, async () => {
      const tried: Array<Tried> = []
      await subject.trial([killedBy], (one) => tried.push(one))
      assert.deepEqual(
        tried.map(({ isKilled, law }) => [law, isKilled]),
        [[killedBy, true]]
      )
    })
  }

  // That the template itself keeps every law is its own contract's test.
  for (const id of varied) {
    it(`${id} spoils a contract that was sound`, { timeout: 180_000 }, async () => {
      const killedBy = providerSuite.subjects.find((one) => one.id === id)?.killedBy ?? ""
      const broken: Array<string> = []
      await trySound(id, [killedBy], ({ error, isKilled }) => {
        if (isKilled) broken.push(error ?? "")
      })
      assert.deepEqual(broken, [])
    })
  }
})
