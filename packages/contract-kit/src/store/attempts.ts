import assert from "node:assert/strict"
import { anAttempt, idsOf, NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

export const attempts = casesOf("attempts", {
  "an attempt comes back as it was given": async ({ store }) => {
    await seed(store, "p")
    const row = anAttempt("a2", "p", {
      ordinal: 2,
      submission: "answered",
      submittedAt: NOW + 1,
      providerReference: "MM-1",
      status: "requires_action",
      finality: "hard",
      lastQueryAt: NOW + 2
    })
    await store.transact((tx) => tx.insertAttempt(row))
    assert.deepEqual(await store.transact((tx) => tx.findAttempt("a2")), row)
  },
  "what is absent stays absent": async ({ store }) => {
    await seed(store, "p")
    assert.deepEqual(await store.transact((tx) => tx.findAttempt("a-p")), anAttempt("a-p", "p"))
  },
  "an update writes every column and touches no other attempt": async ({ store }) => {
    await seed(store, "p", "q")
    const next = anAttempt("a-p", "p", {
      deadline: NOW + 7,
      submission: "started",
      submittedAt: NOW + 1,
      providerReference: "MM-2",
      status: "processing",
      finality: "hard",
      since: NOW + 2,
      lastQueryAt: NOW + 3,
      answeredAt: NOW + 2
    })
    await store.transact((tx) => tx.updateAttempt(next))
    assert.deepEqual(await store.transact((tx) => tx.findAttempt("a-p")), next)
    assert.deepEqual(await store.transact((tx) => tx.findAttempt("a-q")), anAttempt("a-q", "q"))
  },
  "a time that is gone can be taken out again": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.updateAttempt(anAttempt("a-p", "p", { submittedAt: NOW, lastQueryAt: NOW })))
    await store.transact((tx) => tx.updateAttempt(anAttempt("a-p", "p")))
    assert.deepEqual(await store.transact((tx) => tx.findAttempt("a-p")), anAttempt("a-p", "p"))
  },
  "every state of the submission can be stored": async ({ store }) => {
    await seed(store, "p")
    for (const submission of ["none", "started", "answered", "not_sent"] as const) {
      await store.transact((tx) => tx.updateAttempt(anAttempt("a-p", "p", { submission })))
      assert.equal((await store.transact((tx) => tx.findAttempt("a-p")))?.submission, submission)
    }
  },
  "a further attempt is found by its key, which no other attempt can have": async ({ store }) => {
    await seed(store, "p")
    const keyed = anAttempt("a2", "p", { ordinal: 2, idempotencyDigest: "key-2", inputDigest: "input-2" })
    const thief = anAttempt("a3", "p", { ordinal: 3, idempotencyDigest: "key-2" })
    await store.transact((tx) => tx.insertAttempt(keyed))
    await assert.rejects(store.transact((tx) => tx.insertAttempt(thief)))
    assert.deepEqual(await store.transact((tx) => tx.findAttemptByKey("key-2")), keyed)
    assert.equal(await store.transact((tx) => tx.findAttemptByKey("key-3")), undefined)
    // Attempts without a key are many.
    await store.transact((tx) => tx.insertAttempt(anAttempt("a4", "p", { ordinal: 4 })))
  },
  "an attempt is found by the digest of its payer token only": async ({ store }) => {
    await seed(store, "p", "q")
    assert.equal((await store.transact((tx) => tx.findAttemptByPayerToken("payer-of-a-q")))?.id, "a-q")
    assert.equal(await store.transact((tx) => tx.findAttemptByPayerToken("webhook-of-a-q")), undefined)
  },
  "an attempt is found by the digest of its webhook token only": async ({ store }) => {
    await seed(store, "p", "q")
    assert.equal((await store.transact((tx) => tx.findAttemptByWebhookToken("webhook-of-a-q")))?.id, "a-q")
    assert.equal(await store.transact((tx) => tx.findAttemptByWebhookToken("payer-of-a-q")), undefined)
  },
  "two attempts never share a payer token or a webhook token": async ({ store }) => {
    await seed(store, "p")
    const payer = anAttempt("a2", "p", { ordinal: 2, payerTokenDigest: "payer-of-a-p" })
    const webhook = anAttempt("a3", "p", { ordinal: 3, webhookTokenDigest: "webhook-of-a-p" })
    await assert.rejects(store.transact((tx) => tx.insertAttempt(payer)))
    await assert.rejects(store.transact((tx) => tx.insertAttempt(webhook)))
    assert.equal((await store.transact((tx) => tx.attemptsOf("p"))).length, 1)
  },
  "an attempt is found by what the provider calls it": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.updateAttempt(anAttempt("a-p", "p", { providerReference: "MM-7" })))
    assert.equal((await store.transact((tx) => tx.findAttemptByReference("viss-mm", "MM-7")))?.id, "a-p")
    assert.equal(await store.transact((tx) => tx.findAttemptByReference("viss-mm", "MM-8")), undefined)
  },
  "an attempt is found by its own id as a reference": async ({ store }) => {
    await seed(store, "p")
    assert.equal((await store.transact((tx) => tx.findAttemptByReference("viss-mm", "a-p")))?.id, "a-p")
  },
  "a reference of one instance says nothing about another": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.updateAttempt(anAttempt("a-p", "p", { providerReference: "MM-7" })))
    assert.equal(await store.transact((tx) => tx.findAttemptByReference("ecommpay-lv", "MM-7")), undefined)
    assert.equal(await store.transact((tx) => tx.findAttemptByReference("ecommpay-lv", "a-p")), undefined)
  },
  "our own id comes before an equal word of the provider": async ({ store }) => {
    await seed(store, "p", "q")
    await store.transact((tx) => tx.updateAttempt(anAttempt("a-q", "q", { providerReference: "a-p" })))
    assert.equal((await store.transact((tx) => tx.findAttemptByReference("viss-mm", "a-p")))?.id, "a-p")
  },
  "attempts of a payment are listed oldest first": async ({ store }) => {
    await seed(store, "p", "q")
    await store.transact(async (tx) => {
      await tx.insertAttempt(anAttempt("c", "p", { ordinal: 3, createdAt: NOW + 20 }))
      await tx.insertAttempt(anAttempt("b", "p", { ordinal: 2, createdAt: NOW + 10 }))
    })
    assert.deepEqual(idsOf(await store.transact((tx) => tx.attemptsOf("p"))), ["a-p", "b", "c"])
    assert.deepEqual(await store.transact((tx) => tx.attemptsOf("nobody")), [])
  }
})
