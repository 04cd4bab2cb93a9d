import assert from "node:assert/strict"
import type { Store, SubmittedFilter } from "@maksa/core"
import { anAttempt, aPayment, idsOf, NOW } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

const all = { instance: "viss-mm", from: 0, to: NOW + 1000, limit: 100 }

/** Attempts by the minute of their submission: `a` and `c` in one, `x` at another instance, `n` never. */
const fill = (store: Store): Promise<void> =>
  store.transact(async (tx) => {
    await tx.insertPayment(aPayment("p"))
    const at = { e: NOW + 20, c: NOW + 10, a: NOW + 10, b: NOW, d: NOW + 15, x: NOW + 5, n: undefined }
    for (const [index, [id, submittedAt]] of Object.entries(at).entries()) {
      const instance = id === "x" ? "other" : "viss-mm"
      const submission = submittedAt === undefined ? "none" : "started"
      await tx.insertAttempt(anAttempt(id, "p", { ordinal: index + 1, instance, submission, submittedAt }))
    }
  })

const list = async (store: Store, filter: Partial<SubmittedFilter> = {}) =>
  idsOf(await store.transact((tx) => tx.submittedAttempts({ ...all, ...filter }))).join("")

export const submissions = casesOf("submitted attempts", [
  {
    id: "submissions-order",
    sentence: "Submitted attempts come by the time of their submission, then by id, and those never sent not at all.",
    reason: "Reconciliation walks through them a page at a time.",
    check: async ({ store }) => {
      await fill(store)
      assert.equal(await list(store), "bacde")
      assert.equal(await list(store, { limit: 2 }), "ba")
      assert.equal(await list(store, { instance: "other" }), "x")
      await assert.rejects(list(store, { limit: -1 }))
    }
  },
  {
    id: "submissions-span",
    sentence: "From is inclusive and to is exclusive.",
    reason: "Neighbouring days share no attempt, and lose none.",
    check: async ({ store }) => {
      await fill(store)
      assert.equal(await list(store, { from: NOW + 10, to: NOW + 15 }), "ac")
      assert.equal(await list(store, { from: NOW + 15, to: NOW + 21 }), "de")
    }
  },
  {
    id: "submissions-pages",
    sentence: "Pages join without gap or repeat, at any page size.",
    reason: "An attempt between two pages is never missed at the provider.",
    check: async ({ store }) => {
      await fill(store)
      for (const limit of [1, 2, 3, 5]) {
        const pages: Array<string> = []
        let filter: SubmittedFilter = { ...all, limit }
        for (;;) {
          const page = await store.transact((tx) => tx.submittedAttempts(filter))
          const last = page.at(-1)
          if (last?.submittedAt === undefined) break
          assert.ok(pages.length < 5, "the pages do not end")
          pages.push(...idsOf(page))
          filter = { ...filter, after: { submittedAt: last.submittedAt, id: last.id } }
        }
        assert.equal(pages.join(""), "bacde")
      }
    }
  }
])
