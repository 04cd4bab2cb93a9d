import { join } from "node:path"
import type { Store, StoreTransaction } from "@maksa/core"
import Database from "better-sqlite3"
import { assert, describe, it } from "vitest"
import { deriveKeys } from "../src/keys.ts"
import { openDatabase } from "../src/sqlite.ts"
import { storeOver } from "../src/storeOver.ts"
import { attemptRow, observationRow, paymentRow, repaymentRow } from "./rows.ts"
import { inTempDirectory, testSecret } from "./tempStore.ts"

const LOCK_WAIT = 60

/** A store, and SQLite's own handle of it for the tests to break. */
const withStore = (
  use: (store: Store, database: Database.Database, file: string) => Promise<void>,
  lockWaitMillis = LOCK_WAIT
) =>
  inTempDirectory(async (directory) => {
    const file = join(directory, "s.sqlite")
    const database = await openDatabase(file, lockWaitMillis)
    const store = await storeOver(database, deriveKeys(testSecret), { lockWaitMillis, mostUnits: 256 })
    try {
      await use(store, database, file)
    } finally {
      await store.close()
    }
  })

const rejection = async (promise: Promise<unknown>): Promise<string> => {
  try {
    await promise
  } catch (cause) {
    return String(cause)
  }
  return assert.fail("it was not rejected")
}

const observe = (store: Store, id: string, evidence?: Uint8Array) =>
  store.transact((tx) => tx.insertObservation(observationRow(id, { evidence })))

describe("a store that cannot write", () => {
  it("rejects while another program holds the lock, and recovers", () =>
    withStore(async (store, _database, file) => {
      const other = new Database(file)
      other.exec("begin immediate")
      const refused = await Promise.all([rejection(observe(store, "a")), rejection(observe(store, "b"))])
      for (const reason of refused) assert.match(reason, /locked/)
      other.exec("rollback")
      other.close()
      assert.deepEqual(await Promise.all([observe(store, "a"), observe(store, "b")]), [true, true])
    }))

  it("waits for a lock that is given back in time, without blocking the event loop", () =>
    withStore(async (store, _database, file) => {
      const other = new Database(file)
      other.exec("begin immediate")
      const written = observe(store, "a")
      // The release runs on the same event loop as the waiting store.
      setImmediate(() => other.exec("rollback"))
      assert.isTrue(await written)
      other.close()
      // Much longer than a busy machine may take until the release runs.
    }, 10_000))

  it("rejects when the disk is full, keeps what it has, and recovers", () =>
    withStore(async (store, database) => {
      await observe(store, "before")
      const pages = Number(database.pragma("page_count", { simple: true }))
      database.pragma(`max_page_count = ${pages + 1}`)
      const large = new Uint8Array(100_000)
      const refused = await Promise.all([rejection(observe(store, "a", large)), rejection(observe(store, "b", large))])
      for (const reason of refused) assert.match(reason, /full/)
      database.pragma("max_page_count = 1000000")
      assert.isTrue(await observe(store, "a", large))
      const rows = await store.transact((tx) => tx.unfoldedObservations(10))
      assert.deepEqual(
        rows.map((row) => row.id),
        ["before", "a"]
      )
    }))

  it("rejects when the file becomes read-only, and recovers", () =>
    withStore(async (store, database) => {
      database.pragma("query_only = ON")
      assert.match(await rejection(observe(store, "a")), /readonly/)
      database.pragma("query_only = OFF")
      assert.isTrue(await observe(store, "a"))
    }))
})

describe("the tables", () => {
  it("refuse words that the lifecycle does not know", () =>
    withStore(async (store) => {
      await store.transact((tx) => tx.insertPayment(paymentRow("p")))
      const refused: ReadonlyArray<(tx: StoreTransaction) => Promise<unknown>> = [
        (tx) => tx.insertPayment(paymentRow("q", { status: "payed" })),
        (tx) => tx.updatePayment(paymentRow("p", { status: "" })),
        (tx) => tx.insertAttempt(attemptRow("a", "p", { status: "success" })),
        (tx) => tx.insertObservation(observationRow("o", { channel: "pigeon" }))
      ]
      for (const unit of refused) assert.match(await rejection(store.transact(unit)), /CHECK constraint failed/)
    }))

  it("refuse a sum without a currency and a currency without a sum", () =>
    withStore(async (store) => {
      for (const row of [paymentRow("p", { currency: undefined }), paymentRow("p", { askedMinor: undefined })]) {
        assert.match(await rejection(store.transact((tx) => tx.insertPayment(row))), /CHECK constraint failed/)
      }
    }))

  it("refuse rows of a payment or an attempt that does not exist", () =>
    withStore(async (store) => {
      await store.transact((tx) => tx.insertPayment(paymentRow("known")))
      const refused: ReadonlyArray<(tx: StoreTransaction) => Promise<unknown>> = [
        (tx) => tx.insertAttempt(attemptRow("a", "nobody")),
        (tx) => tx.insertRepayment(repaymentRow("r", "nobody")),
        (tx) => tx.insertRepayment(repaymentRow("r", "known", { attemptId: "nobody" }))
      ]
      for (const unit of refused) assert.match(await rejection(store.transact(unit)), /FOREIGN KEY constraint failed/)
    }))

  it("refuse a time that is not whole milliseconds", () =>
    withStore(async (store) => {
      const row = paymentRow("p", { createdAt: 0.5 })
      assert.match(await rejection(store.transact((tx) => tx.insertPayment(row))), /RangeError/)
    }))

  it("name no value of a row in an error", () =>
    withStore(async (store) => {
      const row = paymentRow("p", { status: "payed", purpose: "mark-of-a-payer" })
      assert.notInclude(await rejection(store.transact((tx) => tx.insertPayment(row))), "mark-of-a-payer")
    }))
})

describe("a unit", () => {
  it("that keeps its transaction cannot use it later", () =>
    withStore(async (store) => {
      const kept = await store.transact(async (tx) => ({ tx }))
      assert.match(await rejection(kept.tx.findPayment("p")), /unit is over/)
      assert.match(await rejection(kept.tx.insertPayment(paymentRow("p"))), /unit is over/)
    }))
})
