import { assert, describe, it } from "vitest"
import { storeCases, storeContract } from "../src/index.ts"
import type { StoreCase } from "../src/index.ts"
import { makeMemoryStore, type MemoryOptions } from "../src/memory/memoryStore.ts"
import { saboteurs } from "./saboteurs/storeSaboteurs.ts"

const passes = async (storeCase: StoreCase, options: MemoryOptions): Promise<boolean> => {
  const subject = makeMemoryStore(options)
  try {
    await storeCase.run(subject)
    return true
  } catch {
    return false
  } finally {
    await subject.dispose()
  }
}

const titleOf = ({ area, name }: StoreCase) => `${area}: ${name}`

const notice = async (options: MemoryOptions): Promise<ReadonlyArray<StoreCase>> => {
  const found: Array<StoreCase> = []
  for (const storeCase of storeCases) if (!(await passes(storeCase, options))) found.push(storeCase)
  return found
}

const noticed = new Map<MemoryOptions, Promise<ReadonlyArray<StoreCase>>>()

/** The cases that fail with a broken store; each store is tried once. */
const noticing = (options: MemoryOptions): Promise<ReadonlyArray<StoreCase>> => {
  const found = noticed.get(options) ?? notice(options)
  noticed.set(options, found)
  return found
}

storeContract({ name: "memory", make: async () => makeMemoryStore() })

describe("the store suite", () => {
  it("names every case once", () => {
    assert.strictEqual(new Set(storeCases.map(titleOf)).size, storeCases.length)
    assert.isAtLeast(storeCases.length, 60)
  })

  for (const [name, { noticedBy, options }] of Object.entries(saboteurs)) {
    it(`notices a store that ${name}`, async () => {
      const areas = (await noticing(options)).map((storeCase) => storeCase.area)
      assert.include(areas, noticedBy)
    })
  }

  it("has no case that passes with every broken store", async () => {
    const unnoticed = new Set(storeCases.map(titleOf))
    for (const { options } of Object.values(saboteurs)) {
      for (const storeCase of await noticing(options)) unnoticed.delete(titleOf(storeCase))
    }
    assert.deepEqual([...unnoticed], [])
  })
})
