import assert from "node:assert/strict"
import type { PaymentFilter, Store } from "@maksa/core"
import { aPayment, idsOf, NOW } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

/** Seven payments in three moments, so that several share a time. */
const fill = (store: Store) =>
  store.transact(async (tx) => {
    for (const [id, after] of Object.entries({ d: 0, a: 0, c: 10, b: 10, g: 10, e: 20, f: 20 })) {
      await tx.insertPayment(aPayment(id, { createdAt: NOW + after }))
    }
  })

const list = async (store: Store, filter: PaymentFilter) =>
  idsOf(await store.transact((tx) => tx.listPayments(filter))).join("")

export const listing = casesOf("listing payments", [
  {
    id: "empty-listing",
    sentence: "An empty store lists nothing.",
    reason: "A clerk's first day starts with an empty list, not with an error.",
    check: async ({ store }) => {
      assert.deepEqual(await store.transact((tx) => tx.listPayments({ limit: 10 })), [])
    }
  },
  {
    id: "listing-order",
    sentence: "Payments are listed newest first, equal times by falling id.",
    reason: "Clerks and exports count on one order; equal times must not shuffle.",
    check: async ({ store }) => {
      await fill(store)
      assert.equal(await list(store, { limit: 100 }), "fegcbda")
    }
  },
  {
    id: "listing-limit",
    sentence: "No more than the limit are listed.",
    reason: "A list without a bound takes the whole memory of the program.",
    check: async ({ store }) => {
      await fill(store)
      assert.equal(await list(store, { limit: 3 }), "feg")
      assert.equal(await list(store, { limit: 0 }), "")
    }
  },
  {
    id: "listing-wrong-limit",
    sentence: "A limit that is not a whole number of rows is refused.",
    reason: "A limit that is silently bent returns everything, or nothing.",
    check: async ({ store }) => {
      await fill(store)
      for (const limit of [-1, 1.5, Number.NaN]) await assert.rejects(list(store, { limit }))
    }
  },
  {
    id: "listing-pages",
    sentence: "Pages join without gap or repeat, at any page size.",
    reason: "A payment between two pages is missing from the day's closing.",
    check: async ({ store }) => {
      await fill(store)
      for (const limit of [1, 2, 3, 4, 7]) {
        const pages: Array<string> = []
        let filter: PaymentFilter = { limit }
        for (;;) {
          const page = await store.transact((tx) => tx.listPayments(filter))
          const last = page.at(-1)
          if (last === undefined) break
          assert.ok(pages.length < 7, "the pages do not end")
          pages.push(...idsOf(page))
          filter = { limit, before: { createdAt: last.createdAt, id: last.id } }
        }
        assert.equal(pages.join(""), "fegcbda")
      }
    }
  },
  {
    id: "listing-steady",
    sentence: "A payment that comes in between two pages moves none of the next page.",
    reason: "Payments arrive while somebody turns pages; none may be shown twice or skipped.",
    check: async ({ store }) => {
      await fill(store)
      assert.equal(await list(store, { limit: 3 }), "feg")
      await store.transact((tx) => tx.insertPayment(aPayment("h", { createdAt: NOW + 30 })))
      assert.equal(await list(store, { limit: 3, before: { createdAt: NOW + 10, id: "g" } }), "cbd")
    }
  },
  {
    id: "listing-from",
    sentence: "From is inclusive.",
    reason: "A payment at the first millisecond of the day belongs to the day.",
    check: async ({ store }) => {
      await fill(store)
      assert.equal(await list(store, { limit: 100, from: NOW + 10 }), "fegcb")
      assert.equal(await list(store, { limit: 100, from: NOW + 11 }), "fe")
    }
  },
  {
    id: "listing-to",
    sentence: "To is exclusive, so that neighbouring periods share no payment.",
    reason: "Two neighbouring periods that share a payment count its money twice.",
    check: async ({ store }) => {
      await fill(store)
      assert.equal(await list(store, { limit: 100, to: NOW + 10 }), "da")
      assert.equal(await list(store, { limit: 100, from: NOW, to: NOW + 20 }), "gcbda")
    }
  },
  {
    id: "listing-status",
    sentence: "A status selects its payments only.",
    reason: "A list of paid ones with others in it is believed.",
    check: async ({ store }) => {
      await fill(store)
      await store.transact((tx) => tx.updatePayment(aPayment("c", { createdAt: NOW + 10, status: "paid" })))
      assert.equal(await list(store, { limit: 100, status: "paid" }), "c")
      assert.equal(await list(store, { limit: 100, status: "created" }), "fegbda")
      assert.equal(await list(store, { limit: 100, status: "no such status" }), "")
    }
  },
  {
    id: "listing-reference",
    sentence: "A merchant reference selects its payments only.",
    reason: "A clerk who looks for one case must not see another citizen's.",
    check: async ({ store }) => {
      await fill(store)
      assert.equal(await list(store, { limit: 100, merchantReference: "case-e" }), "e")
      assert.equal(await list(store, { limit: 100, merchantReference: "case-" }), "")
    }
  },
  {
    id: "listing-conditions",
    sentence: "All conditions hold together.",
    reason: "A condition that is dropped beside another widens a list unseen.",
    check: async ({ store }) => {
      await fill(store)
      const filter = { limit: 100, from: NOW + 10, to: NOW + 20, status: "created", merchantReference: "case-b" }
      assert.equal(await list(store, filter), "b")
      assert.equal(await list(store, { ...filter, before: { createdAt: NOW + 10, id: "b" } }), "")
    }
  }
])
