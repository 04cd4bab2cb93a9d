import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { rootCertificates } from "node:tls"
import { assert, describe, it } from "vitest"
import {
  type Environment,
  makeConfigurationReader,
  readAddress,
  readAuthorities,
  SecretText,
  Timeouts,
  wrapSecret
} from "../../src/index.ts"

const secret = "do-not-show-me"
const { read, wrong } = makeConfigurationReader(
  "acme",
  Schema.Struct({ key: SecretText, timeouts: Schema.optionalKey(Timeouts) }),
  { key: "give the key", timeouts: "give whole milliseconds" }
)

describe("a reader of configurations", () => {
  it("takes what is right", () => {
    const config = { key: Redacted.make(secret), timeouts: { connectMillis: 600_000 } }
    assert.deepEqual(Result.getOrThrow(read(config)), config)
  })

  it.each<readonly [unknown, string, string]>([
    [undefined, "", "the configuration: give an object."],
    [{ key: "" }, "key", "key: give the key."],
    [{ key: [secret] }, "key", "key: give the key."],
    [{ key: secret, kee: secret }, "kee", "kee: there is no such field."],
    [{ key: secret, timeouts: { responseMillis: 0 } }, "timeouts.responseMillis", "give whole milliseconds."],
    [{ key: secret, timeouts: { connectMillis: 600_001 } }, "timeouts.connectMillis", "give whole milliseconds."],
    [{ key: secret, timeouts: { toString: secret } }, "timeouts.toString", "give whole milliseconds."]
  ])("names the field of %o and what belongs there, never what was there", (input, field, words) => {
    const result = read(input)
    if (Result.isSuccess(result)) return assert.fail("it was taken")
    assert.deepInclude(result.failure, { instance: "acme", operation: "start" })
    assert.deepInclude(result.failure.reason, { _tag: "NotConfigured", field })
    assert.include(result.failure.message, words)
    assert.notInclude(JSON.stringify(result.failure), secret)
  })

  it("says of a field what the adapter found out itself", () => {
    assert.include(wrong("key", "is another account's").message, "key: is another account's.")
  })

  it("wraps secrets once, under a label", () => {
    const wrapped = wrapSecret(secret, "acme.key")
    assert.equal(wrapSecret(wrapped, "other"), wrapped)
    assert.deepEqual([Redacted.value(wrapped), JSON.stringify(wrapped)], [secret, `"<redacted:acme.key>"`])
  })
})

describe("an address", () => {
  const at = (text: string, environment: Environment = "live") =>
    Result.match(
      readAddress(text, environment, ({ hostname }) => hostname === "acme.example"),
      { onFailure: (expected) => expected, onSuccess: ({ href }) => href }
    )

  it("is https, and http in a sandbox alone", () => {
    assert.equal(at("https://acme.example/pay"), "https://acme.example/pay")
    assert.equal(at("http://127.0.0.1:1", "sandbox"), "http://127.0.0.1:1/")
    for (const environment of ["live", "test"] as const) assert.match(at("http://127.0.0.1:1", environment), /https/)
    assert.match(at("ftp://127.0.0.1", "sandbox"), /http/)
  })

  it("is never the provider's own for a sandbox", () => {
    assert.match(at("https://acme.example", "sandbox"), /no sandbox/)
  })

  it.each([
    "",
    "acme",
    "https://u@acme.example",
    "https://:p@acme.example",
    "https://a.example/?q",
    "https://a.example/#f"
  ])("has nothing that does not belong there: %s", (text) => assert.match(at(text), /without user, query or fragment/))
})

describe("authorities", () => {
  const [first = "", second = ""] = rootCertificates
  const der = Buffer.from(first.replace(/-----[^-]+-----|\s/g, ""), "base64")

  it("are read one by one, from PEM texts and bytes, and from DER", () => {
    assert.lengthOf(Result.getOrThrow(readAuthorities(`# roots\n${first}\n${second}`)), 2)
    assert.lengthOf(Result.getOrThrow(readAuthorities([Buffer.from(first), second])), 2)
    const [fromDer, ...others] = Result.getOrThrow(readAuthorities(der))
    assert.lengthOf(others, 0)
    assert.deepEqual(Result.getOrThrow(readAuthorities(fromDer)), [fromDer ?? ""])
    assert.deepEqual(Result.getOrThrow(readAuthorities(first)), [fromDer ?? ""])
  })

  it.each<readonly [string, unknown]>([
    ["nothing", undefined],
    ["an empty list", []],
    ["another text", secret],
    ["other bytes", new Uint8Array([1, 2, 3])],
    ["a broken one beside a good one", [first, `-----BEGIN CERTIFICATE-----\n${secret}\n-----END CERTIFICATE-----`]]
  ])("are refused as a whole: %s", (_what, given) => {
    const result = readAuthorities(given)
    if (Result.isSuccess(result)) return assert.fail("they were taken")
    assert.notInclude(result.failure, secret)
  })
})
