import assert from "node:assert/strict"
import type { Store } from "@maksa/core"
import { aPayment, anObservation, bytesOf, idsOf, seed } from "./rows.ts"
import { casesOf } from "./StoreCase.ts"

/** Payment `id` with an adopted observation `o-<id>` and both sealed texts. */
const fill = async (store: Store, id: string) => {
  await seed(store, id)
  await store.transact(async (tx) => {
    await tx.insertObservation(anObservation(`o-${id}`, { evidence: bytesOf(`raw of ${id}`) }))
    await tx.adoptObservation(`o-${id}`, { attemptId: `a-${id}`, paymentId: id })
    await tx.putSealed(`a-${id}`, id, "input", `input of ${id}`)
    await tx.putSealed(`a-${id}`, id, "action", `action of ${id}`)
  })
}

/** Without the byte-by-byte report of `deepEqual`, which takes minutes for large evidence. */
const assertSameBytes = (actual: Uint8Array | undefined, expected: Uint8Array) =>
  assert.ok(actual !== undefined && Buffer.from(actual).equals(expected), "the bytes differ")

const secretsOf = (store: Store, id: string) =>
  store.transact(async (tx) => [
    await tx.evidenceOf(`o-${id}`),
    await tx.getSealed(`a-${id}`, "input"),
    await tx.getSealed(`a-${id}`, "action")
  ])

export const evidence = casesOf("evidence", {
  "evidence comes back byte for byte before and after adoption": async ({ store }) => {
    await seed(store, "p")
    const raw = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256)
    await store.transact((tx) => tx.insertObservation(anObservation("o", { evidence: raw })))
    assertSameBytes(await store.transact((tx) => tx.evidenceOf("o")), raw)
    await store.transact((tx) => tx.adoptObservation("o", { attemptId: "a-p", paymentId: "p" }))
    assertSameBytes(await store.transact((tx) => tx.evidenceOf("o")), raw)
  },
  "empty evidence is not the same as none": async ({ store }) => {
    await store.transact(async (tx) => {
      await tx.insertObservation(anObservation("empty", { evidence: new Uint8Array() }))
      await tx.insertObservation(anObservation("none"))
    })
    assert.deepEqual(await store.transact((tx) => tx.evidenceOf("empty")), new Uint8Array())
    assert.equal(await store.transact((tx) => tx.evidenceOf("none")), undefined)
  },
  "an unknown observation has no evidence": async ({ store }) => {
    assert.equal(await store.transact((tx) => tx.evidenceOf("nobody")), undefined)
  },
  "adoption of a row without evidence leaves it without": async ({ store }) => {
    await seed(store, "p")
    await store.transact(async (tx) => {
      await tx.insertObservation(anObservation("o"))
      await tx.adoptObservation("o", { attemptId: "a-p", paymentId: "p" })
    })
    assert.equal(await store.transact((tx) => tx.evidenceOf("o")), undefined)
  }
})

export const sealedTexts = casesOf("sealed texts", {
  "both kinds of an attempt are kept apart": async ({ store }) => {
    await fill(store, "p")
    await fill(store, "q")
    assert.deepEqual(await secretsOf(store, "p"), [bytesOf("raw of p"), "input of p", "action of p"])
    assert.deepEqual(await secretsOf(store, "q"), [bytesOf("raw of q"), "input of q", "action of q"])
  },
  "what was never put is absent": async ({ store }) => {
    await seed(store, "p")
    assert.equal(await store.transact((tx) => tx.getSealed("a-p", "input")), undefined)
  },
  "a second text replaces the first": async ({ store }) => {
    await fill(store, "p")
    await store.transact((tx) => tx.putSealed("a-p", "p", "action", "Ķīšezera iela 5 🏠"))
    assert.equal(await store.transact((tx) => tx.getSealed("a-p", "action")), "Ķīšezera iela 5 🏠")
    assert.equal(await store.transact((tx) => tx.getSealed("a-p", "input")), "input of p")
  },
  "putting undefined takes the text out": async ({ store }) => {
    await fill(store, "p")
    await store.transact((tx) => tx.putSealed("a-p", "p", "action", undefined))
    assert.equal(await store.transact((tx) => tx.getSealed("a-p", "action")), undefined)
    assert.equal(await store.transact((tx) => tx.getSealed("a-p", "input")), "input of p")
  },
  "an empty text is not the same as none": async ({ store }) => {
    await fill(store, "p")
    await store.transact((tx) => tx.putSealed("a-p", "p", "input", ""))
    assert.equal(await store.transact((tx) => tx.getSealed("a-p", "input")), "")
  }
})

