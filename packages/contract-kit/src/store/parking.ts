import assert from "node:assert/strict"
import type { Store } from "@maksa/core"
import { anObservation, bytesOf, idsOf, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

const park = (store: Store, id: string, instance: string, reference: string | undefined) =>
  store.transact(async (tx) => {
    await tx.insertObservation(anObservation(id, { instance, reference, evidence: bytesOf(`raw of ${id}`) }))
    await tx.parkObservation(id)
  })

const unfolded = async (store: Store) => idsOf(await store.transact((tx) => tx.unfoldedObservations(10)))

export const parking = casesOf("parked observations", [
  {
    id: "none-parked",
    sentence: "An empty store has none.",
    reason: "A count that starts wrong raises an alarm nobody can end.",
    check: async ({ store }) => {
      assert.equal(await store.transact((tx) => tx.countParked()), 0)
    }
  },
  {
    id: "parked-counted",
    sentence: "A parked row is counted and no longer unfolded.",
    reason: "Notices of unknown payments must be seen by an operator and not be tried for ever.",
    check: async ({ store }) => {
      await park(store, "o1", "viss-mm", "MM-1")
      await store.transact((tx) => tx.insertObservation(anObservation("o2")))
      assert.equal(await store.transact((tx) => tx.countParked()), 1)
      assert.deepEqual(await unfolded(store), ["o2"])
    }
  },
  {
    id: "parked-joined",
    sentence: "Rows with the reference are joined, and no others.",
    reason: "A notice that came before its payment is its money; another's is not.",
    check: async ({ store }) => {
      await park(store, "o1", "viss-mm", "MM-1")
      await park(store, "o2", "viss-mm", "MM-2")
      await park(store, "o3", "ecommpay-lv", "MM-1")
      await park(store, "o4", "viss-mm", undefined)
      await park(store, "o5", "viss-mm", "MM-1")
      await store.transact((tx) => tx.joinParked("viss-mm", "MM-1"))
      assert.deepEqual(await unfolded(store), ["o1", "o5"])
      assert.equal(await store.transact((tx) => tx.countParked()), 3)
    }
  },
  {
    id: "joining-nothing",
    sentence: "Joining a reference that nobody waits for does nothing.",
    reason: "Most payments have nothing waiting; that is no error.",
    check: async ({ store }) => {
      await park(store, "o1", "viss-mm", "MM-1")
      await store.transact((tx) => tx.joinParked("viss-mm", "MM-9"))
      assert.deepEqual(await unfolded(store), [])
      assert.equal(await store.transact((tx) => tx.countParked()), 1)
    }
  },
  {
    id: "joining-folded",
    sentence: "Joining does not unfold what is folded already.",
    reason: "What was worked through once must not be counted again.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact(async (tx) => {
        await tx.insertObservation(anObservation("o", { reference: "MM-1" }))
        await tx.adoptObservation("o", { attemptId: "a-p", paymentId: "p" })
        await tx.joinParked("viss-mm", "MM-1")
      })
      assert.deepEqual(await unfolded(store), [])
    }
  },
  {
    id: "joined-evidence",
    sentence: "A joined row can be adopted with its evidence.",
    reason: "The proof must still be there when the payment is.",
    check: async ({ store }) => {
      await park(store, "o", "viss-mm", "MM-1")
      await seed(store, "p")
      await store.transact(async (tx) => {
        await tx.joinParked("viss-mm", "MM-1")
        await tx.adoptObservation("o", { attemptId: "a-p", paymentId: "p" })
      })
      assert.equal(await store.transact((tx) => tx.countParked()), 0)
      assert.deepEqual(idsOf(await store.transact((tx) => tx.observationsOf("p"))), ["o"])
      assert.deepEqual(await store.transact((tx) => tx.evidenceOf("o")), bytesOf("raw of o"))
    }
  },
  {
    id: "parked-digest",
    sentence: "The digest of a parked row stays known.",
    reason: "A copy of a waiting notice is still a copy.",
    check: async ({ store }) => {
      await park(store, "o", "viss-mm", "MM-1")
      assert.equal(
        await store.transact((tx) => tx.insertObservation(anObservation("o2", { digest: "digest-of-o" }))),
        false
      )
    }
  }
])
