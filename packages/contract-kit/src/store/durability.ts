import assert from "node:assert/strict"
import type { Store } from "@maksa/core"
import { anAttempt, anEvent, anObservation, aPayment, aRepayment, aWork, bytesOf, NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

const fill = async (store: Store) => {
  await seed(store, "p")
  await store.transact(async (tx) => {
    await tx.insertObservation(anObservation("adopted", { evidence: bytesOf("raw 1") }))
    await tx.adoptObservation("adopted", { attemptId: "a-p", paymentId: "p" })
    await tx.insertObservation(anObservation("unfolded", { evidence: bytesOf("raw 2") }))
    await tx.insertObservation(anObservation("parked"))
    await tx.parkObservation("parked")
    await tx.putSealed("a-p", "p", "input", "text")
    await tx.insertEvent(anEvent("e", "p"))
    await tx.putWork(aWork("a-p"))
    await tx.claimWork(NOW, 10, NOW + 30)
    await tx.insertRepayment(aRepayment("r", "p"))
  })
}

const everything = (store: Store) =>
  store.transact(async (tx) => [
    await tx.findPayment("p"),
    await tx.findAttempt("a-p"),
    await tx.observationsOf("p"),
    await tx.evidenceOf("adopted"),
    (await tx.unfoldedObservations(10)).map((row) => row.id),
    await tx.evidenceOf("unfolded"),
    await tx.countParked(),
    await tx.getSealed("a-p", "input"),
    await tx.eventsOf("p"),
    await tx.findWork("a-p", "query"),
    await tx.repaymentsOf("p")
  ])

export const durability = casesOf("durability", [
  {
    id: "all-there-again",
    sentence: "Everything is there after the store is opened again.",
    reason: "What was acknowledged must outlive the program.",
    check: async ({ store, reopen }) => {
      await fill(store)
      assert.deepEqual(await everything(await reopen()), [
        aPayment("p"),
        anAttempt("a-p", "p"),
        [anObservation("adopted", { attemptId: "a-p", paymentId: "p" })],
        bytesOf("raw 1"),
        ["unfolded"],
        bytesOf("raw 2"),
        1,
        "text",
        [anEvent("e", "p")],
        aWork("a-p", { leaseUntil: NOW + 30 }),
        [aRepayment("r", "p")]
      ])
    }
  },
  {
    id: "opening-changes-nothing",
    sentence: "Opening again changes nothing.",
    reason: "A restart is no event; it must not move a payment.",
    check: async ({ store, reopen }) => {
      await fill(store)
      const first = await everything(await reopen())
      assert.deepEqual(await everything(await reopen()), first)
    }
  },
  {
    id: "digests-last",
    sentence: "Digests stay known after the store is opened again.",
    reason: "Notices repeated after a restart are still copies.",
    check: async ({ store, reopen }) => {
      await fill(store)
      const again = await reopen()
      const copy = anObservation("copy", { digest: "digest-of-adopted" })
      assert.equal(await again.transact((tx) => tx.insertObservation(copy)), false)
      assert.equal(
        await again.transact((tx) => tx.insertPayment(aPayment("q", { idempotencyDigest: "key-of-p" }))),
        false
      )
    }
  },
  {
    id: "order-lasts",
    sentence: "Rows inserted after opening again come after those from before.",
    reason: "Evidence from before a restart is worked through before that from after it.",
    check: async ({ store, reopen }) => {
      await store.transact((tx) => tx.insertObservation(anObservation("z")))
      const again = await reopen()
      await again.transact((tx) => tx.insertObservation(anObservation("a")))
      const rows = await again.transact((tx) => tx.unfoldedObservations(10))
      assert.deepEqual(
        rows.map((row) => row.id),
        ["z", "a"]
      )
    }
  }
])
