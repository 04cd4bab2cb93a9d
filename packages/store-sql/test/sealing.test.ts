import { createSecretKey, randomBytes } from "node:crypto"
import { join } from "node:path"
import Database from "better-sqlite3"
import { assert, describe, it } from "vitest"
import { sqliteStore } from "../src/index.ts"
import { open, seal, SealedBy } from "../src/sealing.ts"
import { attemptRow, observationRow, paymentRow } from "./rows.ts"
import { filesIn, inTempDirectory, testSecret } from "./tempStore.ts"

const key = createSecretKey(randomBytes(32))
const plain = new TextEncoder().encode("raw message")

describe("a sealed value", () => {
  it("opens with its key at its place", () => {
    assert.deepEqual(
      new Uint8Array(open(key, SealedBy.intake, "row 1", seal(key, SealedBy.intake, "row 1", plain))),
      plain
    )
  })

  it("is another one each time", () => {
    const first = seal(key, SealedBy.intake, "row 1", plain)
    assert.notDeepEqual(first, seal(key, SealedBy.intake, "row 1", plain))
  })

  it("never repeats a nonce, also beyond the number drawn at once", () => {
    const nonces = Array.from({ length: 2000 }, () => seal(key, SealedBy.intake, "row 1", plain).subarray(1, 13))
    assert.strictEqual(new Set(nonces.map((nonce) => nonce.toString("hex"))).size, 2000)
    assert.strictEqual(new Set(nonces.map((nonce) => nonce.byteLength)).size, 1)
  })

  it("does not open at another place, with another key or as another kind", () => {
    const sealed = seal(key, SealedBy.intake, "row 1", plain)
    assert.throws(() => open(key, SealedBy.intake, "row 2", sealed))
    assert.throws(() => open(createSecretKey(randomBytes(32)), SealedBy.intake, "row 1", sealed))
    assert.throws(() => open(key, SealedBy.payment, "row 1", sealed))
    const relabelled = Buffer.from(sealed)
    relabelled[0] = SealedBy.payment
    assert.throws(() => open(key, SealedBy.payment, "row 1", relabelled))
  })

  it("does not open with any one bit flipped, cut or lengthened", () => {
    const sealed = seal(key, SealedBy.intake, "row 1", plain)
    for (let index = 0; index < sealed.byteLength; index++) {
      const flipped = Buffer.from(sealed)
      flipped[index] = (flipped[index] ?? 0) ^ 1
      assert.throws(() => open(key, SealedBy.intake, "row 1", flipped), undefined, undefined, `byte ${index}`)
      assert.throws(() => open(key, SealedBy.intake, "row 1", sealed.subarray(0, index)))
    }
    assert.throws(() => open(key, SealedBy.intake, "row 1", Buffer.concat([sealed, Uint8Array.of(0)])))
  })
})

describe("evidence in the file", () => {
  it("does not open for another observation or another payment", () =>
    inTempDirectory(async (directory) => {
      const file = join(directory, "s.sqlite")
      const store = await sqliteStore({ file, secret: testSecret })
      await store.transact(async (tx) => {
        for (const id of ["p", "q"]) {
          await tx.insertPayment(paymentRow(id))
          await tx.insertAttempt(attemptRow(`a-${id}`, id))
          await tx.insertObservation(observationRow(`o-${id}`, { evidence: plain }))
          await tx.adoptObservation(`o-${id}`, { attemptId: `a-${id}`, paymentId: id })
        }
        await tx.insertObservation(observationRow("intake-1", { evidence: plain }))
        await tx.insertObservation(observationRow("intake-2", { evidence: plain }))
      })
      const database = new Database(file)
      const copy = database.prepare(
        "update observation set evidence = (select evidence from observation where id = ?) where id = ?"
      )
      copy.run("o-p", "o-q")
      copy.run("intake-1", "intake-2")
      database.close()
      for (const id of ["o-q", "intake-2"]) {
        let isRefused = false
        await store.transact((tx) => tx.evidenceOf(id)).catch(() => (isRefused = true))
        assert.isTrue(isRefused, id)
      }
      assert.deepEqual(await store.transact((tx) => tx.evidenceOf("o-p")), plain)
      await store.close()
    }))

  it("is sealed anew when it is adopted: the intake key no longer opens it", () =>
    inTempDirectory(async (directory) => {
      const file = join(directory, "s.sqlite")
      const store = await sqliteStore({ file, secret: testSecret })
      const kindOf = () => {
        const database = new Database(file, { readonly: true })
        const kind = database.prepare("select hex(substr(evidence, 1, 1)) from observation").pluck().get()
        database.close()
        return kind
      }
      await store.transact(async (tx) => {
        await tx.insertPayment(paymentRow("p"))
        await tx.insertAttempt(attemptRow("a", "p"))
        await tx.insertObservation(observationRow("o", { evidence: plain }))
      })
      assert.strictEqual(kindOf(), "01")
      await store.transact((tx) => tx.adoptObservation("o", { attemptId: "a", paymentId: "p" }))
      assert.strictEqual(kindOf(), "02")
      await store.close()
    }))

  it("leaves neither its key nor its ciphertext in any file once it is erased", () =>
    inTempDirectory(async (directory) => {
      const file = join(directory, "s.sqlite")
      const store = await sqliteStore({ file, secret: testSecret })
      const read = (sql: string): Uint8Array => {
        const database = new Database(file, { readonly: true })
        const value = database.prepare<[], Uint8Array>(sql).pluck().get()
        database.close()
        assert.isDefined(value)
        return value ?? new Uint8Array()
      }
      await store.transact(async (tx) => {
        await tx.insertPayment(paymentRow("p"))
        await tx.insertAttempt(attemptRow("a", "p"))
        await tx.insertObservation(observationRow("o", { evidence: randomBytes(3000) }))
      })
      const intake = read("select evidence from observation")
      await store.transact(async (tx) => {
        await tx.adoptObservation("o", { attemptId: "a", paymentId: "p" })
        await tx.putSealed("a", "p", "input", "text")
      })
      const left = [
        read("select wrapped from payment_key"),
        read("select sealed from sealed_text"),
        read("select evidence from observation"),
        intake
      ].map((value) => Buffer.from(value).subarray(-24))
      const found = async () => {
        const files = await filesIn(directory)
        return left.map((piece) => files.some((bytes) => Buffer.from(bytes).includes(piece)))
      }
      assert.deepEqual(await found(), [true, true, true, true])
      await store.transact((tx) => tx.erase("p"))
      assert.deepEqual(await found(), [false, false, false, false])
      await store.close()
    }))
})