export const erasure = casesOf("erasure", {
  "evidence and sealed texts of the payment can no longer be read": async ({ store }) => {
    await fill(store, "p")
    await store.transact((tx) => tx.erase("p"))
    assert.deepEqual(await secretsOf(store, "p"), [undefined, undefined, undefined])
  },
  "nothing comes back when the store is opened again": async ({ store, reopen }) => {
    await fill(store, "p")
    await store.transact((tx) => tx.erase("p"))
    assert.deepEqual(await secretsOf(await reopen(), "p"), [undefined, undefined, undefined])
  },
  "other payments keep theirs": async ({ store }) => {
    await fill(store, "p")
    await fill(store, "q")
    await store.transact((tx) => tx.erase("p"))
    assert.deepEqual(await secretsOf(store, "q"), [bytesOf("raw of q"), "input of q", "action of q"])
  },
  "payment, money and observations stay, and digests stay known": async ({ store }) => {
    await fill(store, "p")
    const before = await store.transact((tx) => tx.observationsOf("p"))
    await store.transact((tx) => tx.erase("p"))
    assert.deepEqual(await store.transact((tx) => tx.findPayment("p")), aPayment("p"))
    assert.deepEqual(await store.transact((tx) => tx.observationsOf("p")), before)
    assert.equal(before.length, 1)
    assert.equal(
      await store.transact((tx) => tx.insertObservation(anObservation("o2", { digest: "digest-of-o-p" }))),
      false
    )
  },
  "an erasure that is rolled back erases nothing": async ({ store }) => {
    await fill(store, "p")
    await assert.rejects(
      store.transact(async (tx) => {
        await tx.erase("p")
        throw new Error("changed its mind")
      })
    )
    assert.deepEqual(await secretsOf(store, "p"), [bytesOf("raw of p"), "input of p", "action of p"])
  },
  "erasing twice, or a payment that has nothing, is no error": async ({ store }) => {
    await seed(store, "q")
    await fill(store, "p")
    for (const id of ["p", "p", "q"]) await store.transact((tx) => tx.erase(id))
    assert.deepEqual(await secretsOf(store, "p"), [undefined, undefined, undefined])
  },
  "evidence that was inserted for the payment but not yet adopted is erased too": async ({ store }) => {
    await seed(store, "p")
    await store.transact((tx) =>
      tx.insertObservation(anObservation("o", { attemptId: "a-p", paymentId: "p", evidence: bytesOf("raw") }))
    )
    await store.transact((tx) => tx.erase("p"))
    assert.equal(await store.transact((tx) => tx.evidenceOf("o")), undefined)
    assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(10))), ["o"])
  },
  "evidence that comes late is kept, and brings nothing erased back": async ({ store }) => {
    await fill(store, "p")
    await store.transact((tx) => tx.erase("p"))
    await store.transact(async (tx) => {
      await tx.insertObservation(anObservation("late", { evidence: bytesOf("late") }))
      await tx.adoptObservation("late", { attemptId: "a-p", paymentId: "p" })
      await tx.adoptObservation("o-p", { attemptId: "a-p", paymentId: "p" })
    })
    assert.deepEqual(await store.transact((tx) => tx.evidenceOf("late")), bytesOf("late"))
    assert.deepEqual(await secretsOf(store, "p"), [undefined, undefined, undefined])
  }
})
