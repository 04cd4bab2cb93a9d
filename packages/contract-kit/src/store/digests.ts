import assert from "node:assert/strict"
import { casesOf } from "./StoreCase.ts"

export const digests = casesOf("keyed digests", [
  {
    id: "digest-form",
    sentence: "A digest is 64 lower-case hexadecimal digits.",
    reason: "Columns, logs and comparisons count on one form.",
    check: async ({ store }) => {
      assert.match(store.keyedDigest("idempotency", "key"), /^[0-9a-f]{64}$/)
    }
  },
  {
    id: "digest-equal",
    sentence: "Equal purpose and data give equal digests.",
    reason: "A repeat is recognised by it alone.",
    check: async ({ store }) => {
      assert.equal(store.keyedDigest("idempotency", "ā"), store.keyedDigest("idempotency", "ā"))
    }
  },
  {
    id: "digest-differs",
    sentence: "Other data or another purpose gives another digest.",
    reason: "Equal digests of different things make one payment of two.",
    check: async ({ store }) => {
      const digests = [
        store.keyedDigest("idempotency", "a"),
        store.keyedDigest("idempotency", "b"),
        store.keyedDigest("input", "a"),
        store.keyedDigest("", "a")
      ]
      assert.equal(new Set(digests).size, digests.length)
    }
  },
  {
    id: "digest-separates",
    sentence: "Purpose and data do not run into each other.",
    reason: "Shifted borders between purpose and data let one key stand for another.",
    check: async ({ store }) => {
      assert.notEqual(store.keyedDigest("ab", "c"), store.keyedDigest("a", "bc"))
      assert.notEqual(store.keyedDigest("a:", "b"), store.keyedDigest("a", ":b"))
      assert.notEqual(store.keyedDigest("a\u0000b", ""), store.keyedDigest("a", "\u0000b"))
    }
  },
  {
    id: "digest-lasts",
    sentence: "A digest is the same after the store is opened again.",
    reason: "After a restart every repeat would be news.",
    check: async ({ store, reopen }) => {
      const before = store.keyedDigest("idempotency", "key")
      assert.equal((await reopen()).keyedDigest("idempotency", "key"), before)
    }
  },
  {
    id: "digest-keyed",
    sentence: "A digest is keyed: nobody computes it without the store's secret.",
    reason: "Personal codes are few: without the key anybody tries them all.",
    check: async ({ store }) => {
      const bytes = new TextEncoder().encode("key")
      const plain = Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex")
      assert.notEqual(store.keyedDigest("", "key"), plain)
    }
  }
])
