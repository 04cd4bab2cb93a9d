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

export const listing = casesOf("listing payments", {
  "an empty store lists nothing": async ({ store }) => {
    assert.deepEqual(await store.transact((tx) => tx.listPayments({ limit: 10 })), [])
  },
  "payments are listed newest first, equal times by falling id": async ({ store }) => {
    await fill(store)
    assert.equal(await list(store, { limit: 100 }), "fegcbda")
  },
  "no more than the limit are listed": async ({ store }) => {
    await fill(store)
    assert.equal(await list(store, { limit: 3 }), "feg")
    assert.equal(await list(store, { limit: 0 }), "")
  },
  "a limit that is not a whole number of rows is refused": async ({ store }) => {
    await fill(store)
    for (const limit of [-1, 1.5, Number.NaN]) await assert.rejects(list(store, { limit }))
  },
  "pages join without gap or repeat, at any page size": async ({ store }) => {
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
  },
  "a payment that comes in between two pages moves none of the next page": async ({ store }) => {
    await fill(store)
    assert.equal(await list(store, { limit: 3 }), "feg")
    await store.transact((tx) => tx.insertPayment(aPayment("h", { createdAt: NOW + 30 })))
    assert.equal(await list(store, { limit: 3, before: { createdAt: NOW + 10, id: "g" } }), "cbd")
  },
  "from is inclusive": async ({ store }) => {
    await fill(store)
    assert.equal(await list(store, { limit: 100, from: NOW + 10 }), "fegcb")
    assert.equal(await list(store, { limit: 100, from: NOW + 11 }), "fe")
  },
  "to is exclusive, so that neighbouring periods share no payment": async ({ store }) => {
    await fill(store)
    assert.equal(await list(store, { limit: 100, to: NOW + 10 }), "da")
    assert.equal(await list(store, { limit: 100, from: NOW, to: NOW + 20 }), "gcbda")
  },
  "a status selects its payments only": async ({ store }) => {
    await fill(store)
    await store.transact((tx) => tx.updatePayment(aPayment("c", { createdAt: NOW + 10, status: "paid" })))
    assert.equal(await list(store, { limit: 100, status: "paid" }), "c")
    assert.equal(await list(store, { limit: 100, status: "created" }), "fegbda")
    assert.equal(await list(store, { limit: 100, status: "no such status" }), "")
  },
  "a merchant reference selects its payments only": async ({ store }) => {
    await fill(store)
    assert.equal(await list(store, { limit: 100, merchantReference: "case-e" }), "e")
    assert.equal(await list(store, { limit: 100, merchantReference: "case-" }), "")
  },
  "all conditions hold together": async ({ store }) => {
    await fill(store)
    const filter = { limit: 100, from: NOW + 10, to: NOW + 20, status: "created", merchantReference: "case-b" }
    assert.equal(await list(store, filter), "b")
    assert.equal(await list(store, { ...filter, before: { createdAt: NOW + 10, id: "b" } }), "")
  }
})
