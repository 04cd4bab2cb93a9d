// The archive in the payment store, held against the suite that every archive must pass.
import { archiveContract, type ArchiveUnderTest } from "@maksa/contract-kit"
import type { DocumentArchive, Store } from "@maksa/core"
import { ArchiveError, storeArchive } from "@maksa/receipts"
import { sqliteStore } from "@maksa/store-sql"
import { readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import { DatabaseSync } from "node:sqlite"
import { assert, describe, it } from "vitest"
import { secret, temporaryDirectory } from "./harness.ts"

const make = async (): Promise<ArchiveUnderTest> => {
  const directory = temporaryDirectory()
  const file = join(directory, "maksa.sqlite")
  let store: Store = await sqliteStore({ file, secret })
  const open = (): DocumentArchive => storeArchive({ store })
  const change = async (sql: string, ...parameters: ReadonlyArray<string | number>) => {
    const database = new DatabaseSync(file)
    try {
      assert.strictEqual(Number(database.prepare(sql).run(...parameters).changes), 1, sql)
    } finally {
      database.close()
    }
  }
  return {
    archive: open(),
    reopen: async () => {
      await store.close()
      store = await sqliteStore({ file, secret })
      return open()
    },
    dispose: async () => {
      await store.close()
      rmSync(directory, { recursive: true, force: true })
    },
    tamper: {
      entry: (sequence, from, to) =>
        change("update archive_entry set content = replace(content, ?, ?) where sequence = ?", from, to, sequence),
      dropEntry: (sequence) => change("delete from archive_entry where sequence = ?", sequence),
      document: (paymentId, sha256) =>
        change("update archive_document set sealed = zeroblob(length(sealed)) where key = ?", `${paymentId}/${sha256}`),
      dropDocument: (paymentId, sha256) =>
        change("delete from archive_document where key = ?", `${paymentId}/${sha256}`)
    },
    files: async () => readdirSync(directory).map((name) => readFileSync(join(directory, name)))
  }
}

archiveContract({ name: "in the store", make })

describe("an archive in the store", () => {
  it("refuses a document that is larger than it takes, and keeps nothing of it", async () => {
    const directory = temporaryDirectory()
    const store = await sqliteStore({ file: join(directory, "maksa.sqlite"), secret })
    try {
      const archive = storeArchive({ store, maxBytes: 10 })
      const put = archive.put({
        paymentId: "pay_1",
        attemptId: "att_1",
        source: "provider",
        mediaType: "application/pdf",
        retention: "accounting",
        at: 1,
        bytes: new Uint8Array(11)
      })
      const failure = await put.catch((cause: unknown) => cause)
      assert.isTrue(failure instanceof ArchiveError && failure.reason === "too_large")
      assert.deepEqual(await archive.list("pay_1"), [])
    } finally {
      await store.close()
      rmSync(directory, { recursive: true, force: true })
    }
  })
})
