import assert from "node:assert/strict"
import { aRepayment, idsOf, NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

export const repayments = casesOf("repayments", [
  {
    id: "repayment-as-given",
    sentence: "A repayment comes back as it was given.",
    reason: "It says to whom money goes back, and how much.",
    check: async ({ store }) => {
      await seed(store, "p")
      for (const route of ["manual", "refund", "payout"] as const) {
        const row = aRepayment(route, "p", { route, amountMinor: 9_007_199_254_740_993n })
        assert.equal(await store.transact((tx) => tx.insertRepayment(row)), true)
        assert.deepEqual(await store.transact((tx) => tx.findRepayment(route)), row)
      }
    }
  },
  {
    id: "unknown-repayment",
    sentence: "An unknown repayment is not found.",
    reason: "A decision about nothing must be refused.",
    check: async ({ store }) => {
      assert.equal(await store.transact((tx) => tx.findRepayment("nobody")), undefined)
      assert.equal(await store.transact((tx) => tx.findRepaymentByKey("nobody")), undefined)
    }
  },
  {
    id: "repayment-key-taken",
    sentence: "A taken idempotency digest answers false and stores nothing.",
    reason: "A repeated command must not send the money twice.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.insertRepayment(aRepayment("r1", "p")))
      const second = aRepayment("r2", "p", { idempotencyDigest: "key-of-r1" })
      assert.equal(await store.transact((tx) => tx.insertRepayment(second)), false)
      assert.deepEqual(await store.transact((tx) => tx.repaymentsOf("p")), [aRepayment("r1", "p")])
    }
  },
  {
    id: "repayment-key-parallel",
    sentence: "Of 100 parallel repayments with one idempotency digest one is stored.",
    reason: "Two clerks in the same moment are one repayment.",
    check: async ({ store }) => {
      await seed(store, "p")
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          store.transact((tx) => tx.insertRepayment(aRepayment(`r${index}`, "p", { idempotencyDigest: "same" })))
        )
      )
      assert.equal(answers.filter(Boolean).length, 1)
      assert.equal((await store.transact((tx) => tx.repaymentsOf("p"))).length, 1)
    }
  },
  {
    id: "repayment-by-key",
    sentence: "A repayment is found by its idempotency digest.",
    reason: "Without it a repeat cannot tell that it is one.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.insertRepayment(aRepayment("r1", "p")))
      assert.equal((await store.transact((tx) => tx.findRepaymentByKey("key-of-r1")))?.id, "r1")
    }
  },
  {
    id: "repayment-update",
    sentence: "An update writes every column and touches no other repayment.",
    reason: "A forgotten column leaves a repayment open that was paid out.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact(async (tx) => {
        await tx.insertRepayment(aRepayment("r1", "p"))
        await tx.insertRepayment(aRepayment("r2", "p"))
      })
      const next = aRepayment("r1", "p", { status: "done", history: "[1,2]", route: "payout", updatedAt: NOW + 9 })
      await store.transact((tx) => tx.updateRepayment(next))
      assert.deepEqual(await store.transact((tx) => tx.repaymentsOf("p")), [next, aRepayment("r2", "p")])
      await assert.rejects(store.transact((tx) => tx.updateRepayment(aRepayment("nobody", "p"))))
    }
  },
  {
    id: "repayments-order",
    sentence: "Repayments of a payment are listed in the order of insertion.",
    reason: "What was given back first is subtracted first.",
    check: async ({ store }) => {
      await seed(store, "p", "q")
      for (const id of ["z", "a", "m"]) await store.transact((tx) => tx.insertRepayment(aRepayment(id, "p")))
      assert.deepEqual(idsOf(await store.transact((tx) => tx.repaymentsOf("p"))), ["z", "a", "m"])
      assert.deepEqual(await store.transact((tx) => tx.repaymentsOf("q")), [])
    }
  },
  {
    id: "repayment-decisions",
    sentence: "Concurrent decisions on one repayment lose none.",
    reason: "An approval that overwrites a refusal pays out against a decision.",
    check: async ({ store }) => {
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
  }
])
