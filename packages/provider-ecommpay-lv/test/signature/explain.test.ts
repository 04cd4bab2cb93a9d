import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { canonicalize, explainSignature, readSigned, sign, verify } from "../../src/signature.ts"
import type { SdkName } from "../../src/signature.ts"
import { corpus, secret } from "./corpus.ts"
import { bytes, handSigned, signed, withSignature } from "./signedBody.ts"

interface Vector {
  readonly name: string
  readonly params: unknown
  readonly paramsJson?: string
  readonly key: string
  readonly expectedString: string
  readonly alternatives?: ReadonlyArray<{ readonly producedBy: string; readonly string?: string }>
}
const vectors: ReadonlyArray<Vector> = JSON.parse(
  readFileSync(new URL("../fixtures/signature-vectors.json", import.meta.url), "utf8")
)

const sdkOf = (producedBy: string): SdkName =>
  producedBy.startsWith("npm") ? "npm" : producedBy.includes("python") ? "python" : "go"

/** What each SDK made of the bodies about which they differ; a list at the root is nobody's message. */
const differing = vectors
  .filter(({ alternatives, params }) => alternatives !== undefined && !Array.isArray(params))
  .map(({ alternatives = [], expectedString, key, name, params, paramsJson }) => ({
    name,
    key,
    json: paramsJson ?? JSON.stringify(params),
    texts: new Map<SdkName, string>([
      ["php", expectedString],
      ...alternatives.map(({ producedBy, string = "" }) => [sdkOf(producedBy), string] as const)
    ])
  }))

