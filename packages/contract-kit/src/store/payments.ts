import assert from "node:assert/strict"
import type { PaymentRow } from "@maksa/core"
import { aPayment, NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

const statuses = [
  "created",
  "requires_action",
  "processing",
  "provisional",
  "paid",
  "declined",
  "expired",
  "canceled",
  "reversed",
  "under_review"
]

export const payments = casesOf("payments", [
  {
    id: "payment-as-given",
    sentence: "A payment comes back as it was given.",
    reason: "Every column means something: a changed one changes what a citizen owes.",
    check: async ({ store }) => {
      const row = aPayment("p", { status: "paid", finality: "hard", epoch: 2, fulfilment: "told", updatedAt: NOW + 1 })
      assert.equal(await store.transact((tx) => tx.insertPayment(row)), true)
      assert.deepEqual(await store.transact((tx) => tx.findPayment("p")), row)
    }
  },
  {
    id: "unknown-sum",
    sentence: "A sum that is not known stays unknown.",
    reason: "A tariff's sum is unknown until the provider says it; zero would be a lie.",
    check: async ({ store }) => {
      const row = aPayment("p", { askedMinor: undefined, currency: undefined })
      await store.transact((tx) => tx.insertPayment(row))
      assert.deepEqual(await store.transact((tx) => tx.findPayment("p")), row)
    }
  },
  {
    id: "exact-sums",
    sentence: "Sums beyond 2^53 are exact to the last minor unit.",
    reason: "A float loses a cent, and the books of a state do not close.",
    check: async ({ store }) => {
      const sums = [9_007_199_254_740_993n, 9_223_372_036_854_775_807n, 0n, 1n]
      for (const [index, askedMinor] of sums.entries()) {
        await store.transact((tx) => tx.insertPayment(aPayment(`p${index}`, { askedMinor })))
      }
      for (const [index, askedMinor] of sums.entries()) {
        assert.equal((await store.transact((tx) => tx.findPayment(`p${index}`)))?.askedMinor, askedMinor)
      }
    }
  },
  {
    id: "no-rounded-sum",
    sentence: "A sum that the store cannot hold exactly is refused, not rounded.",
    reason: "Refusing is honest; rounding is money that appears or is lost.",
    check: async ({ store }) => {
      const tooMuch = aPayment("p", { askedMinor: 9_223_372_036_854_775_808n })
      const isStored = await store.transact((tx) => tx.insertPayment(tooMuch)).catch(() => false)
      const found = await store.transact((tx) => tx.findPayment("p"))
      assert.equal(found?.askedMinor, isStored ? tooMuch.askedMinor : undefined)
    }
  },
  {
    id: "exact-times",
    sentence: "Times are exact to the millisecond.",
    reason: "Evidence is ordered by milliseconds; cut times put a refusal after the money.",
    check: async ({ store }) => {
      const row = aPayment("p", { createdAt: 1_774_747_800_123, updatedAt: 8_640_000_000_000_000 })
      await store.transact((tx) => tx.insertPayment(row))
      const found = await store.transact((tx) => tx.findPayment("p"))
      assert.deepEqual([found?.createdAt, found?.updatedAt], [row.createdAt, row.updatedAt])
    }
  },
  {
    id: "any-letters",
    sentence: "Letters of every script and SQL's own signs survive.",
    reason: "Names and purposes are in Latvian, English and Russian, and somebody will try SQL.",
    check: async ({ store }) => {
      const purpose = 'Jānis Bērziņš, O\'Neil; -- "x" \\ % _ 🏛 Ķekava\r\n\tЖ'
      await store.transact((tx) => tx.insertPayment(aPayment("p", { purpose })))
      assert.equal((await store.transact((tx) => tx.findPayment("p")))?.purpose, purpose)
    }
  },
  {
    id: "every-status",
    sentence: "Every status of the lifecycle can be stored.",
    reason: "A status that cannot be stored stops the payment just when it changes.",
    check: async ({ store }) => {
      for (const status of statuses) {
        await store.transact((tx) => tx.insertPayment(aPayment(status, { status })))
        assert.equal((await store.transact((tx) => tx.findPayment(status)))?.status, status)
      }
    }
  },
  {
    id: "payment-key-taken",
    sentence: "A taken idempotency digest answers false and stores nothing.",
    reason: "A repeated command must find the first payment instead of charging again.",
    check: async ({ store }) => {
      await seed(store, "p")
      const second = aPayment("q", { idempotencyDigest: aPayment("p").idempotencyDigest })
      assert.equal(await store.transact((tx) => tx.insertPayment(second)), false)
      assert.equal(await store.transact((tx) => tx.findPayment("q")), undefined)
      assert.deepEqual(await store.transact((tx) => tx.findPayment("p")), aPayment("p"))
    }
  },
  {
    id: "payment-key-parallel",
    sentence: "Of 100 parallel payments with one idempotency digest one is stored.",
    reason: "Two clicks in the same moment are one payment, not two charges.",
    check: async ({ store }) => {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          store.transact((tx) => tx.insertPayment(aPayment(`p${index}`, { idempotencyDigest: "same" })))
        )
      )
      assert.equal(answers.filter(Boolean).length, 1)
      const all = await store.transact((tx) => tx.listPayments({ limit: 200 }))
      assert.deepEqual(
        all.map((row) => row.id),
        [`p${answers.indexOf(true)}`]
      )
    }
  },
  {
    id: "payment-id-taken",
    sentence: "A taken id under another idempotency digest is refused.",
    reason: "Two payments under one id would share the money of both.",
    check: async ({ store }) => {
      await seed(store, "p")
      await assert.rejects(store.transact((tx) => tx.insertPayment(aPayment("p", { idempotencyDigest: "other" }))))
      assert.deepEqual(await store.transact((tx) => tx.findPayment("p")), aPayment("p"))
    }
  },
  {
    id: "payment-by-key",
    sentence: "A payment is found by its idempotency digest.",
    reason: "Without it a repeat cannot tell that it is one.",
    check: async ({ store }) => {
      await seed(store, "p", "q")
      assert.equal((await store.transact((tx) => tx.findPaymentByKey("key-of-q")))?.id, "q")
      assert.equal(await store.transact((tx) => tx.findPaymentByKey("key-of-nobody")), undefined)
    }
  },
  {
    id: "unknown-payment",
    sentence: "An unknown payment is not found.",
    reason: "A stranger's id must lead nowhere, not to the nearest row.",
    check: async ({ store }) => {
      await seed(store, "p")
      assert.equal(await store.transact((tx) => tx.findPayment("nobody")), undefined)
    }
  },
  {
    id: "payment-update",
    sentence: "An update writes every column and touches no other payment.",
    reason: "A forgotten column keeps an old state; a touched neighbour gets somebody else's.",
    check: async ({ store }) => {
      await seed(store, "p", "q")
      const next: PaymentRow = {
        ...aPayment("p"),
        merchantReference: "other case",
        purpose: "other purpose",
        lines: "[]",
        askedMinor: 77n,
        updatedAt: NOW + 5,
        status: "paid",
        finality: "hard",
        state: '{"status":"paid"}',
        epoch: 1,
        fulfilment: "told"
      }
      await store.transact((tx) => tx.updatePayment(next))
      assert.deepEqual(await store.transact((tx) => tx.findPayment("p")), next)
      assert.deepEqual(await store.transact((tx) => tx.findPayment("q")), aPayment("q"))
    }
  }
])
