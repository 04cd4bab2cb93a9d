import { join } from "node:path"
import { Kysely } from "kysely"
import { assert, it } from "vitest"
import { type GroupCommit, makeGroupCommit } from "../src/groupCommit.ts"
import { isStoreFault, openDatabase, sqliteDialect } from "../src/sqlite.ts"
import { inTempDirectory } from "./tempStore.ts"

interface Counters {
  readonly counter: { readonly id: number; readonly runs: number }
}

const withGroup = (most: number, use: (group: GroupCommit<Counters>, commits: () => number) => Promise<void>) =>
  inTempDirectory(async (directory) => {
    const database = await openDatabase(join(directory, "s.sqlite"), 100)
    database.exec("create table counter (id integer primary key, runs integer)")
    const db = new Kysely<Counters>({ dialect: sqliteDialect(database, 100) })
    let commits = 0
    const group = makeGroupCommit(db, { most, isStoreFault, afterCommit: () => void commits++ })
    try {
      await use(group, () => commits)
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
