import assert from "node:assert/strict"
import { aPayment, anAttempt, anEvent, anObservation, aWork, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

const refusal = new Error("the unit changed its mind")

export const transactions = casesOf("transactions", {
  "a unit's answer is given back": async ({ store }) => {
    assert.equal(await store.transact(async () => 42), 42)
  },
  "a unit sees what it wrote": async ({ store }) => {
    const seen = await store.transact(async (tx) => {
      await tx.insertPayment(aPayment("p"))
      await tx.updatePayment(aPayment("p", { epoch: 3 }))
      return tx.findPayment("p")
    })
    assert.equal(seen?.epoch, 3)
  },
  "the next unit sees what a unit wrote": async ({ store }) => {
    await seed(store, "p")
    assert.deepEqual(await store.transact((tx) => tx.findPayment("p")), aPayment("p"))
  },
  "a unit that throws rejects with what it threw": async ({ store }) => {
    await assert.rejects(
      store.transact(() => Promise.reject(refusal)),
      (cause) => cause === refusal
    )
  },
  "a unit that throws leaves nothing behind in any table": async ({ store }) => {
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
  },
  "units of the same turn are kept when a neighbour throws": async ({ store }) => {
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
  },
  "a unit refused by the database spoils no neighbour": async ({ store }) => {
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
  },
  "the answer is that of the run that was committed": async ({ store }) => {
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
  },
  "a unit that is run again finds nothing of its earlier run": async ({ store }) => {
    const seen: Array<boolean> = []
    const insert = store.transact(async (tx) => {
      seen.push(await tx.insertPayment(aPayment("p")))
    })
    await Promise.allSettled([insert, store.transact(() => Promise.reject(refusal))])
    await insert
    assert.ok(seen.length > 0 && seen.every(Boolean), "insertPayment found the row of a run that was rolled back")
  },
  "a unit does not act on what a neighbour wrote and lost": async ({ store }) => {
    const loser = store.transact(async (tx) => {
      await tx.insertPayment(aPayment("p"))
      throw refusal
    })
    const reader = store.transact(async (tx) => (await tx.findPayment("p")) !== undefined)
    await assert.rejects(loser)
    assert.equal(await reader, false)
  },
  "concurrent read-modify-write units lose no update": async ({ store }) => {
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
  },
  "an update of a row that does not exist is refused": async ({ store }) => {
    await seed(store, "p")
    await assert.rejects(store.transact((tx) => tx.updatePayment(aPayment("nobody"))))
    await assert.rejects(store.transact((tx) => tx.updateAttempt(anAttempt("nobody", "p"))))
    await assert.rejects(store.transact((tx) => tx.updateEvent(anEvent("nobody", "p"))))
    await assert.rejects(store.transact((tx) => tx.parkObservation("nobody")))
    await assert.rejects(store.transact((tx) => tx.adoptObservation("nobody", { attemptId: "a-p", paymentId: "p" })))
  },
  "a closed store refuses work": async ({ store }) => {
    await seed(store, "p")
    await store.close()
    await assert.rejects(store.transact((tx) => tx.findPayment("p")))
  },
  "close waits for the work that was given before it": async ({ store, reopen }) => {
    const inserted = store.transact((tx) => tx.insertPayment(aPayment("p")))
    await store.close()
    assert.equal(await inserted, true)
    const again = await reopen()
    assert.ok(await again.transact((tx) => tx.findPayment("p")))
  }
})
