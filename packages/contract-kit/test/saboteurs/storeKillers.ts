import { storeCases } from "../../src/index.ts"
import { makeMemoryStore } from "../../src/memory/memoryStore.ts"
import type { StoreSaboteur } from "./storeSaboteurs.ts"

/** The cases that notice a broken store, all of them tried; for the matrix of who kills whom. */
export const storeKillers = async ({ options }: Pick<StoreSaboteur, "options">): Promise<ReadonlyArray<string>> => {
  const killers: Array<string> = []
  for (const { check, id } of storeCases) {
    const subject = makeMemoryStore(options)
    const isNoticed = await check(subject).then(
      () => false,
      () => true
    )
    await subject.dispose()
    if (isNoticed) killers.push(id)
  }
  return killers
}
