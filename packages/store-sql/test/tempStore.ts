import { mkdtemp, readdir, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { StoreUnderTest } from "@maksa/contract-kit"
import { type SqliteStoreOptions, sqliteStore } from "../src/index.ts"

/** Not a secret of anybody: only tests use it. */
export const testSecret = "only for tests: 0123456789abcdef0123456789abcdef"

/** A directory that exists only while `use` runs. */
export const inTempDirectory = async <A>(use: (directory: string) => Promise<A>): Promise<A> => {
  const directory = await mkdtemp(join(tmpdir(), "maksa-store-"))
  try {
    return await use(directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

export const filesIn = async (directory: string): Promise<ReadonlyArray<Uint8Array>> =>
  Promise.all((await readdir(directory)).map((name) => readFile(join(directory, name))))

/** A store in a directory of its own, as the contract suite wants it. */
export const makeTempStore = async (other: Partial<SqliteStoreOptions> = {}): Promise<StoreUnderTest> => {
  const directory = await mkdtemp(join(tmpdir(), "maksa-store-"))
  const options = { file: join(directory, "store.sqlite"), secret: testSecret, ...other }
  const store = await sqliteStore(options)
  let open = store
  return {
    store,
    reopen: async () => {
      await open.close()
      open = await sqliteStore(options)
      return open
    },
    dispose: async () => {
      await open.close()
      await rm(directory, { recursive: true, force: true })
    },
    files: () => filesIn(directory)
  }
}
