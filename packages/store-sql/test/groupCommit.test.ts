import { join } from "node:path"
import type Database from "better-sqlite3"
import { Kysely } from "kysely"
import { assert, it } from "vitest"
import { type GroupCommit, makeGroupCommit } from "../src/groupCommit.ts"
import { isStoreFault, openDatabase, sqliteDialect } from "../src/sqlite.ts"
import { inTempDirectory } from "./tempStore.ts"

interface Counters {
  readonly counter: { readonly id: number; readonly runs: number }
  /** Its reference is checked by the commit. */
  readonly child: { readonly of: number }
}

const withGroup = (
  most: number,
  use: (group: GroupCommit<Counters>, commits: () => number, database: Database.Database) => Promise<void>
) =>
  inTempDirectory(async (directory) => {
    const database = await openDatabase(join(directory, "s.sqlite"), 100)
    database.exec("create table counter (id integer primary key, runs integer)")
    database.exec("create table child (of integer references counter (id) deferrable initially deferred)")
    const db = new Kysely<Counters>({ dialect: sqliteDialect(database, 100) })
    let commits = 0
    const group = makeGroupCommit(db, { most, isStoreFault, afterCommit: () => void commits++ })
    try {
      await use(group, () => commits, database)
    } finally {
      await group.idle()
      await db.destroy()
    }
  })

const insert = (group: GroupCommit<Counters>, id: number) =>
  group.run((trx) => trx.insertInto("counter").values({ id, runs: 1 }).execute())

it("units that wait for the same turn share one commit", () =>
  withGroup(256, async (group, commits) => {
    await Promise.all(Array.from({ length: 200 }, (_, id) => insert(group, id)))
    assert.strictEqual(commits(), 1)
  }))

/** Some units in each of ten turns that follow each other. */
const inTenTurns = async (group: GroupCommit<Counters>): Promise<void> => {
  const units: Array<Promise<unknown>> = []
  for (let id = 0; id < 30; id += 3) {
    units.push(insert(group, id), insert(group, id + 1), insert(group, id + 2))
    await new Promise((resolve) => setImmediate(resolve))
  }
  await Promise.all(units)
}

it("a commit waits while every turn brings more units", () =>
  withGroup(256, async (group, commits) => {
    await inTenTurns(group)
    assert.strictEqual(commits(), 1)
  }))

it("a commit that has its share of units waits no longer", () =>
  withGroup(6, async (group, commits) => {
    await inTenTurns(group)
    assert.isAtLeast(commits(), 5)
  }))

it("no transaction takes more than its share of units", () =>
  withGroup(64, async (group, commits) => {
    await Promise.all(Array.from({ length: 200 }, (_, id) => insert(group, id)))
    assert.strictEqual(commits(), 4)
  }))

it("at most one unit makes a commit of each", () =>
  withGroup(1, async (group, commits) => {
    await Promise.all(Array.from({ length: 20 }, (_, id) => insert(group, id)))
    assert.strictEqual(commits(), 20)
  }))

it("one bad unit costs its neighbours one repeat, not a commit each", () =>
  withGroup(256, async (group, commits) => {
    const bad = group.run(() => Promise.reject(new Error("bad")))
    const good = Array.from({ length: 100 }, (_, id) => insert(group, id))
    await Promise.all(good)
    assert.strictEqual(commits(), 1)
    assert.strictEqual(await bad.catch((cause: unknown) => String(cause)), "Error: bad")
  }))

it("a unit runs at most three times, however many of its neighbours are bad", () =>
  withGroup(256, async (group) => {
    const runs = Array.from({ length: 60 }, () => 0)
    const results = await Promise.allSettled(
      runs.map((_, id) =>
        group.run(async (trx) => {
          runs[id] = (runs[id] ?? 0) + 1
          await trx.insertInto("counter").values({ id, runs: 1 }).execute()
          if (id % 2 === 1) throw new Error("bad")
        })
      )
    )
    assert.deepEqual(
      results.map((result) => result.status),
      runs.map((_, id) => (id % 2 === 1 ? "rejected" : "fulfilled"))
    )
    assert.isAtMost(Math.max(...runs), 3)
  }))

it("an answer comes only after the commit", () =>
  withGroup(256, async (group, commits) => {
    const seen = await Promise.all(
      Array.from({ length: 5 }, async (_, id) => {
        await insert(group, id)
        return commits()
      })
    )
    assert.deepEqual(seen, [1, 1, 1, 1, 1])
  }))

it("a commit that fails rejects its units, stores nothing of them, and the next one works", () =>
  withGroup(256, async (group, commits) => {
    const orphan = group.run((trx) => trx.insertInto("child").values({ of: 99 }).execute())
    const results = await Promise.allSettled([insert(group, 1), orphan, insert(group, 2)])
    assert.deepEqual(
      results.map((result) => result.status),
      ["rejected", "rejected", "rejected"]
    )
    assert.strictEqual(commits(), 0)
    const rows = await group.run((trx) => trx.selectFrom("counter").selectAll().execute())
    assert.deepEqual(rows, [])
    await insert(group, 1)
  }))

it("a full disk is met once by a batch, not once by each of its units", () =>
  withGroup(256, async (group, _commits, database) => {
    const pages = Number(database.pragma("page_count", { simple: true }))
    database.pragma(`max_page_count = ${pages}`)
    let runs = 0
    const fill = (id: number) =>
      group.run(async (trx) => {
        runs++
        for (let row = 0; row < 1000; row++) {
          await trx
            .insertInto("counter")
            .values({ id: id * 1000 + row, runs: 1 })
            .execute()
        }
      })
    const results = await Promise.allSettled([fill(1), fill(2), fill(3)])
    assert.deepEqual(
      results.map((result) => result.status),
      ["rejected", "rejected", "rejected"]
    )
    assert.strictEqual(runs, 1)
  }))