describe("an explanation of a signature", () => {
  it.each(corpus)("of the signed callback %s says that it is right, and with which secret", (_name, make) => {
    const found = explainSignature(make(), ["another", secret])
    assert.strictEqual(found.verdict, "verified")
    assert.strictEqual(found.secretIndex, 1)
    assert.deepStrictEqual(found.wouldMatch, [])
  })

  it("shows the signed text, where no field is personal exactly as it was signed", () => {
    const body = {
      project_id: 200,
      payment: { id: "a", type: "purchase", status: "success", sum: { amount: 1200, currency: "EUR" } },
      errors: Array.from({ length: 12 }, (_, i) => ({ code: String(i) }))
    }
    const found = explainSignature(signed(body, "k"), ["k"])
    assert.strictEqual(found.signedText, canonicalize(body))
  })

  it("shows no value of a field that is not known to be harmless, but its separators", () => {
    const person = {
      customer: { id: "c-1", first_name: "Anna; Ozola", identify: { doc_number: "010190-12345" } },
      account: { number: "LV80BANK0000435195001", customer_name: "Anna Ozola" },
      payment: { id: "a", description: "Nodeva\nAnnai Ozolai", sum: { amount: 1, currency: "EUR" } },
      clarification_fields: { customer: { properties: { psu_consent_text: { default: "Es, Anna" } } } },
      redirect_data: { body: { token: "tok-1" } },
      customer_phone: "37120000000",
      unheard_of: "Ozola"
    }
    const found = explainSignature(signed(person, "k"), ["k"])
    assert.strictEqual(found.verdict, "verified")
    assert.notMatch(found.signedText ?? "", /Anna|Ozol|LV80|010190|tok-1|37120|c-1/)
    assert.include(found.signedText, "customer:first_name:***;***;customer:id:***")
    assert.include(found.signedText, "payment:sum:amount:1;")
  })

  it("escapes control characters in keys and values, which could forge a line of a log", () => {
    const found = explainSignature(signed({ "a\nb": 1, payment: { status: "x\r\ny" } }, "k"), ["k"])
    assert.strictEqual(found.signedText, String.raw`a\u000ab:***;payment:status:x\u000d\u000ay`)
  })

  it("never holds the signature that would have been right, nor a secret", () => {
    const right = sign({ a: "1" }, "secret-key")
    const found = explainSignature(bytes(withSignature('{"a":"1"}', handSigned("a:2", "secret-key"))), ["secret-key"])
    assert.strictEqual(found.verdict, "signature_mismatch")
    assert.notInclude(JSON.stringify(found), right)
    assert.notInclude(JSON.stringify(found), "secret-key")
  })

  it.each([
    ["{", "not_json"],
    ['{"a":1}', "no_signature"],
    ['{"a":1,"signature":"x"}', "signature_mismatch"],
    ['{"a":1,"signature":"x","b":{"signature":"y"}}', "two_signatures"],
    ['{"a":1,"a":2,"signature":"x"}', "duplicate_key"],
    ['{"a":1,"signature":5}', "no_signature"],
    ["[1]", "no_signature"]
  ])("of %s says %s, like `verify`", (json, verdict) => {
    assert.isFalse(verify(bytes(json), ["k"]))
    const found = explainSignature(bytes(json), ["k"])
    assert.strictEqual(found.verdict, verdict)
    assert.deepStrictEqual(found.wouldMatch, [])
  })

  it("is given of every kind of bytes, and never throws", () => {
    // A signed text of more than 4 MiB, and bytes that only JSON's syntax makes sense of.
    const long = bytes(
      JSON.stringify({ ["k".repeat(1000)]: Array.from({ length: 5000 }, () => 1), signature: "x".repeat(88) })
    )
    const broken = Buffer.from('{"a":"\xff","signature":"x"}', "latin1")
    for (const [raw, verdict] of [
      [new Uint8Array(2 ** 20 + 1), "too_large"],
      [long, "too_large"],
      [Uint8Array.of(0xff), "not_utf8"],
      [broken, "not_utf8"],
      [bytes("[1]"), "no_signature"],
      [undefined, "not_json"]
    ] as const) {
      const found = explainSignature(raw as Uint8Array, ["k"]) // untyped callers
      assert.deepStrictEqual(found, { verdict, wouldMatch: [] })
    }
  })

  it("finds the rule of an SDK with the first secret, too", () => {
    const raw = bytes(withSignature('{"a":1.0}', handSigned("a:1", "k")))
    assert.includeMembers([...explainSignature(raw, ["k"]).wouldMatch], ["php", "npm", "go"])
    // Of a body with two signatures nobody asks which rule made the one.
    const two = withSignature('{"a":1.0,"b":{"signature":"x"}}', handSigned("a:1", "k"))
    assert.deepInclude(explainSignature(bytes(two), ["k"]), { verdict: "two_signatures", wouldMatch: [] })
  })

  it("shows a value by the whole path of its field only", () => {
    const operation = { id: 1, provider: { id: 2 }, sum_initial: { amount: 3, currency: "EUR" } }
    const harmless = {
      project_id: 1,
      general: { project_id: 2, payment_id: "p" },
      payment: { id: "p", sum: { currency: "EUR" } },
      operation,
      operations: Array.from({ length: 12 }, () => operation),
      errors: Array.from({ length: 12 }, () => ({ code: 1, field: "f" })),
      request_id: "r",
      account: { bank_id: 5 },
      callback: { delay: 1 },
      interface_type: { id: 5 },
      payment_amount: 100,
      language_code: "lv"
    }
    assert.strictEqual(explainSignature(signed(harmless, "k"), ["k"]).signedText, canonicalize(harmless))
    assert.strictEqual(explainSignature(signed({ interface_type: 5 }, "k"), ["k"]).signedText, "interface_type:5")
    const ends = (value: unknown): unknown =>
      typeof value !== "object" || value === null
        ? { x: "Anna" }
        : Array.isArray(value)
          ? value.map(ends)
          : Object.fromEntries(Object.entries(value).map(([key, member]) => [key, ends(member)]))
    for (const body of [{ x: harmless }, ends(harmless)]) {
      const { signedText = "" } = explainSignature(signed(body as Parameters<typeof signed>[0], "k"), ["k"])
      const lines = signedText.split(";")
      assert.isAbove(lines.length, 80)
      for (const line of lines) assert.match(line, /:\*\*\*$/)
    }
    const other = { operationa: { id: 1 }, operations: [{ a: { id: 1 } }], errors: { a: { code: 1 } } }
    for (const line of explainSignature(signed(other, "k"), ["k"]).signedText?.split(";") ?? []) {
      assert.match(line, /:\*\*\*$/)
    }
  })
})

describe.each(differing)("a body about which the official SDKs differ: $name", ({ json, key, texts }) => {
  it.each([...texts])("signed by the SDK %s is told as that SDK's", (name, text) => {
    const raw = bytes(withSignature(json, handSigned(text, key)))
    const found = explainSignature(raw, ["another", key])
    const read = readSigned(raw, [key])
    if (read.verified) {
      // PHP's own order, with numbers as they were sent.
      assert.strictEqual(new TextDecoder().decode(read.canonical), text)
      return assert.deepStrictEqual(found.verdict, "verified")
    }
    assert.strictEqual(found.verdict, "signature_mismatch")
    assert.include(found.wouldMatch, name)
    // Those and only those that spell it so.
    assert.sameMembers(
      [...found.wouldMatch],
      [...texts].filter(([, other]) => other === text).map(([other]) => other)
    )
  })
})
