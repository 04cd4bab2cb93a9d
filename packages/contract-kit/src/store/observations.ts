import assert from "node:assert/strict"
import { anAttempt, anObservation, bytesOf, idsOf, NOW, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

export const observations = casesOf("observations", {
  "an observation comes back as it was given, without its evidence": async ({ store }) => {
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
  },
  "what is absent stays absent": async ({ store }) => {
    await store.transact((tx) => tx.insertObservation(anObservation("o")))
    assert.deepEqual(await store.transact((tx) => tx.unfoldedObservations(10)), [anObservation("o")])
  },
  "every channel can be stored": async ({ store }) => {
    const channels = ["reply", "query", "webhook", "return", "listing", "receipt", "operator"]
    for (const channel of channels)
      await store.transact((tx) => tx.insertObservation(anObservation(channel, { channel })))
    const rows = await store.transact((tx) => tx.unfoldedObservations(10))
    assert.deepEqual(
      rows.map((row) => row.channel),
      channels
    )
  },
  "a known digest answers false and stores nothing": async ({ store }) => {
    await store.transact((tx) => tx.insertObservation(anObservation("o1", { evidence: bytesOf("first") })))
    const copy = anObservation("o2", { digest: "digest-of-o1", content: "other", evidence: bytesOf("second") })
    assert.equal(await store.transact((tx) => tx.insertObservation(copy)), false)
    assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(10))), ["o1"])
    assert.equal(await store.transact((tx) => tx.evidenceOf("o2")), undefined)
    assert.deepEqual(await store.transact((tx) => tx.evidenceOf("o1")), bytesOf("first"))
  },
  "a digest stays known after its row was folded": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.insertObservation(anObservation("o1")))
    await store.transact((tx) => tx.adoptObservation("o1", { attemptId: "a-p", paymentId: "p" }))
    assert.equal(
      await store.transact((tx) => tx.insertObservation(anObservation("o2", { digest: "digest-of-o1" }))),
      false
    )
  },
  "of 100 parallel copies one is stored": async ({ store }) => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        store.transact((tx) => tx.insertObservation(anObservation(`o${index}`, { digest: "same" })))
      )
    )
    assert.equal(answers.filter(Boolean).length, 1)
    assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(200))), [`o${answers.indexOf(true)}`])
  },
  "a copy within one unit answers false": async ({ store }) => {
    const answers = await store.transact(async (tx) => [
      await tx.insertObservation(anObservation("o1", { digest: "same" })),
      await tx.insertObservation(anObservation("o2", { digest: "same" }))
    ])
    assert.deepEqual(answers, [true, false])
  },
  "a known digest spoils nothing else in its unit": async ({ store }) => {
    await store.transact((tx) => tx.insertObservation(anObservation("o1")))
    await store.transact(async (tx) => {
      await tx.insertObservation(anObservation("o2", { digest: "digest-of-o1" }))
      await tx.insertObservation(anObservation("o3"))
    })
    assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(10))), ["o1", "o3"])
  },
  "unfolded rows come oldest first, whatever their time and id": async ({ store }) => {
    const order = ["z", "a", "m", "b"]
    for (const [index, id] of order.entries()) {
      await store.transact((tx) => tx.insertObservation(anObservation(id, { observedAt: NOW - index })))
    }
    assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(10))), order)
  },
  "no more unfolded rows than the limit are given": async ({ store }) => {
    for (const id of ["a", "b", "c"]) await store.transact((tx) => tx.insertObservation(anObservation(id)))
    assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(2))), ["a", "b"])
    await assert.rejects(store.transact((tx) => tx.unfoldedObservations(-1)))
  },
  "adoption ties a row to its attempt and ends its being unfolded": async ({ store }) => {
    await seed(store, "p")
    for (const id of ["a", "b"]) await store.transact((tx) => tx.insertObservation(anObservation(id)))
    await store.transact((tx) => tx.adoptObservation("b", { attemptId: "a-p", paymentId: "p" }))
    assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(10))), ["a"])
    assert.deepEqual(await store.transact((tx) => tx.observationsOf("p")), [
      anObservation("b", { attemptId: "a-p", paymentId: "p" })
    ])
  },
  "adopting a row twice changes nothing": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) => tx.insertObservation(anObservation("o", { evidence: bytesOf("raw") })))
    for (let i = 0; i < 2; i++) {
      await store.transact((tx) => tx.adoptObservation("o", { attemptId: "a-p", paymentId: "p" }))
    }
    assert.deepEqual(idsOf(await store.transact((tx) => tx.observationsOf("p"))), ["o"])
    assert.deepEqual(await store.transact((tx) => tx.evidenceOf("o")), bytesOf("raw"))
  },
  "observations of a payment keep the order of insertion over all its attempts": async ({ store }) => {
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
})
