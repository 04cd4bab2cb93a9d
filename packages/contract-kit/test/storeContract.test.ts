import { assert, describe, it } from "vitest"
import { checkStore, storeCases, storeContract } from "../src/index.ts"
import { makeMemoryStore } from "../src/memory/memoryStore.ts"
import { storeKillers } from "./saboteurs/storeKillers.ts"
import { type StoreSaboteur, storeSaboteurs } from "./saboteurs/storeSaboteurs.ts"

const found = new Map<StoreSaboteur, Promise<ReadonlyArray<string>>>()

/** The cases that fail with a broken store; each store is tried once. */
const killersOf = (broken: StoreSaboteur): Promise<ReadonlyArray<string>> => {
  const killers = found.get(broken) ?? storeKillers(broken)
  found.set(broken, killers)
  return killers
}

storeContract({ name: "memory", make: async () => makeMemoryStore() })

describe("the store suite", () => {
  it("names every case once, by a stable id, with a promise and a reason", () => {
    const ids = storeCases.map(({ id }) => id)
    assert.strictEqual(new Set(ids).size, ids.length)
    for (const { id, sentence, reason } of storeCases) {
      assert.match(id, /^[a-z0-9]+(?:-[a-z0-9]+)*$/)
      assert.match(sentence, /^[A-Z].*\.$/, id)
      assert.match(reason, /^[A-Z].*\.$/, id)
    }
  })

  for (const broken of storeSaboteurs) {
    it(`notices by ${broken.killedBy} a store that is broken: ${broken.id}`, async () => {
      assert.include(await killersOf(broken), broken.killedBy, broken.sentence)
    })
  }

  it("has no case that passes with every broken store", async () => {
    const unnoticed = new Set(storeCases.map(({ id }) => id))
    for (const broken of storeSaboteurs) for (const id of await killersOf(broken)) unnoticed.delete(id)
    assert.deepEqual([...unnoticed], [])
  })

  it("says outside a test runner what failed, what passed and what was not tried, and why", async () => {
    const make = async () => {
      const { files: _unseen, ...store } = makeMemoryStore({ refusesWhenClosed: false })
      return store
    }
    const results = await checkStore({ name: "works on when closed", make })
    assert.deepEqual(
      results.map(({ law }) => law),
      storeCases.map(({ id }) => id)
    )
    const by = (outcome: string) => results.filter((result) => result.outcome === outcome)
    assert.deepEqual(
      by("failed").map(({ law }) => law),
      ["closed-refuses"]
    )
    assert.deepEqual(
      by("exempt").map(({ law, reason }) => [law, reason?.split(":")[0]]),
      ["evidence-sealed", "adopted-evidence-sealed", "texts-sealed", "documents-sealed"].map((law) => [
        law,
        "`make` gives no `files`"
      ])
    )
  })
})
