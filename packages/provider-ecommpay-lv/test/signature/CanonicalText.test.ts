import { assert, describe, it } from "vitest"
import { CanonicalText, MAX_CANONICAL_BYTES } from "../../src/internal/signature/CanonicalText.ts"
import { container, LIST, NULL, OBJECT, scalar, STRING } from "../../src/internal/signature/JsonNode.ts"
import type { JsonKind, JsonNode } from "../../src/internal/signature/JsonNode.ts"
import { readSigned } from "../../src/signature.ts"
import { bytes, handSigned, withSignature } from "./signedBody.ts"

const secret = "canonical-secret"

const canonicalOf = (json: string, canonical: string): string => {
  const read = readSigned(bytes(withSignature(json, handSigned(canonical, secret))), [secret])
  return read.verified ? new TextDecoder().decode(read.canonical) : read.problem
}

const member = (kind: JsonKind, key: readonly [number, number], value: readonly [number, number]): JsonNode => ({
  ...scalar(kind, ...value),
  keyStart: key[0],
  keyEnd: key[1]
})
const object = (members: ReadonlyArray<JsonNode>): JsonNode => container(OBJECT, 0, 0, members, true)
const written = (text: string, members: ReadonlyArray<JsonNode>): string | undefined => {
  const canonical = new CanonicalText(bytes(text), true).of(object(members))
  return canonical === undefined ? undefined : new TextDecoder().decode(canonical)
}

describe("the signed text of a received body", () => {
  it.each([
    ["nothing to sign", '{"a":[]}'],
    ["nothing to sign below a key to be sorted naturally", '{"1":[]}']
  ])("is empty for %s", (_name, json) => {
    assert.strictEqual(canonicalOf(json, ""), "")
  })

  it("keeps the order of the body where paths are equal in natural order", () => {
    for (const canonical of ["k1:1;k 1:2", "k 1:2;k1:1", "l:1:1;l: 1:2"]) {
      const members = canonical.split(";").map((line) => line.split(":"))
      const json = `{${members.map((path) => `"${path.at(-2)}":${path.at(-1)}`).join(",")}}`
      const nested = canonical.startsWith("l") ? `{"l":${json}}` : json
      assert.strictEqual(canonicalOf(nested, canonical), canonical)
    }
  })

  it("holds paths of any length", () => {
    // With some of these the paths just fit into the 1024 bytes that there are at first, and just do not.
    for (const length of [1, 59, 127, 128, 169, 170, 200, 203, 204, 205, 254, 255, 256, 339, 340, 341, 511, 512, 900]) {
      const key = "k".repeat(length)
      const colons = ":".repeat(length)
      const json = `{"${colons}":{"${key}":{"${key}":[1,{"${colons}":2}]}}}`
      const path = `${colons.repeat(2)}:${key}:${key}`
      const canonical = `${path}:0:1;${path}:1:${colons.repeat(2)}:2`
      assert.strictEqual(canonicalOf(json, canonical), canonical)
    }
  })

  it("grows with a long path over many values", () => {
    const key = "k".repeat(150)
    const lines = Array.from({ length: 120 }, (_, i) => `${key}:${i}:x`)
    const json = `{"${key}":[${lines.map(() => '"x"').join(",")}]}`
    assert.strictEqual(canonicalOf(json, lines.join(";")), lines.join(";"))
  })

  it("grows before a line that needs every byte of its room", () => {
    for (let length = 1; length < 20; length++) {
      const value = "v".repeat(length)
      const members = Array.from({ length: 30 }, () => member(STRING, [0, 1], [1, 1 + length]))
      assert.strictEqual(written(`:${value}`, members), members.map(() => `:::${value}`).join(";"))
    }
  })
})

/** A null is not copied, so that its range in the source may have any size. */
const nulls = (text: string, ...sizes: ReadonlyArray<number>): string | undefined =>
  written(
    text,
    sizes.map((size) => member(NULL, [0, 1], [9, 9 + size]))
  )

describe("the limit of the signed text", () => {
  it("counts a key twice, since it may be a colon, its own colon and the semicolon", () => {
    assert.strictEqual(nulls("k", MAX_CANONICAL_BYTES - 4), "k:")
    assert.isUndefined(nulls("k", MAX_CANONICAL_BYTES - 3))
  })

  it("counts what is written already", () => {
    assert.strictEqual(nulls("k", 0, MAX_CANONICAL_BYTES - 7), "k:;k:")
    assert.isUndefined(nulls("k", 0, MAX_CANONICAL_BYTES - 6))
  })

  it("counts the path above and the room of an index", () => {
    const list = (size: number): JsonNode => ({
      ...container(LIST, 0, 0, [scalar(NULL, 0, size)], true),
      keyStart: 0,
      keyEnd: 1
    })
    assert.strictEqual(written("l", [list(MAX_CANONICAL_BYTES - 19)]), "l:0:")
    assert.isUndefined(written("l", [list(MAX_CANONICAL_BYTES - 18)]))
  })

  it("does not count where in the body a key or value stands", () => {
    const far = MAX_CANONICAL_BYTES
    assert.strictEqual(written("", [member(NULL, [far, far + 1], [far, far + 1])]), "\0:")
  })
})
