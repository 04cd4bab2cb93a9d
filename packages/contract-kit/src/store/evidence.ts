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

export const evidence = casesOf("evidence", [
  {
    id: "evidence-as-received",
    sentence: "Evidence comes back byte for byte before and after adoption.",
    reason: "A signature is checked again in a dispute, over the same bytes.",
    check: async ({ store }) => {
      await seed(store, "p")
      const raw = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 31) % 256)
      await store.transact((tx) => tx.insertObservation(anObservation("o", { evidence: raw })))
      assertSameBytes(await store.transact((tx) => tx.evidenceOf("o")), raw)
      await store.transact((tx) => tx.adoptObservation("o", { attemptId: "a-p", paymentId: "p" }))
      assertSameBytes(await store.transact((tx) => tx.evidenceOf("o")), raw)
    }
  },
  {
    id: "empty-evidence",
    sentence: "Empty evidence is not the same as none.",
    reason: "An empty message was received; none was not. A dispute turns on it.",
    check: async ({ store }) => {
      await store.transact(async (tx) => {
        await tx.insertObservation(anObservation("empty", { evidence: new Uint8Array() }))
        await tx.insertObservation(anObservation("none"))
      })
      assert.deepEqual(await store.transact((tx) => tx.evidenceOf("empty")), new Uint8Array())
      assert.equal(await store.transact((tx) => tx.evidenceOf("none")), undefined)
    }
  },
  {
    id: "no-evidence-of-unknown",
    sentence: "An unknown observation has no evidence.",
    reason: "An unknown id must not give away somebody else's message.",
    check: async ({ store }) => {
      assert.equal(await store.transact((tx) => tx.evidenceOf("nobody")), undefined)
    }
  },
  {
    id: "none-stays-none",
    sentence: "Adoption of a row without evidence leaves it without.",
    reason: "Nothing may be made up where nothing was kept.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact(async (tx) => {
        await tx.insertObservation(anObservation("o"))
        await tx.adoptObservation("o", { attemptId: "a-p", paymentId: "p" })
      })
      assert.equal(await store.transact((tx) => tx.evidenceOf("o")), undefined)
    }
  }
])

export const sealedTexts = casesOf("sealed texts", [
  {
    id: "sealed-kinds",
    sentence: "Both kinds of an attempt are kept apart.",
    reason: "What the payer entered must not appear in place of what the payer must do.",
    check: async ({ store }) => {
      await fill(store, "p")
      await fill(store, "q")
      assert.deepEqual(await secretsOf(store, "p"), [bytesOf("raw of p"), "input of p", "action of p"])
      assert.deepEqual(await secretsOf(store, "q"), [bytesOf("raw of q"), "input of q", "action of q"])
    }
  },
  {
    id: "sealed-absent",
    sentence: "What was never put is absent.",
    reason: "An attempt without personal data has none, not an empty one.",
    check: async ({ store }) => {
      await seed(store, "p")
      assert.equal(await store.transact((tx) => tx.getSealed("a-p", "input")), undefined)
    }
  },
  {
    id: "sealed-replaced",
    sentence: "A second text replaces the first.",
    reason: "The payer must be sent to the newest page, not to one that has expired.",
    check: async ({ store }) => {
      await fill(store, "p")
      await store.transact((tx) => tx.putSealed("a-p", "p", "action", "Ķīšezera iela 5 🏠"))
      assert.equal(await store.transact((tx) => tx.getSealed("a-p", "action")), "Ķīšezera iela 5 🏠")
      assert.equal(await store.transact((tx) => tx.getSealed("a-p", "input")), "input of p")
    }
  },
  {
    id: "sealed-removed",
    sentence: "Putting undefined takes the text out.",
    reason: "Data that was taken out must be gone.",
    check: async ({ store }) => {
      await fill(store, "p")
      await store.transact((tx) => tx.putSealed("a-p", "p", "action", undefined))
      assert.equal(await store.transact((tx) => tx.getSealed("a-p", "action")), undefined)
      assert.equal(await store.transact((tx) => tx.getSealed("a-p", "input")), "input of p")
    }
  },
  {
    id: "sealed-empty",
    sentence: "An empty text is not the same as none.",
    reason: "An empty answer is an answer.",
    check: async ({ store }) => {
      await fill(store, "p")
      await store.transact((tx) => tx.putSealed("a-p", "p", "input", ""))
      assert.equal(await store.transact((tx) => tx.getSealed("a-p", "input")), "")
    }
  }
])

