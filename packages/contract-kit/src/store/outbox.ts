import assert from "node:assert/strict"
import { anEvent, idsOf, NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

export const outbox = casesOf("outbox", [
  {
    id: "event-as-given",
    sentence: "An event comes back as it was given.",
    reason: "The application acts on it: grants the permit, closes the case.",
    check: async ({ store }) => {
      await seed(store, "p")
      const row = anEvent("e", "p", { tries: 2, lastError: "kļūda", dueAt: NOW + 5 })
      await store.transact((tx) => tx.insertEvent(row))
      assert.deepEqual(await store.transact((tx) => tx.eventsOf("p")), [row])
    }
  },
  {
    id: "event-absent-fields",
    sentence: "What is absent stays absent.",
    reason: "A delivery that never happened must not look like one.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.insertEvent(anEvent("e", "p")))
      assert.deepEqual(await store.transact((tx) => tx.eventsOf("p")), [anEvent("e", "p")])
    }
  },
  {
    id: "event-due",
    sentence: "An event is due at its time and not a millisecond before.",
    reason: "Too early repeats in a storm; too late leaves a citizen waiting.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.insertEvent(anEvent("e", "p", { dueAt: NOW })))
      assert.deepEqual(await store.transact((tx) => tx.dueEvents(NOW - 1, 10)), [])
      assert.deepEqual(idsOf(await store.transact((tx) => tx.dueEvents(NOW, 10))), ["e"])
    }
  },
  {
    id: "event-order",
    sentence: "The longest due comes first, of equally due ones the first inserted.",
    reason: "An application that hears of the reversal before the payment gives the permit after all.",
    check: async ({ store }) => {
      await seed(store, "p", "q", "r", "s")
      await store.transact(async (tx) => {
        await tx.insertEvent(anEvent("z", "p", { dueAt: NOW }))
        await tx.insertEvent(anEvent("m", "q", { dueAt: NOW }))
        await tx.insertEvent(anEvent("a", "r", { dueAt: NOW }))
        await tx.insertEvent(anEvent("old", "s", { dueAt: NOW - 1 }))
      })
      assert.deepEqual(idsOf(await store.transact((tx) => tx.dueEvents(NOW, 10))), ["old", "z", "m", "a"])
    }
  },
  {
    id: "event-limit",
    sentence: "No more due events than the limit are given.",
    reason: "A backlog must not be loaded at once.",
    check: async ({ store }) => {
      await seed(store, "p", "q", "r")
      await store.transact(async (tx) => {
        for (const [id, paymentId] of Object.entries({ a: "p", b: "q", c: "r" })) {
          await tx.insertEvent(anEvent(id, paymentId))
        }
      })
      assert.deepEqual(idsOf(await store.transact((tx) => tx.dueEvents(NOW, 2))), ["a", "b"])
    }
  },
  {
    id: "event-delivered",
    sentence: "Delivered events are never due, but are listed.",
    reason: "What was delivered once is told once, and can still be proven.",
    check: async ({ store }) => {
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
    }
  },
  {
    id: "event-waits-its-turn",
    sentence:
      "What comes after a put-off event of its payment waits until that is delivered, and hides no other payment's events.",
    reason:
      "Told out of order, an application ends with the older state; one broken delivery must not silence all payments.",
    check: async ({ store }) => {
      await seed(store, "p", "q")
      await store.transact(async (tx) => {
        for (const id of ["a", "b", "c"]) await tx.insertEvent(anEvent(id, "p"))
        await tx.insertEvent(anEvent("other", "q", { dueAt: NOW + 5 }))
        await tx.updateEvent(anEvent("a", "p", { tries: 1, dueAt: NOW + 60 }))
      })
      assert.deepEqual(idsOf(await store.transact((tx) => tx.dueEvents(NOW + 10, 1))), ["other"])
      assert.deepEqual(idsOf(await store.transact((tx) => tx.dueEvents(NOW + 60, 10))), ["other", "a"])
      await store.transact((tx) => tx.updateEvent(anEvent("a", "p", { tries: 2, status: "delivered" })))
      assert.deepEqual(idsOf(await store.transact((tx) => tx.dueEvents(NOW + 60, 10))), ["b", "other"])
    }
  },
  {
    id: "events-one-by-one",
    sentence:
      "Of each payment only the first pending event is due, whatever the clock said when the others were written.",
    reason:
      "After a failed delivery, or by a clock that was set back, an application would be told the older state last.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact(async (tx) => {
        await tx.insertEvent(anEvent("first", "p", { tries: 1, dueAt: NOW + 5 }))
        await tx.insertEvent(anEvent("by an earlier clock", "p", { dueAt: NOW - 50 }))
        await tx.insertEvent(anEvent("last", "p", { dueAt: NOW + 6 }))
      })
      const told: Array<string> = []
      for (let i = 0; i < 3; i++) {
        const [due, ...others] = await store.transact((tx) => tx.dueEvents(NOW + 7, 10))
        assert.ok(due !== undefined && others.length === 0)
        told.push(due.id)
        await store.transact((tx) => tx.updateEvent({ ...due, status: "delivered" }))
      }
      assert.deepEqual(told, ["first", "by an earlier clock", "last"])
    }
  },
  {
    id: "event-put-off",
    sentence: "An event that is put off is due again at its new time.",
    reason: "A broken application is tried again later, not at once for ever and not never.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.insertEvent(anEvent("e", "p")))
      await store.transact((tx) => tx.updateEvent(anEvent("e", "p", { tries: 1, dueAt: NOW + 60, lastError: "busy" })))
      assert.deepEqual(await store.transact((tx) => tx.dueEvents(NOW + 59, 10)), [])
      assert.equal((await store.transact((tx) => tx.dueEvents(NOW + 60, 10)))[0]?.tries, 1)
    }
  },
  {
    id: "event-id-unique",
    sentence: "An event id is taken once.",
    reason: "The id is how an application recognises a repetition.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.insertEvent(anEvent("e", "p")))
      await assert.rejects(store.transact((tx) => tx.insertEvent(anEvent("e", "p", { payload: "{}" }))))
      assert.deepEqual(await store.transact((tx) => tx.eventsOf("p")), [anEvent("e", "p")])
    }
  },
  {
    id: "events-order",
    sentence: "Events of a payment keep the order of insertion.",
    reason: "The history of a payment is told in the order in which it happened.",
    check: async ({ store }) => {
      await seed(store, "p", "q")
      for (const [index, id] of ["z", "a", "m"].entries()) {
        await store.transact(async (tx) => {
          await tx.insertEvent(anEvent(id, "p", { createdAt: NOW - index, dueAt: NOW - index }))
          await tx.insertEvent(anEvent(`q-${id}`, "q"))
        })
      }
      assert.deepEqual(idsOf(await store.transact((tx) => tx.eventsOf("p"))), ["z", "a", "m"])
    }
  }
])
