import assert from "node:assert/strict"
import type { Store } from "@maksa/core"
import { anEvent, aWork, NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

const claim = async (store: Store, now: number, limit: number, leaseUntil: number) =>
  (await store.transact((tx) => tx.claimWork(now, limit, leaseUntil))).map((row) => row.attemptId)

export const work = casesOf("due work", [
  {
    id: "work-as-given",
    sentence: "Work comes back as it was given.",
    reason: "A changed time asks the provider too early, or never.",
    check: async ({ store }) => {
      await seed(store, "p")
      const row = aWork("a-p", { kind: "receipt", dueAt: NOW + 5, leaseUntil: NOW - 1, tries: 4 })
      await store.transact((tx) => tx.putWork(row))
      assert.deepEqual(await store.transact((tx) => tx.findWork("a-p", "receipt")), row)
      assert.equal(await store.transact((tx) => tx.findWork("a-p", "query")), undefined)
    }
  },
  {
    id: "work-put-again",
    sentence: "Putting work again keeps one row with the new values.",
    reason: "Two rows of one question ask twice for ever.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.putWork(aWork("a-p", { tries: 1 })))
      const next = aWork("a-p", { dueAt: NOW + 9, leaseUntil: NOW + 1, tries: 2 })
      await store.transact((tx) => tx.putWork(next))
      assert.deepEqual(await store.transact((tx) => tx.findWork("a-p", "query")), next)
      assert.deepEqual(await claim(store, NOW + 9, 10, NOW + 99), ["a-p"])
      assert.deepEqual(await claim(store, NOW + 9, 10, NOW + 99), [])
    }
  },
  {
    id: "work-kinds",
    sentence: "Both kinds of one attempt are kept apart.",
    reason: "A receipt that is fetched must not end the watch over the money.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact(async (tx) => {
        await tx.putWork(aWork("a-p", { tries: 1 }))
        await tx.putWork(aWork("a-p", { kind: "receipt", tries: 2 }))
        await tx.deleteWork("a-p", "query")
      })
      assert.equal(await store.transact((tx) => tx.findWork("a-p", "query")), undefined)
      assert.equal((await store.transact((tx) => tx.findWork("a-p", "receipt")))?.tries, 2)
    }
  },
  {
    id: "work-deleted",
    sentence: "Deleting work that is not there is no error.",
    reason: "Two programs finish the same work in the same moment.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.deleteWork("a-p", "query"))
      assert.equal(await store.transact((tx) => tx.findWork("a-p", "query")), undefined)
    }
  },
  {
    id: "work-due",
    sentence: "Work is claimed at its time and not a millisecond before.",
    reason: "Providers refuse questions that come too early.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.putWork(aWork("a-p", { dueAt: NOW })))
      assert.deepEqual(await claim(store, NOW - 1, 10, NOW + 30), [])
      assert.deepEqual(await claim(store, NOW, 10, NOW + 30), ["a-p"])
    }
  },
  {
    id: "work-claim-answer",
    sentence: "A claim answers the row with its lease and leaves the tries.",
    reason: "Whoever asks must know how often it was tried, or backs off wrongly.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.putWork(aWork("a-p", { tries: 3 })))
      const leased = aWork("a-p", { tries: 3, leaseUntil: NOW + 30 })
      assert.deepEqual(await store.transact((tx) => tx.claimWork(NOW, 10, NOW + 30)), [leased])
      assert.deepEqual(await store.transact((tx) => tx.findWork("a-p", "query")), leased)
    }
  },
  {
    id: "work-leased",
    sentence: "Nobody else gets leased work until the lease ends.",
    reason: "Two programs that ask the same at once break the provider's limits.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.putWork(aWork("a-p")))
      assert.deepEqual(await claim(store, NOW, 10, NOW + 30), ["a-p"])
      assert.deepEqual(await claim(store, NOW + 1, 10, NOW + 60), [])
      assert.deepEqual(await claim(store, NOW + 29, 10, NOW + 60), [])
      assert.deepEqual(await claim(store, NOW + 30, 10, NOW + 60), ["a-p"])
    }
  },
  {
    id: "work-order",
    sentence: "The longest due is claimed first.",
    reason: "A flood of new work must not starve the oldest payment.",
    check: async ({ store }) => {
      await seed(store, "p", "q", "r")
      await store.transact(async (tx) => {
        await tx.putWork(aWork("a-p", { dueAt: NOW - 1 }))
        await tx.putWork(aWork("a-q", { dueAt: NOW - 3 }))
        await tx.putWork(aWork("a-r", { dueAt: NOW - 2 }))
      })
      assert.deepEqual(await claim(store, NOW, 2, NOW + 30), ["a-q", "a-r"])
      assert.deepEqual(await claim(store, NOW, 2, NOW + 30), ["a-p"])
    }
  },
  {
    id: "work-limit",
    sentence: "No more work than the limit is claimed.",
    reason: "A program takes what it can do, and leaves the rest to others.",
    check: async ({ store }) => {
      await seed(store, "p", "q")
      await store.transact(async (tx) => {
        await tx.putWork(aWork("a-p"))
        await tx.putWork(aWork("a-q"))
      })
      assert.deepEqual(await claim(store, NOW, 0, NOW + 30), [])
      assert.equal((await claim(store, NOW, 1, NOW + 30)).length, 1)
      await assert.rejects(claim(store, NOW, -1, NOW + 30))
      assert.equal((await claim(store, NOW, 10, NOW + 30)).length, 1)
    }
  },
  {
    id: "work-shared",
    sentence: "Parallel claims share the work out without giving anything twice.",
    reason: "Programs side by side divide the work; none of it is done twice or lost.",
    check: async ({ store }) => {
      const ids = Array.from({ length: 40 }, (_, index) => `p${index}`)
      await seed(store, ...ids)
      await store.transact(async (tx) => {
        for (const id of ids) await tx.putWork(aWork(`a-${id}`))
      })
      const claims = await Promise.all(Array.from({ length: 10 }, () => claim(store, NOW, 7, NOW + 30)))
      const taken = claims.flat()
      assert.equal(taken.length, 40)
      assert.equal(new Set(taken).size, 40)
    }
  },
  {
    id: "work-claim-rolled-back",
    sentence: "A claim that is rolled back leases nothing.",
    reason: "Work leased by nobody waits until a citizen complains.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.putWork(aWork("a-p")))
      await assert.rejects(
        store.transact(async (tx) => {
          await tx.claimWork(NOW, 10, NOW + 30)
          throw new Error("changed its mind")
        })
      )
      assert.deepEqual(await claim(store, NOW, 10, NOW + 30), ["a-p"])
    }
  },
  {
    id: "work-put-frees",
    sentence: "Work that is put again is free of its lease.",
    reason: "New work is for whoever comes next, not for who held the old.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.putWork(aWork("a-p")))
      await claim(store, NOW, 10, NOW + 1000)
      await store.transact((tx) => tx.putWork(aWork("a-p", { dueAt: NOW + 5, tries: 1 })))
      assert.deepEqual(await claim(store, NOW + 4, 10, NOW + 1000), [])
      assert.deepEqual(await claim(store, NOW + 5, 10, NOW + 1000), ["a-p"])
    }
  },
  {
    id: "work-turned-back",
    sentence: "A clock that was set back by more than a minute moves due work, its leases and pending events, once.",
    reason: "What a wrong clock planned would wait for as long as it was ahead; several processes see the same clock.",
    check: async ({ store }) => {
      await seed(store, "p")
      const delivered = anEvent("done", "p", { dueAt: NOW, status: "delivered" })
      await store.transact(async (tx) => {
        await tx.putWork(aWork("a-p", { dueAt: NOW + 100_000 }))
        await tx.claimWork(NOW + 100_000, 1, NOW + 100_030)
        await tx.insertEvent(anEvent("e", "p", { dueAt: NOW + 100_000 }))
        await tx.insertEvent(delivered)
      })
      // Forwards, and back by less than a minute, moves nothing; then once by a hundred seconds, whoever else passes.
      for (const at of [NOW - 50_000, NOW + 100_000, NOW + 41_000, NOW, NOW, NOW - 1000, NOW + 3000]) {
        await store.transact((tx) => tx.followClock(at))
      }
      assert.deepEqual(await claim(store, NOW + 29, 10, NOW + 99), [])
      assert.deepEqual(await claim(store, NOW + 30, 10, NOW + 99), ["a-p"])
      const events = await store.transact((tx) => tx.eventsOf("p"))
      assert.deepEqual(events, [anEvent("e", "p", { dueAt: NOW }), delivered])
    }
  }
])
