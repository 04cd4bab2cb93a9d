import assert from "node:assert/strict"
import { casesOf } from "./StoreCase.ts"

export const digests = casesOf("keyed digests", {
  "a digest is 64 lower-case hexadecimal digits": async ({ store }) => {
    assert.match(store.keyedDigest("idempotency", "key"), /^[0-9a-f]{64}$/)
  },
  "equal purpose and data give equal digests": async ({ store }) => {
    assert.equal(store.keyedDigest("idempotency", "ā"), store.keyedDigest("idempotency", "ā"))
  },
  "other data or another purpose gives another digest": async ({ store }) => {
    const digests = [
      store.keyedDigest("idempotency", "a"),
      store.keyedDigest("idempotency", "b"),
      store.keyedDigest("input", "a"),
      store.keyedDigest("", "a")
    ]
    assert.equal(new Set(digests).size, digests.length)
  },
  "purpose and data do not run into each other": async ({ store }) => {
    assert.notEqual(store.keyedDigest("ab", "c"), store.keyedDigest("a", "bc"))
    assert.notEqual(store.keyedDigest("a:", "b"), store.keyedDigest("a", ":b"))
    assert.notEqual(store.keyedDigest("a\u0000b", ""), store.keyedDigest("a", "\u0000b"))
  },
  "a digest is the same after the store is opened again": async ({ store, reopen }) => {
    const before = store.keyedDigest("idempotency", "key")
    assert.equal((await reopen()).keyedDigest("idempotency", "key"), before)
  },
  "a digest is keyed: nobody computes it without the store's secret": async ({ store }) => {
    const bytes = new TextEncoder().encode("key")
    const plain = Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex")
    assert.notEqual(store.keyedDigest("", "key"), plain)
  }
})
