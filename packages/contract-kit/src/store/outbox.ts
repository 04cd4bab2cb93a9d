import assert from "node:assert/strict"
import { anEvent, idsOf, NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

export const outbox = casesOf("outbox", {
  "an event comes back as it was given": async ({ store }) => {
    await seed(store, "p")
    const row = anEvent("e", "p", { tries: 2, lastError: "kļūda", dueAt: NOW + 5 })
    await store.transact((tx) => tx.insertEvent(row))
    assert.deepEqual(await store.transact((tx) => tx.eventsOf("p")), [row])
  },
  "what is absent stays absent": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.insertEvent(anEvent("e", "p")))
    assert.deepEqual(await store.transact((tx) => tx.eventsOf("p")), [anEvent("e", "p")])
  },
  "an event is due at its time and not a millisecond before": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.insertEvent(anEvent("e", "p", { dueAt: NOW })))
    assert.deepEqual(await store.transact((tx) => tx.dueEvents(NOW - 1, 10)), [])
    assert.deepEqual(idsOf(await store.transact((tx) => tx.dueEvents(NOW, 10))), ["e"])
  },
  "the longest due comes first, of equally due ones the first inserted": async ({ store }) => {
    await seed(store, "p", "q", "r")
    await store.transact(async (tx) => {
      await tx.insertEvent(anEvent("z", "p", { dueAt: NOW }))
      await tx.insertEvent(anEvent("m", "q", { dueAt: NOW }))
      await tx.insertEvent(anEvent("a", "p", { dueAt: NOW }))
      await tx.insertEvent(anEvent("old", "r", { dueAt: NOW - 1 }))
    })
    assert.deepEqual(idsOf(await store.transact((tx) => tx.dueEvents(NOW, 10))), ["old", "z", "m", "a"])
  },
  "no more due events than the limit are given": async ({ store }) => {
    await seed(store, "p")
    await store.transact(async (tx) => {
      for (const id of ["a", "b", "c"]) await tx.insertEvent(anEvent(id, "p"))
    })
    assert.deepEqual(idsOf(await store.transact((tx) => tx.dueEvents(NOW, 2))), ["a", "b"])
  },
  "delivered events are never due, but are listed": async ({ store }) => {
    await seed(store, "p")
    await store.transact(async (tx) => {
      for (const id of ["a", "b", "c"]) await tx.insertEvent(anEvent(id, "p"))
      await tx.updateEvent(anEvent("a", "p", { status: "delivered", tries: 1 }))
      await tx.updateEvent(anEvent("b", "p", { status: "delivered", tries: 9, lastError: "no" }))
    })
    assert.deepEqual(idsOf(await store.transact((tx) => tx.dueEvents(NOW + 1_000_000, 10))), ["c"])
    assert.deepEqual(await store.transact((tx) => tx.eventsOf("p")), [
      anEvent("a", "p", { status: "delivered", tries: 1 }),
      anEvent("b", "p", { status: "delivered", tries: 9, lastError: "no" }),
      anEvent("c", "p")
    ])
  },
  "what comes after a put-off event of its payment waits until that is delivered, and hides no other payment's events":
    async ({ store }) => {
      await seed(store, "p", "q")
      await store.transact(async (tx) => {
        for (const id of ["a", "b", "c"]) await tx.insertEvent(anEvent(id, "p"))
        await tx.insertEvent(anEvent("other", "q", { dueAt: NOW + 5 }))
        await tx.updateEvent(anEvent("a", "p", { tries: 1, dueAt: NOW + 60 }))
      })
      assert.deepEqual(idsOf(await store.transact((tx) => tx.dueEvents(NOW + 10, 1))), ["other"])
      assert.deepEqual(idsOf(await store.transact((tx) => tx.dueEvents(NOW + 60, 10))), ["other", "a"])
      await store.transact((tx) => tx.updateEvent(anEvent("a", "p", { tries: 2, status: "delivered" })))
      assert.deepEqual(idsOf(await store.transact((tx) => tx.dueEvents(NOW + 60, 10))), ["b", "c", "other"])
    },
  "an event that is put off is due again at its new time": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.insertEvent(anEvent("e", "p")))
    await store.transact((tx) => tx.updateEvent(anEvent("e", "p", { tries: 1, dueAt: NOW + 60, lastError: "busy" })))
    assert.deepEqual(await store.transact((tx) => tx.dueEvents(NOW + 59, 10)), [])
    assert.equal((await store.transact((tx) => tx.dueEvents(NOW + 60, 10)))[0]?.tries, 1)
  },
  "an event id is taken once": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.insertEvent(anEvent("e", "p")))
    await assert.rejects(store.transact((tx) => tx.insertEvent(anEvent("e", "p", { payload: "{}" }))))
    assert.deepEqual(await store.transact((tx) => tx.eventsOf("p")), [anEvent("e", "p")])
  },
  "events of a payment keep the order of insertion": async ({ store }) => {
    await seed(store, "p", "q")
    for (const [index, id] of ["z", "a", "m"].entries()) {
      await store.transact(async (tx) => {
        await tx.insertEvent(anEvent(id, "p", { createdAt: NOW - index, dueAt: NOW - index }))
        await tx.insertEvent(anEvent(`q-${id}`, "q"))
      })
    }
    assert.deepEqual(idsOf(await store.transact((tx) => tx.eventsOf("p"))), ["z", "a", "m"])
  }
})
