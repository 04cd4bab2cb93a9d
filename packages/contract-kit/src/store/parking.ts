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

export const parking = casesOf("parked observations", {
  "an empty store has none": async ({ store }) => {
    assert.equal(await store.transact((tx) => tx.countParked()), 0)
  },
  "a parked row is counted and no longer unfolded": async ({ store }) => {
    await park(store, "o1", "viss-mm", "MM-1")
    await store.transact((tx) => tx.insertObservation(anObservation("o2")))
    assert.equal(await store.transact((tx) => tx.countParked()), 1)
    assert.deepEqual(await unfolded(store), ["o2"])
  },
  "rows with the reference are joined, and no others": async ({ store }) => {
    await park(store, "o1", "viss-mm", "MM-1")
    await park(store, "o2", "viss-mm", "MM-2")
    await park(store, "o3", "ecommpay-lv", "MM-1")
    await park(store, "o4", "viss-mm", undefined)
    await park(store, "o5", "viss-mm", "MM-1")
    await store.transact((tx) => tx.joinParked("viss-mm", "MM-1"))
    assert.deepEqual(await unfolded(store), ["o1", "o5"])
    assert.equal(await store.transact((tx) => tx.countParked()), 3)
  },
  "joining a reference that nobody waits for does nothing": async ({ store }) => {
    await park(store, "o1", "viss-mm", "MM-1")
    await store.transact((tx) => tx.joinParked("viss-mm", "MM-9"))
    assert.deepEqual(await unfolded(store), [])
    assert.equal(await store.transact((tx) => tx.countParked()), 1)
  },
  "joining does not unfold what is folded already": async ({ store }) => {
    await seed(store, "p")
    await store.transact(async (tx) => {
      await tx.insertObservation(anObservation("o", { reference: "MM-1" }))
      await tx.adoptObservation("o", { attemptId: "a-p", paymentId: "p" })
      await tx.joinParked("viss-mm", "MM-1")
    })
    assert.deepEqual(await unfolded(store), [])
  },
  "a joined row can be adopted with its evidence": async ({ store }) => {
    await park(store, "o", "viss-mm", "MM-1")
    await seed(store, "p")
    await store.transact(async (tx) => {
      await tx.joinParked("viss-mm", "MM-1")
      await tx.adoptObservation("o", { attemptId: "a-p", paymentId: "p" })
    })
    assert.equal(await store.transact((tx) => tx.countParked()), 0)
    assert.deepEqual(idsOf(await store.transact((tx) => tx.observationsOf("p"))), ["o"])
    assert.deepEqual(await store.transact((tx) => tx.evidenceOf("o")), bytesOf("raw of o"))
  },
  "the digest of a parked row stays known": async ({ store }) => {
    await park(store, "o", "viss-mm", "MM-1")
    assert.equal(
      await store.transact((tx) => tx.insertObservation(anObservation("o2", { digest: "digest-of-o" }))),
      false
    )
  }
})
