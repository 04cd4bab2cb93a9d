import assert from "node:assert/strict"
import { anAttempt, anObservation, bytesOf, idsOf, NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

export const observations = casesOf("observations", [
  {
    id: "observation-as-given",
    sentence: "An observation comes back as it was given, without its evidence.",
    reason: "Evidence is what a dispute is decided by; it must be what was said.",
    check: async ({ store }) => {
      await seed(store, "p")
      const row = anObservation("o", {
        attemptId: "a-p",
        paymentId: "p",
        reference: "MM-1",
        trust: "hint",
        observedAt: NOW + 3,
        evidence: bytesOf("raw")
      })
      assert.equal(await store.transact((tx) => tx.insertObservation(row)), true)
      const expected = { ...row, evidence: undefined }
      assert.deepEqual(await store.transact((tx) => tx.observationsOf("p")), [expected])
      assert.deepEqual(await store.transact((tx) => tx.unfoldedObservations(10)), [expected])
    }
  },
  {
    id: "observation-absent-fields",
    sentence: "What is absent stays absent.",
    reason: "What the provider did not say must not be read as said.",
    check: async ({ store }) => {
      await store.transact((tx) => tx.insertObservation(anObservation("o")))
      assert.deepEqual(await store.transact((tx) => tx.unfoldedObservations(10)), [anObservation("o")])
    }
  },
  {
    id: "every-channel",
    sentence: "Every channel can be stored.",
    reason: "Evidence of a channel that cannot be stored is lost, or its notice refused for ever.",
    check: async ({ store }) => {
      const channels = ["reply", "query", "webhook", "return", "listing", "receipt", "operator"]
      for (const channel of channels)
        await store.transact((tx) => tx.insertObservation(anObservation(channel, { channel })))
      const rows = await store.transact((tx) => tx.unfoldedObservations(10))
      assert.deepEqual(
        rows.map((row) => row.channel),
        channels
      )
    }
  },
  {
    id: "digest-known",
    sentence: "A known digest answers false and stores nothing.",
    reason: "The same notice twice is money once.",
    check: async ({ store }) => {
      await store.transact((tx) => tx.insertObservation(anObservation("o1", { evidence: bytesOf("first") })))
      const copy = anObservation("o2", { digest: "digest-of-o1", content: "other", evidence: bytesOf("second") })
      assert.equal(await store.transact((tx) => tx.insertObservation(copy)), false)
      assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(10))), ["o1"])
      assert.equal(await store.transact((tx) => tx.evidenceOf("o2")), undefined)
      assert.deepEqual(await store.transact((tx) => tx.evidenceOf("o1")), bytesOf("first"))
    }
  },
  {
    id: "digest-after-folding",
    sentence: "A digest stays known after its row was folded.",
    reason: "Providers repeat notices for days, long after the first was worked through.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.insertObservation(anObservation("o1")))
      await store.transact((tx) => tx.adoptObservation("o1", { attemptId: "a-p", paymentId: "p" }))
      assert.equal(
        await store.transact((tx) => tx.insertObservation(anObservation("o2", { digest: "digest-of-o1" }))),
        false
      )
    }
  },
  {
    id: "digest-parallel",
    sentence: "Of 100 parallel copies one is stored.",
    reason: "Two deliveries in the same moment are one fact.",
    check: async ({ store }) => {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          store.transact((tx) => tx.insertObservation(anObservation(`o${index}`, { digest: "same" })))
        )
      )
      assert.equal(answers.filter(Boolean).length, 1)
      assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(200))), [`o${answers.indexOf(true)}`])
    }
  },
  {
    id: "digest-in-one-unit",
    sentence: "A copy within one unit answers false.",
    reason: "A message that repeats itself counts once.",
    check: async ({ store }) => {
      const answers = await store.transact(async (tx) => [
        await tx.insertObservation(anObservation("o1", { digest: "same" })),
        await tx.insertObservation(anObservation("o2", { digest: "same" }))
      ])
      assert.deepEqual(answers, [true, false])
    }
  },
  {
    id: "digest-spoils-nothing",
    sentence: "A known digest spoils nothing else in its unit.",
    reason: "A copy beside news must not take the news with it.",
    check: async ({ store }) => {
      await store.transact((tx) => tx.insertObservation(anObservation("o1")))
      await store.transact(async (tx) => {
        await tx.insertObservation(anObservation("o2", { digest: "digest-of-o1" }))
        await tx.insertObservation(anObservation("o3"))
      })
      assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(10))), ["o1", "o3"])
    }
  },
  {
    id: "unfolded-order",
    sentence: "Unfolded rows come oldest first, whatever their time and id.",
    reason: "Evidence is worked through in the order in which it came, or a flood starves the oldest.",
    check: async ({ store }) => {
      const order = ["z", "a", "m", "b"]
      for (const [index, id] of order.entries()) {
        await store.transact((tx) => tx.insertObservation(anObservation(id, { observedAt: NOW - index })))
      }
      assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(10))), order)
    }
  },
  {
    id: "unfolded-limit",
    sentence: "No more unfolded rows than the limit are given.",
    reason: "A backlog of a night must not be loaded at once.",
    check: async ({ store }) => {
      for (const id of ["a", "b", "c"]) await store.transact((tx) => tx.insertObservation(anObservation(id)))
      assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(2))), ["a", "b"])
      await assert.rejects(store.transact((tx) => tx.unfoldedObservations(-1)))
    }
  },
  {
    id: "adoption",
    sentence: "Adoption ties a row to its attempt and ends its being unfolded.",
    reason: "Evidence that belongs to nobody moves no money; adopted twice it would move it twice.",
    check: async ({ store }) => {
      await seed(store, "p")
      for (const id of ["a", "b"]) await store.transact((tx) => tx.insertObservation(anObservation(id)))
      await store.transact((tx) => tx.adoptObservation("b", { attemptId: "a-p", paymentId: "p" }))
      assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(10))), ["a"])
      assert.deepEqual(await store.transact((tx) => tx.observationsOf("p")), [
        anObservation("b", { attemptId: "a-p", paymentId: "p" })
      ])
    }
  },
  {
    id: "adoption-repeated",
    sentence: "Adopting a row twice changes nothing.",
    reason: "After a crash the same step runs again.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) => tx.insertObservation(anObservation("o", { evidence: bytesOf("raw") })))
      for (let i = 0; i < 2; i++) {
        await store.transact((tx) => tx.adoptObservation("o", { attemptId: "a-p", paymentId: "p" }))
      }
      assert.deepEqual(idsOf(await store.transact((tx) => tx.observationsOf("p"))), ["o"])
      assert.deepEqual(await store.transact((tx) => tx.evidenceOf("o")), bytesOf("raw"))
    }
  },
  {
    id: "observations-order",
    sentence: "Observations of a payment keep the order of insertion over all its attempts.",
    reason: "The history that a citizen is shown is the order of what happened.",
    check: async ({ store }) => {
      await seed(store, "p", "q")
      await store.transact((tx) => tx.insertAttempt(anAttempt("a2", "p", { ordinal: 2 })))
      const order = ["z", "b", "y", "a"]
      for (const [index, id] of order.entries()) {
        await store.transact((tx) => tx.insertObservation(anObservation(id, { observedAt: NOW - index })))
      }
      for (const id of ["a", "y", "b", "z"]) {
        const attemptId = id < "m" ? "a2" : "a-p"
        await store.transact((tx) => tx.adoptObservation(id, { attemptId, paymentId: "p" }))
      }
      assert.deepEqual(idsOf(await store.transact((tx) => tx.observationsOf("p"))), order)
      assert.deepEqual(await store.transact((tx) => tx.observationsOf("q")), [])
    }
  }
])
