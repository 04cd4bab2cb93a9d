import assert from "node:assert/strict"
import { aRepayment, idsOf, NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

export const repayments = casesOf("repayments", {
  "a repayment comes back as it was given": async ({ store }) => {
    await seed(store, "p")
    for (const route of ["manual", "refund", "payout"] as const) {
      const row = aRepayment(route, "p", { route, amountMinor: 9_007_199_254_740_993n })
      assert.equal(await store.transact((tx) => tx.insertRepayment(row)), true)
      assert.deepEqual(await store.transact((tx) => tx.findRepayment(route)), row)
    }
  },
  "an unknown repayment is not found": async ({ store }) => {
    assert.equal(await store.transact((tx) => tx.findRepayment("nobody")), undefined)
    assert.equal(await store.transact((tx) => tx.findRepaymentByKey("nobody")), undefined)
  },
  "a taken idempotency digest answers false and stores nothing": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.insertRepayment(aRepayment("r1", "p")))
    const second = aRepayment("r2", "p", { idempotencyDigest: "key-of-r1" })
    assert.equal(await store.transact((tx) => tx.insertRepayment(second)), false)
    assert.deepEqual(await store.transact((tx) => tx.repaymentsOf("p")), [aRepayment("r1", "p")])
  },
  "of 100 parallel repayments with one idempotency digest one is stored": async ({ store }) => {
    await seed(store, "p")
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        store.transact((tx) => tx.insertRepayment(aRepayment(`r${index}`, "p", { idempotencyDigest: "same" })))
      )
    )
    assert.equal(answers.filter(Boolean).length, 1)
    assert.equal((await store.transact((tx) => tx.repaymentsOf("p"))).length, 1)
  },
  "a repayment is found by its idempotency digest": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.insertRepayment(aRepayment("r1", "p")))
    assert.equal((await store.transact((tx) => tx.findRepaymentByKey("key-of-r1")))?.id, "r1")
  },
  "an update writes every column and touches no other repayment": async ({ store }) => {
    await seed(store, "p")
    await store.transact(async (tx) => {
      await tx.insertRepayment(aRepayment("r1", "p"))
      await tx.insertRepayment(aRepayment("r2", "p"))
    })
    const next = aRepayment("r1", "p", { status: "done", history: "[1,2]", route: "payout", updatedAt: NOW + 9 })
    await store.transact((tx) => tx.updateRepayment(next))
    assert.deepEqual(await store.transact((tx) => tx.repaymentsOf("p")), [next, aRepayment("r2", "p")])
    await assert.rejects(store.transact((tx) => tx.updateRepayment(aRepayment("nobody", "p"))))
  },
  "repayments of a payment are listed in the order of insertion": async ({ store }) => {
    await seed(store, "p", "q")
    for (const id of ["z", "a", "m"]) await store.transact((tx) => tx.insertRepayment(aRepayment(id, "p")))
    assert.deepEqual(idsOf(await store.transact((tx) => tx.repaymentsOf("p"))), ["z", "a", "m"])
    assert.deepEqual(await store.transact((tx) => tx.repaymentsOf("q")), [])
  },
  "concurrent decisions on one repayment lose none": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.insertRepayment(aRepayment("r", "p", { history: "" })))
    await Promise.all(
      Array.from({ length: 20 }, () =>
        store.transact(async (tx) => {
          const row = await tx.findRepayment("r")
          assert.ok(row)
          await tx.updateRepayment({ ...row, history: `${row.history}x` })
        })
      )
    )
    assert.equal((await store.transact((tx) => tx.findRepayment("r")))?.history.length, 20)
  }
})
