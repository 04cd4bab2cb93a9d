import assert from "node:assert/strict"
import { anAttempt, idsOf, NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

export const attempts = casesOf("attempts", [
  {
    id: "attempt-as-given",
    sentence: "An attempt comes back as it was given.",
    reason: "The attempt is what the provider is asked about; a changed reference asks about another's.",
    check: async ({ store }) => {
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
    }
  },
  {
    id: "attempt-absent-fields",
    sentence: "What is absent stays absent.",
    reason: "An empty reference is not an unknown one: it would be sent to the provider.",
    check: async ({ store }) => {
      await seed(store, "p")
      assert.deepEqual(await store.transact((tx) => tx.findAttempt("a-p")), anAttempt("a-p", "p"))
    }
  },
  {
    id: "attempt-update",
    sentence: "An update writes every column and touches no other attempt.",
    reason: "A forgotten column asks again what was answered; a touched neighbour loses its reference.",
    check: async ({ store }) => {
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
    }
  },
  {
    id: "attempt-time-cleared",
    sentence: "A time that is gone can be taken out again.",
    reason: "A stale time keeps a payment from ever being asked about again.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.updateAttempt(anAttempt("a-p", "p", { submittedAt: NOW, lastQueryAt: NOW })))
      await store.transact((tx) => tx.updateAttempt(anAttempt("a-p", "p")))
      assert.deepEqual(await store.transact((tx) => tx.findAttempt("a-p")), anAttempt("a-p", "p"))
    }
  },
  {
    id: "attempt-submissions",
    sentence: "Every state of the submission can be stored.",
    reason: "Whether bytes may have left decides whether a command is repeated; each state must last.",
    check: async ({ store }) => {
      await seed(store, "p")
      for (const submission of ["none", "started", "answered", "not_sent"] as const) {
        await store.transact((tx) => tx.updateAttempt(anAttempt("a-p", "p", { submission })))
        assert.equal((await store.transact((tx) => tx.findAttempt("a-p")))?.submission, submission)
      }
    }
  },
  {
    id: "attempt-key",
    sentence: "A further attempt is found by its key, which no other attempt can have.",
    reason: "A repeated new attempt must not open a second charge.",
    check: async ({ store }) => {
      await seed(store, "p")
      const keyed = anAttempt("a2", "p", { ordinal: 2, idempotencyDigest: "key-2", inputDigest: "input-2" })
      const thief = anAttempt("a3", "p", { ordinal: 3, idempotencyDigest: "key-2" })
      await store.transact((tx) => tx.insertAttempt(keyed))
      await assert.rejects(store.transact((tx) => tx.insertAttempt(thief)))
      assert.deepEqual(await store.transact((tx) => tx.findAttemptByKey("key-2")), keyed)
      assert.equal(await store.transact((tx) => tx.findAttemptByKey("key-3")), undefined)
      // Attempts without a key are many.
      await store.transact((tx) => tx.insertAttempt(anAttempt("a4", "p", { ordinal: 4 })))
    }
  },
  {
    id: "payer-token-found",
    sentence: "An attempt is found by the digest of its payer token only.",
    reason: "A payer who comes back is known by nothing else.",
    check: async ({ store }) => {
      await seed(store, "p", "q")
      assert.equal((await store.transact((tx) => tx.findAttemptByPayerToken("payer-of-a-q")))?.id, "a-q")
      assert.equal(await store.transact((tx) => tx.findAttemptByPayerToken("webhook-of-a-q")), undefined)
    }
  },
  {
    id: "webhook-token-found",
    sentence: "An attempt is found by the digest of its webhook token only.",
    reason: "After a lost reply the notice finds the payment by its token alone.",
    check: async ({ store }) => {
      await seed(store, "p", "q")
      assert.equal((await store.transact((tx) => tx.findAttemptByWebhookToken("webhook-of-a-q")))?.id, "a-q")
      assert.equal(await store.transact((tx) => tx.findAttemptByWebhookToken("payer-of-a-q")), undefined)
    }
  },
  {
    id: "tokens-unique",
    sentence: "Two attempts never share a payer token or a webhook token.",
    reason: "A shared token shows one payer the payment of another.",
    check: async ({ store }) => {
      await seed(store, "p")
      const payer = anAttempt("a2", "p", { ordinal: 2, payerTokenDigest: "payer-of-a-p" })
      const webhook = anAttempt("a3", "p", { ordinal: 3, webhookTokenDigest: "webhook-of-a-p" })
      await assert.rejects(store.transact((tx) => tx.insertAttempt(payer)))
      await assert.rejects(store.transact((tx) => tx.insertAttempt(webhook)))
      assert.equal((await store.transact((tx) => tx.attemptsOf("p"))).length, 1)
    }
  },
  {
    id: "reference-found",
    sentence: "An attempt is found by what the provider calls it.",
    reason: "Notices name the payment in the provider's words.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.updateAttempt(anAttempt("a-p", "p", { providerReference: "MM-7" })))
      assert.equal((await store.transact((tx) => tx.findAttemptByReference("viss-mm", "MM-7")))?.id, "a-p")
      assert.equal(await store.transact((tx) => tx.findAttemptByReference("viss-mm", "MM-8")), undefined)
    }
  },
  {
    id: "own-id-found",
    sentence: "An attempt is found by its own id as a reference.",
    reason: "Providers that keep our id send it back as their reference.",
    check: async ({ store }) => {
      await seed(store, "p")
      assert.equal((await store.transact((tx) => tx.findAttemptByReference("viss-mm", "a-p")))?.id, "a-p")
    }
  },
  {
    id: "reference-per-instance",
    sentence: "A reference of one instance says nothing about another.",
    reason: "Two accounts may use one number: the money would go to the wrong department.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.updateAttempt(anAttempt("a-p", "p", { providerReference: "MM-7" })))
      assert.equal(await store.transact((tx) => tx.findAttemptByReference("ecommpay-lv", "MM-7")), undefined)
      assert.equal(await store.transact((tx) => tx.findAttemptByReference("ecommpay-lv", "a-p")), undefined)
    }
  },
  {
    id: "own-id-first",
    sentence: "Our own id comes before an equal word of the provider.",
    reason: "A provider's word that looks like our id must not take over another's payment.",
    check: async ({ store }) => {
      await seed(store, "p", "q")
      await store.transact((tx) => tx.updateAttempt(anAttempt("a-q", "q", { providerReference: "a-p" })))
      assert.equal((await store.transact((tx) => tx.findAttemptByReference("viss-mm", "a-p")))?.id, "a-p")
    }
  },
  {
    id: "attempts-order",
    sentence: "Attempts of a payment are listed oldest first.",
    reason: "The newest attempt decides what the payer sees; order is its only mark.",
    check: async ({ store }) => {
      await seed(store, "p", "q")
      await store.transact(async (tx) => {
        await tx.insertAttempt(anAttempt("c", "p", { ordinal: 3, createdAt: NOW + 20 }))
        await tx.insertAttempt(anAttempt("b", "p", { ordinal: 2, createdAt: NOW + 10 }))
      })
      assert.deepEqual(idsOf(await store.transact((tx) => tx.attemptsOf("p"))), ["a-p", "b", "c"])
      assert.deepEqual(await store.transact((tx) => tx.attemptsOf("nobody")), [])
    }
  }
])
