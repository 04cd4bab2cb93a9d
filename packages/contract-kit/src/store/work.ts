import assert from "node:assert/strict"
import type { Store } from "@maksa/core"
import { aWork, NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

const claim = async (store: Store, now: number, limit: number, leaseUntil: number) =>
  (await store.transact((tx) => tx.claimWork(now, limit, leaseUntil))).map((row) => row.attemptId)

export const work = casesOf("due work", {
  "work comes back as it was given": async ({ store }) => {
    await seed(store, "p")
    const row = aWork("a-p", { kind: "receipt", dueAt: NOW + 5, leaseUntil: NOW - 1, tries: 4 })
    await store.transact((tx) => tx.putWork(row))
    assert.deepEqual(await store.transact((tx) => tx.findWork("a-p", "receipt")), row)
    assert.equal(await store.transact((tx) => tx.findWork("a-p", "query")), undefined)
  },
  "putting work again keeps one row with the new values": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.putWork(aWork("a-p", { tries: 1 })))
    const next = aWork("a-p", { dueAt: NOW + 9, leaseUntil: NOW + 1, tries: 2 })
    await store.transact((tx) => tx.putWork(next))
    assert.deepEqual(await store.transact((tx) => tx.findWork("a-p", "query")), next)
    assert.deepEqual(await claim(store, NOW + 9, 10, NOW + 99), ["a-p"])
    assert.deepEqual(await claim(store, NOW + 9, 10, NOW + 99), [])
  },
  "both kinds of one attempt are kept apart": async ({ store }) => {
    await seed(store, "p")
    await store.transact(async (tx) => {
      await tx.putWork(aWork("a-p", { tries: 1 }))
      await tx.putWork(aWork("a-p", { kind: "receipt", tries: 2 }))
      await tx.deleteWork("a-p", "query")
    })
    assert.equal(await store.transact((tx) => tx.findWork("a-p", "query")), undefined)
    assert.equal((await store.transact((tx) => tx.findWork("a-p", "receipt")))?.tries, 2)
  },
  "deleting work that is not there is no error": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.deleteWork("a-p", "query"))
    assert.equal(await store.transact((tx) => tx.findWork("a-p", "query")), undefined)
  },
  "work is claimed at its time and not a millisecond before": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.putWork(aWork("a-p", { dueAt: NOW })))
    assert.deepEqual(await claim(store, NOW - 1, 10, NOW + 30), [])
    assert.deepEqual(await claim(store, NOW, 10, NOW + 30), ["a-p"])
  },
  "a claim answers the row with its lease and leaves the tries": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.putWork(aWork("a-p", { tries: 3 })))
    const leased = aWork("a-p", { tries: 3, leaseUntil: NOW + 30 })
    assert.deepEqual(await store.transact((tx) => tx.claimWork(NOW, 10, NOW + 30)), [leased])
    assert.deepEqual(await store.transact((tx) => tx.findWork("a-p", "query")), leased)
  },
  "nobody else gets leased work until the lease ends": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.putWork(aWork("a-p")))
    assert.deepEqual(await claim(store, NOW, 10, NOW + 30), ["a-p"])
    assert.deepEqual(await claim(store, NOW + 1, 10, NOW + 60), [])
    assert.deepEqual(await claim(store, NOW + 29, 10, NOW + 60), [])
    assert.deepEqual(await claim(store, NOW + 30, 10, NOW + 60), ["a-p"])
  },
  "the longest due is claimed first": async ({ store }) => {
    await seed(store, "p", "q", "r")
    await store.transact(async (tx) => {
      await tx.putWork(aWork("a-p", { dueAt: NOW - 1 }))
      await tx.putWork(aWork("a-q", { dueAt: NOW - 3 }))
      await tx.putWork(aWork("a-r", { dueAt: NOW - 2 }))
    })
    assert.deepEqual(await claim(store, NOW, 2, NOW + 30), ["a-q", "a-r"])
    assert.deepEqual(await claim(store, NOW, 2, NOW + 30), ["a-p"])
  },
  "no more work than the limit is claimed": async ({ store }) => {
    await seed(store, "p", "q")
    await store.transact(async (tx) => {
      await tx.putWork(aWork("a-p"))
      await tx.putWork(aWork("a-q"))
    })
    assert.deepEqual(await claim(store, NOW, 0, NOW + 30), [])
    assert.equal((await claim(store, NOW, 1, NOW + 30)).length, 1)
    await assert.rejects(claim(store, NOW, -1, NOW + 30))
    assert.equal((await claim(store, NOW, 10, NOW + 30)).length, 1)
  },
  "parallel claims share the work out without giving anything twice": async ({ store }) => {
    const ids = Array.from({ length: 40 }, (_, index) => `p${index}`)
    await seed(store, ...ids)
    await store.transact(async (tx) => {
      for (const id of ids) await tx.putWork(aWork(`a-${id}`))
    })
    const claims = await Promise.all(Array.from({ length: 10 }, () => claim(store, NOW, 7, NOW + 30)))
    const taken = claims.flat()
    assert.equal(taken.length, 40)
    assert.equal(new Set(taken).size, 40)
  },
  "a claim that is rolled back leases nothing": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.putWork(aWork("a-p")))
    await assert.rejects(
      store.transact(async (tx) => {
        await tx.claimWork(NOW, 10, NOW + 30)
        throw new Error("changed its mind")
      })
    )
    assert.deepEqual(await claim(store, NOW, 10, NOW + 30), ["a-p"])
  },
  "work that is put again is free of its lease": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.putWork(aWork("a-p")))
    await claim(store, NOW, 10, NOW + 1000)
    await store.transact((tx) => tx.putWork(aWork("a-p", { dueAt: NOW + 5, tries: 1 })))
    assert.deepEqual(await claim(store, NOW + 4, 10, NOW + 1000), [])
    assert.deepEqual(await claim(store, NOW + 5, 10, NOW + 1000), ["a-p"])
  }
})
