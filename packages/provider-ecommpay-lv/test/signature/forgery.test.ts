import { assert, describe, it } from "vitest"
import { MAX_SIGNED_BYTES, readSigned, sign, verify } from "../../src/signature.ts"
import type { SignatureProblem } from "../../src/signature.ts"
import { corpus, secret } from "./corpus.ts"
import { bytes, handSigned, withSignature } from "./signedBody.ts"

const problem = (raw: Uint8Array, secrets: ReadonlyArray<string> = [secret]): SignatureProblem | "verified" => {
  const read = readSigned(raw, secrets)
  assert.strictEqual(verify(raw, secrets), read.verified, "verify and readSigned disagree")
  return read.verified ? "verified" : read.problem
}

/** The problem of a JSON text whose `$` stands for a right signature over `canonical`. */
const problemOf = (template: string, canonical: string): SignatureProblem | "verified" =>
  problem(bytes(template.replaceAll("$", handSigned(canonical, secret))))

describe.each(corpus)("the signed callback: %s", (_name, make) => {
  it("is verified", () => assert.strictEqual(problem(make()), "verified"))

  it("is verified in another spelling of the same JSON", () => {
    const raw = make()
    const text = new TextDecoder().decode(raw)
    const spaced = text.replaceAll(/([{,:[])(?=["{[])/g, "$1 \r\n\t")
    assert.notStrictEqual(spaced, text)
    assert.deepStrictEqual(readSigned(bytes(spaced), [secret]), readSigned(raw, [secret]))
  })

  it("is left as it was", () => {
    const raw = make()
    const copy = Uint8Array.from(raw)
    readSigned(raw, [secret])
    assert.deepStrictEqual(Uint8Array.from(raw), copy)
  })
})

const body = (signature: string): Uint8Array => bytes(`{"payment":{"id":"1"},"signature":${signature}}`)

describe("a forged signature", () => {
  const right = handSigned("payment:id:1", secret)

  it("is refused while the right one is taken", () => {
    assert.strictEqual(problem(body(`"${right}"`)), "verified")
  })

  it.each([
    ["an empty text", '""'],
    ["a shorter text", `"${right.slice(0, -1)}"`],
    ["no padding", `"${right.slice(0, -2)}"`],
    ["a longer text", `"${right}="`],
    ["a blank before", `" ${right}"`],
    ["the hexadecimal digest", `"${Buffer.from(right, "base64").toString("hex")}"`],
    ["zeros", `"${"A".repeat(86)}=="`],
    ["letters that are not Base64", `"${"ā".repeat(44)}"`]
  ])("%s is a mismatch", (_name, json) => {
    assert.strictEqual(problem(body(json)), "signature_mismatch")
  })

  it.each([
    ["null", "null"],
    ["a number", "1"],
    ["true", "true"],
    ["a list of the right one", `["${right}"]`],
    ["an object", `{"0":"${right}"}`]
  ])("%s is no signature", (_name, json) => {
    assert.strictEqual(problem(body(json)), "no_signature")
  })

  it("in the spelling for URLs is a mismatch", () => {
    const id = Array.from({ length: 50 }, (_, i) => String(i)).find((id) => /[+/]/.test(sign({ id }, secret)))
    assert(id !== undefined)
    const signature = sign({ id }, secret)
    const url = signature.replaceAll("+", "-").replaceAll("/", "_")
    assert.strictEqual(problem(bytes(`{"id":"${id}","signature":"${signature}"}`)), "verified")
    assert.strictEqual(problem(bytes(`{"id":"${id}","signature":"${url}"}`)), "signature_mismatch")
  })

  it("in other Base64 spellings of the same bytes is a mismatch", () => {
    // The character before the padding carries two bits; the other four are free for a lenient decoder.
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    const last = alphabet.indexOf(right.charAt(85))
    const other = `${right.slice(0, 85)}${alphabet.charAt(last + 1)}==`
    assert.deepStrictEqual(Buffer.from(other, "base64"), Buffer.from(right, "base64"))
    assert.strictEqual(problem(body(`"${other}"`)), "signature_mismatch")
  })
})

const rotated = bytes(withSignature('{"id":"1"}', handSigned("id:1", "old")))
const matching = (secrets: ReadonlyArray<string>): number | undefined => {
  const read = readSigned(rotated, secrets)
  return read.verified ? read.secretIndex : undefined
}

describe("secrets", () => {
  it("may be two while one replaces the other, and it is told which matched", () => {
    assert.strictEqual(matching(["old", "new"]), 0)
    assert.strictEqual(matching(["new", "old"]), 1)
    assert.strictEqual(matching(["old", "old"]), 0)
    assert.strictEqual(matching(["new", "newer"]), undefined)
    assert.strictEqual(matching([]), undefined)
  })

  it("never match when empty, though anybody can sign with an empty secret", () => {
    const forged = bytes(withSignature('{"id":"1"}', handSigned("id:1", "")))
    assert.strictEqual(problem(forged, ["", secret]), "signature_mismatch")
    assert.strictEqual(problem(forged, [undefined as unknown as string]), "signature_mismatch") // untyped callers
  })
})

describe("where the signature stands", () => {
  const canonical = "a:b:1;general:id:2"

  it.each([
    ['{"a":{"b":1},"general":{"id":2},"signature":"$"}', "verified"],
    ['{"a":{"b":1},"general":{"id":2,"signature":"$"}}', "verified"],
    ['{"general":{"signature":"$","id":2},"a":{"b":1}}', "verified"],
    ['{"a":{"b":1,"signature":"$"},"general":{"id":2}}', "no_signature"],
    ['{"a":{"b":1,"general":{"signature":"$"}},"general":{"id":2}}', "no_signature"],
    ['{"a":{"b":1},"general":{"id":2,"c":{"signature":"$"}}}', "no_signature"],
    ['{"a":{"b":1},"general":[{"signature":"$"}]}', "no_signature"],
    ['{"a":{"b":1},"general":{"id":2},"Signature":"$"}', "no_signature"],
    ['{"a":{"b":1},"general":{"id":2,"signature":"$"},"signature":"$"}', "two_signatures"],
    ['{"a":{"b":1,"signature":"$"},"general":{"id":2},"signature":"$"}', "two_signatures"],
    ['{"a":{"b":1},"general":{"id":2},"frame_mode":[{"signature":"x"}],"signature":"$"}', "two_signatures"],
    ['{"a":{"b":1},"general":{"id":2},"signature":"$","signature":"$"}', "duplicate_key"]
  ])("%s: %s", (template, expected) => assert.strictEqual(problemOf(template, canonical), expected))
})

describe("what parsers read differently, or dangerously", () => {
  it.each([
    ['{"a":1,"a":1,"signature":"$"}', "duplicate_key"],
    ['{"a":1,"b":{"c":[{"d":1,"x":2,"d":1}]},"signature":"$"}', "duplicate_key"],
    [String.raw`{"a":1,"\u0061":1,"signature":"$"}`, "duplicate_key"],
    ['{"a":1,"a":[],"signature":"$"}', "duplicate_key"],
    ['{"a":1,"frame_mode":1,"frame_mode":2,"signature":"$"}', "duplicate_key"],
    ['{"a":1,"__proto__":{"payment":{"status":"success"}},"signature":"$"}', "forbidden_key"],
    [String.raw`{"a":1,"\u005f_proto__":{},"signature":"$"}`, "forbidden_key"],
    ['{"a":1,"b":[{"constructor":{}}],"signature":"$"}', "forbidden_key"],
    ['{"a":1,"frame_mode":{"prototype":1},"signature":"$"}', "forbidden_key"]
  ])("%s: %s", (template, expected) => assert.strictEqual(problemOf(template, "a:1"), expected))

  it("refuses a duplicate among very many keys", () => {
    const keys = Array.from({ length: 100 }, (_, i) => `"k${i}":1`).join(",")
    assert.strictEqual(problem(bytes(`{${keys},"k57":1,"signature":"x"}`)), "duplicate_key")
    assert.strictEqual(problem(bytes(`{${keys},"k157":1,"signature":"x"}`)), "signature_mismatch")
  })

  it.each([
    "",
    " ",
    "{",
    "}",
    "{}x",
    '{"a":1,}',
    '{"a":[1,]}',
    '{"a":[1 2]}',
    '{"a" 1}',
    "{'a':1}",
    "{a:1}",
    '{"a":1 "b":2}',
    '{"a":01}',
    '{"a":-}',
    '{"a":+1}',
    '{"a":1.}',
    '{"a":.5}',
    '{"a":1e}',
    '{"a":0x1}',
    '{"a":NaN}',
    '{"a":Infinity}',
    '{"a":tru}',
    '{"a":truex}',
    '{"a":nul',
    '{"a":"\n"}',
    '{"a":"\u0000"}',
    '{"a":"b',
    String.raw`{"a":"\x"}`,
    String.raw`{"a":"\u12g4"}`,
    String.raw`{"a":"\ud83d"}`,
    String.raw`{"a":"\ud83dx\ude42"}`,
    String.raw`{"a":"\ude42\ud83d"}`,
    String.raw`{"a":"\ud83d\u0041"}`,
    String.raw`{"a":"\u00`,
    '{"a":1}/*x*/',
    '{"a":1}\u0000',
    '\ufeff{"a":1}',
    '\u00a0{"a":1}',
    "<html></html>"
  ])("is not JSON: %j", (text) => {
    assert.strictEqual(problem(bytes(text)), "not_json")
    assert.strictEqual(problem(bytes(withSignature(text, handSigned("a:1", secret)))), "not_json")
  })

  it.each([[[0xff]], [[0xc3]], [[0xc0, 0xaf]], [[0xed, 0xa0, 0x80]], [[0xf4, 0x90, 0x80, 0x80]]])(
    "is not UTF-8: %j",
    (wrong) => {
      const raw = Uint8Array.from([...bytes('{"a":"'), ...wrong, ...bytes('","signature":"x"}')])
      assert.strictEqual(problem(raw), "not_utf8")
    }
  )

  it("looks at nothing of a body of more than 1 MiB", () => {
    assert.strictEqual(problem(new Uint8Array(MAX_SIGNED_BYTES)), "not_json")
    assert.strictEqual(problem(new Uint8Array(MAX_SIGNED_BYTES + 1)), "too_large")
    assert.strictEqual(MAX_SIGNED_BYTES, 1_048_576)
  })

  it("never throws, even on what is no byte array, or no longer one", () => {
    const buffer = new ArrayBuffer(2)
    const detached = new Uint8Array(buffer)
    structuredClone(buffer, { transfer: [buffer] })
    for (const raw of [detached, undefined, null, "{}", 1, {}, [123, 125], new ArrayBuffer(2)]) {
      assert.strictEqual(problem(raw as Uint8Array), "not_json") // untyped callers
    }
  })
})

const deep = (levels: number): string => {
  const path = Array.from({ length: levels }, () => "a")
  const json = `${path.map((key) => `{"${key}":`).join("")}1${"}".repeat(levels)}`
  return withSignature(json, handSigned(`${path.join(":")}:1`, secret))
}

describe("depth", () => {
  it("32 levels are read and 33 refused, objects and lists alike", () => {
    assert.strictEqual(problem(bytes(deep(32))), "verified")
    assert.strictEqual(problem(bytes(deep(33))), "too_deep")
    assert.strictEqual(problem(bytes("[".repeat(33))), "too_deep")
    assert.strictEqual(problem(bytes('{"a":'.repeat(100_000))), "too_deep")
  })
})
