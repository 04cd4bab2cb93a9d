import assert from "node:assert/strict"
import { aPayment, anAttempt, anEvent, anObservation, aWork, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

const refusal = new Error("the unit changed its mind")

export const transactions = casesOf("transactions", [
  {
    id: "unit-answer",
    sentence: "A unit's answer is given back.",
    reason: "The engine's verbs answer with what their unit found; a lost answer is a payment that seems not to exist.",
    check: async ({ store }) => {
      assert.equal(await store.transact(async () => 42), 42)
    }
  },
  {
    id: "unit-sees-itself",
    sentence: "A unit sees what it wrote.",
    reason: "A unit decides by what it has just written; stale reads make it decide twice.",
    check: async ({ store }) => {
      const seen = await store.transact(async (tx) => {
        await tx.insertPayment(aPayment("p"))
        await tx.updatePayment(aPayment("p", { epoch: 3 }))
        return tx.findPayment("p")
      })
      assert.equal(seen?.epoch, 3)
    }
  },
  {
    id: "next-unit-sees",
    sentence: "The next unit sees what a unit wrote.",
    reason: "A payment that the next call does not find is created a second time.",
    check: async ({ store }) => {
      await seed(store, "p")
      assert.deepEqual(await store.transact((tx) => tx.findPayment("p")), aPayment("p"))
    }
  },
  {
    id: "unit-failure-told",
    sentence: "A unit that throws rejects with what it threw.",
    reason: "The cause decides whether a command is repeated; a changed one is repeated blindly or never.",
    check: async ({ store }) => {
      await assert.rejects(
        store.transact(() => Promise.reject(refusal)),
        (cause) => cause === refusal
      )
    }
  },
  {
    id: "all-or-nothing",
    sentence: "A unit that throws leaves nothing behind in any table.",
    reason: "Half a change is money in one table and none in the other.",
    check: async ({ store }) => {
      await seed(store, "kept")
      await assert.rejects(
        store.transact(async (tx) => {
          await tx.insertPayment(aPayment("p"))
          await tx.insertAttempt(anAttempt("a", "p"))
          await tx.insertObservation(anObservation("o", { paymentId: "p" }))
          await tx.putSealed("a", "p", "input", "text")
          await tx.insertEvent(anEvent("e", "p"))
          await tx.putWork(aWork("a"))
          await tx.updatePayment(aPayment("kept", { epoch: 9 }))
          throw refusal
        })
      )
      const left = await store.transact(async (tx) => [
        await tx.findPayment("p"),
        await tx.findAttempt("a"),
        (await tx.unfoldedObservations(10)).length,
        await tx.getSealed("a", "input"),
        (await tx.eventsOf("p")).length,
        await tx.findWork("a", "query"),
        (await tx.findPayment("kept"))?.epoch
      ])
      assert.deepEqual(left, [undefined, undefined, 0, undefined, 0, undefined, 0])
    }
  },
  {
    id: "neighbours-kept",
    sentence: "Units of the same turn are kept when a neighbour throws.",
    reason: "Stores that commit in groups must not lose one citizen's evidence by the mistake of another's.",
    check: async ({ store }) => {
      const put = (id: string, isBad = false) =>
        store.transact(async (tx) => {
          await tx.insertPayment(aPayment(id))
          if (isBad) throw refusal
          return id
        })
      const results = await Promise.allSettled([put("a"), put("b", true), put("c"), put("d", true), put("e")])
      assert.deepEqual(
        results.map((result) => (result.status === "fulfilled" ? result.value : "rejected")),
        ["a", "rejected", "c", "rejected", "e"]
      )
      const found = await store.transact(async (tx) => {
        const ids: Array<string> = []
        for (const id of ["a", "b", "c", "d", "e"]) if (await tx.findPayment(id)) ids.push(id)
        return ids
      })
      assert.deepEqual(found, ["a", "c", "e"])
    }
  },
  {
    id: "database-refusal-alone",
    sentence: "A unit refused by the database spoils no neighbour.",
    reason: "One double delivery must not undo the notices that came in the same moment.",
    check: async ({ store }) => {
      await seed(store, "p")
      const observe = (id: string) => store.transact((tx) => tx.insertObservation(anObservation(id)))
      const results = await Promise.allSettled([
        observe("o1"),
        store.transact((tx) => tx.insertAttempt(anAttempt("a-p", "p"))), // the id is taken
        observe("o2")
      ])
      assert.deepEqual(
        results.map((result) => result.status),
        ["fulfilled", "rejected", "fulfilled"]
      )
      assert.equal((await store.transact((tx) => tx.unfoldedObservations(10))).length, 2)
    }
  },
  {
    id: "answer-of-the-commit",
    sentence: "The answer is that of the run that was committed.",
    reason: "A caller who is told of a run that was undone believes in a payment that is not there.",
    check: async ({ store }) => {
      let runs = 0
      const counted = store.transact(async (tx) => {
        runs++
        await tx.insertPayment(aPayment("p", { epoch: runs }))
        return runs
      })
      const [answer] = await Promise.allSettled([counted, store.transact(() => Promise.reject(refusal))])
      const row = await store.transact((tx) => tx.findPayment("p"))
      assert.equal(answer.status, "fulfilled")
      assert.equal(row?.epoch, answer.status === "fulfilled" ? answer.value : undefined)
    }
  },
  {
    id: "rerun-starts-clean",
    sentence: "A unit that is run again finds nothing of its earlier run.",
    reason: "A run that finds its own earlier rows takes itself for a copy and does nothing.",
    check: async ({ store }) => {
      const seen: Array<boolean> = []
      const insert = store.transact(async (tx) => {
        seen.push(await tx.insertPayment(aPayment("p")))
      })
      await Promise.allSettled([insert, store.transact(() => Promise.reject(refusal))])
      await insert
      assert.ok(seen.length > 0 && seen.every(Boolean), "insertPayment found the row of a run that was rolled back")
    }
  },
  {
    id: "no-act-on-lost-writes",
    sentence: "A unit does not act on what a neighbour wrote and lost.",
    reason: "A decision by what was never committed cannot be explained to anybody afterwards.",
    check: async ({ store }) => {
      const loser = store.transact(async (tx) => {
        await tx.insertPayment(aPayment("p"))
        throw refusal
      })
      const reader = store.transact(async (tx) => (await tx.findPayment("p")) !== undefined)
      await assert.rejects(loser)
      assert.equal(await reader, false)
    }
  },
  {
    id: "no-lost-update",
    sentence: "Concurrent read-modify-write units lose no update.",
    reason: "Of two moneys that arrive at once one would vanish from the books.",
    check: async ({ store }) => {
      await seed(store, "p")
      const increment = () =>
        store.transact(async (tx) => {
          const row = await tx.findPayment("p")
          assert.ok(row)
          await Promise.resolve() // gives another unit the chance to read the same row
          await tx.updatePayment({ ...row, epoch: row.epoch + 1 })
        })
      await Promise.all(Array.from({ length: 50 }, increment))
      assert.equal((await store.transact((tx) => tx.findPayment("p")))?.epoch, 50)
    }
  },
  {
    id: "update-needs-a-row",
    sentence: "An update of a row that does not exist is refused.",
    reason: "A silent update of nothing loses a status, and nobody is told.",
    check: async ({ store }) => {
      await seed(store, "p")
      await assert.rejects(store.transact((tx) => tx.updatePayment(aPayment("nobody"))))
      await assert.rejects(store.transact((tx) => tx.updateAttempt(anAttempt("nobody", "p"))))
      await assert.rejects(store.transact((tx) => tx.updateEvent(anEvent("nobody", "p"))))
      await assert.rejects(store.transact((tx) => tx.parkObservation("nobody")))
      await assert.rejects(store.transact((tx) => tx.adoptObservation("nobody", { attemptId: "a-p", paymentId: "p" })))
    }
  },
  {
    id: "closed-refuses",
    sentence: "A closed store refuses work.",
    reason: "Work taken after the end is acknowledged and lost.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.close()
      await assert.rejects(store.transact((tx) => tx.findPayment("p")))
    }
  },
  {
    id: "close-waits",
    sentence: "Close waits for the work that was given before it.",
    reason: "A restart in the middle of the day must lose nothing that was accepted.",
    check: async ({ store, reopen }) => {
      const inserted = store.transact((tx) => tx.insertPayment(aPayment("p")))
      await store.close()
      assert.equal(await inserted, true)
      const again = await reopen()
      assert.ok(await again.transact((tx) => tx.findPayment("p")))
    }
  }
])
