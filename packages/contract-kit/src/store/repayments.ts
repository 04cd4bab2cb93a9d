import assert from "node:assert/strict"
import type { RepaymentFilter } from "@maksa/core"
import { anObservation, aRepayment, aWork, bytesOf, idsOf, NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

export const repayments = casesOf("repayments", [
  {
    id: "repayment-as-given",
    sentence: "A repayment comes back as it was given.",
    reason: "It says to whom money goes back, and how much.",
    check: async ({ store }) => {
      await seed(store, "p")
      for (const route of ["manual", "refund", "payout"] as const) {
        const carried = { attemptId: "a-p", finality: "soft", submittedAt: NOW + 1, lastQueryAt: NOW + 2 } as const
        const row = aRepayment(route, "p", {
          route,
          amountMinor: 9_007_199_254_740_993n,
          ...(route === "manual" ? {} : carried)
        })
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
      const next = aRepayment("r1", "p", {
        status: "done",
        history: "[1,2]",
        route: "payout",
        attemptId: "a-p",
        finality: "soft",
        since: NOW + 3,
        submittedAt: NOW + 4,
        lastQueryAt: NOW + 5,
        attention: "unknown_status",
        updatedAt: NOW + 9
      })
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
    id: "repayment-listing",
    sentence: "Repayments of all payments are listed newest first, by time and status, page by page.",
    reason: "What nobody sees waits for ever, or is paid out twice.",
    check: async ({ store }) => {
      await seed(store, "p", "q")
      await store.transact(async (tx) => {
        await tx.insertRepayment(aRepayment("r1", "p"))
        await tx.insertRepayment(aRepayment("r3", "q", { createdAt: NOW + 1, status: "done" }))
        await tx.insertRepayment(aRepayment("r2", "q", { createdAt: NOW + 1 }))
        await tx.insertRepayment(aRepayment("r4", "p", { createdAt: NOW + 2 }))
      })
      const listed = async (filter: Partial<RepaymentFilter>) =>
        idsOf(await store.transact((tx) => tx.listRepayments({ limit: 10, ...filter })))
      assert.deepEqual(await listed({}), ["r4", "r3", "r2", "r1"])
      assert.deepEqual(await listed({ status: "requested" }), ["r4", "r2", "r1"])
      assert.deepEqual(await listed({ from: NOW + 1, to: NOW + 2 }), ["r3", "r2"])
      assert.deepEqual(await listed({ limit: 1, before: { createdAt: NOW + 1, id: "r3" } }), ["r2"])
    }
  },
  {
    id: "repayment-work",
    sentence:
      "Due work of a repayment is claimed beside that of its attempt, and the payee is erased with the payment.",
    reason: "A payout that nobody asks about any more stays unknown for ever.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact(async (tx) => {
        await tx.insertRepayment(aRepayment("r1", "p", { attemptId: "a-p", route: "payout" }))
        await tx.putSealed("r1", "p", "input", "the payee")
        await tx.putWork(aWork("r1", { kind: "repayment" }))
        await tx.putWork(aWork("a-p"))
        await tx.insertObservation(anObservation("o1", { reference: "r1", evidence: bytesOf("a payout's message") }))
      })
      assert.deepEqual(
        (await store.transact((tx) => tx.claimWork(NOW, 10, NOW + 1))).map(({ attemptId, kind }) => [attemptId, kind]),
        [
          ["r1", "repayment"],
          ["a-p", "query"]
        ]
      )
      assert.equal(await store.transact((tx) => tx.getSealed("r1", "input")), "the payee")
      await store.transact((tx) => tx.erase("p"))
      assert.equal(await store.transact((tx) => tx.getSealed("r1", "input")), undefined)
      assert.equal(await store.transact((tx) => tx.evidenceOf("o1")), undefined)
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