export const erasure = casesOf("erasure", [
  {
    id: "erased-unreadable",
    sentence: "Evidence and sealed texts of the payment can no longer be read.",
    reason: "A citizen's right to erasure is fulfilled only if nobody can read it any more.",
    check: async ({ store }) => {
      await fill(store, "p")
      await store.transact((tx) => tx.erase("p"))
      assert.deepEqual(await secretsOf(store, "p"), [undefined, undefined, undefined])
    }
  },
  {
    id: "erased-for-good",
    sentence: "Nothing comes back when the store is opened again.",
    reason: "What comes back with a restart was never erased.",
    check: async ({ store, reopen }) => {
      await fill(store, "p")
      await store.transact((tx) => tx.erase("p"))
      assert.deepEqual(await secretsOf(await reopen(), "p"), [undefined, undefined, undefined])
    }
  },
  {
    id: "erasure-of-one",
    sentence: "Other payments keep theirs.",
    reason: "Another citizen's proof must not go with it.",
    check: async ({ store }) => {
      await fill(store, "p")
      await fill(store, "q")
      await store.transact((tx) => tx.erase("p"))
      assert.deepEqual(await secretsOf(store, "q"), [bytesOf("raw of q"), "input of q", "action of q"])
    }
  },
  {
    id: "erasure-keeps-books",
    sentence: "Payment, money and observations stay, and digests stay known.",
    reason: "Accounting must stay checkable, and an erased notice must not be taken for news.",
    check: async ({ store }) => {
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
    }
  },
  {
    id: "erasure-rolled-back",
    sentence: "An erasure that is rolled back erases nothing.",
    reason: "Half an erasure loses proof without giving the citizen what was asked.",
    check: async ({ store }) => {
      await fill(store, "p")
      await assert.rejects(
        store.transact(async (tx) => {
          await tx.erase("p")
          throw new Error("changed its mind")
        })
      )
      assert.deepEqual(await secretsOf(store, "p"), [bytesOf("raw of p"), "input of p", "action of p"])
    }
  },
  {
    id: "erasure-repeated",
    sentence: "Erasing twice, or a payment that has nothing, is no error.",
    reason: "The command is repeated after a crash.",
    check: async ({ store }) => {
      await seed(store, "q")
      await fill(store, "p")
      for (const id of ["p", "p", "q"]) await store.transact((tx) => tx.erase(id))
      assert.deepEqual(await secretsOf(store, "p"), [undefined, undefined, undefined])
    }
  },
  {
    id: "erasure-unadopted",
    sentence: "Evidence that was inserted for the payment but not yet adopted is erased too.",
    reason: "Personal data must not survive because its notice was still waiting.",
    check: async ({ store }) => {
      await seed(store, "p")
      await store.transact((tx) =>
        tx.insertObservation(anObservation("o", { attemptId: "a-p", paymentId: "p", evidence: bytesOf("raw") }))
      )
      await store.transact((tx) => tx.erase("p"))
      assert.equal(await store.transact((tx) => tx.evidenceOf("o")), undefined)
      assert.deepEqual(idsOf(await store.transact((tx) => tx.unfoldedObservations(10))), ["o"])
    }
  },
  {
    id: "erasure-untied",
    sentence: "Evidence that only names an attempt of the payment, and that no fold has tied to it yet, is erased too.",
    reason: "Personal data must not survive because its message came a moment before the erasure.",
    check: async ({ store }) => {
      await seed(store, "p")
      await seed(store, "q")
      await store.transact(async (tx) => {
        const attempt = await tx.findAttempt("a-p")
        if (attempt !== undefined) await tx.updateAttempt({ ...attempt, providerReference: "REF" })
        const instance = attempt?.instance ?? ""
        for (const [id, reference, where] of [
          ["by-id", "a-p", instance],
          ["by-word", "REF", instance],
          ["parked", "a-p", instance],
          ["others", "a-q", instance],
          ["elsewhere", "REF", "elsewhere"]
        ] as const) {
          await tx.insertObservation(anObservation(id, { reference, instance: where, evidence: bytesOf(id) }))
        }
        await tx.parkObservation("parked")
      })
      await store.transact((tx) => tx.erase("p"))
      const left = async (id: string) => (await store.transact((tx) => tx.evidenceOf(id))) !== undefined
      const ids = ["by-id", "by-word", "parked", "others", "elsewhere"]
      assert.deepEqual(await Promise.all(ids.map(left)), [false, false, false, true, true])
    }
  },
  {
    id: "erasure-then-late",
    sentence: "Evidence that comes late is kept, and brings nothing erased back.",
    reason: "Late money needs its proof, and erased data must not come back with it.",
    check: async ({ store }) => {
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
  }
])
