import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

import { Trouble } from "../../src/internal/errors.ts"
import type { KeyProof } from "../../src/internal/sts/issueRequest.ts"
import type { IssuedToken } from "../../src/internal/sts/issuedToken.ts"
import { namespaces } from "../../src/internal/sts/names.ts"
import { assertion, collection, envelope, issued, response, tokenServiceOf } from "../support/sts.ts"

const ask = (answer: string, keyProof?: KeyProof): Promise<Result.Result<IssuedToken, Trouble>> =>
  Effect.runPromise(
    Effect.flatMap(
      tokenServiceOf(() => Effect.succeed(answer), keyProof),
      (tokens) => Effect.result(tokens.tokenFor("urn:mm"))
    )
  )

const secret = Buffer.alloc(32, 7).toString("base64")
const reference = `<o:SecurityTokenReference xmlns:o="${namespaces.security}"><o:KeyIdentifier ValueType="x">_1</o:KeyIdentifier></o:SecurityTokenReference>`
const proof = (key = secret, refers = reference): string =>
  `<t:RequestedProofToken><t:BinarySecret>${key}</t:BinarySecret></t:RequestedProofToken>` +
  `<t:RequestedAttachedReference>${refers}</t:RequestedAttachedReference>`
const bomb = `<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`
const twice = assertion("_1") + assertion("_2")
const deep = (depth: number): string => "<A>".repeat(depth) + "</A>".repeat(depth)
const withHeader = (header: string): string => issued({ header })

const broken: ReadonlyArray<readonly [why: string, word: string, answer: string]> = [
  ["is empty", "root element", ""],
  ["is a page", "DOCTYPE", "<!DOCTYPE html><html><body>Sign in</body></html>"],
  ["has a DTD", "DOCTYPE", bomb + issued()],
  ["is an entity bomb", "DOCTYPE", `${bomb}<b>&b;</b>`],
  ["is cut off", "unclosed tag", issued().slice(0, -40)],
  ["is huge", "more than 131072", issued({ more: `<x>${"a".repeat(2_100_000)}</x>` })],
  ["is deep", "nested deeper", issued({ token: deep(40) })],
  ["has very many elements", "10000 elements", issued({ more: "<x/>".repeat(11_000) })],
  [
    "is SOAP 1.1",
    "not a SOAP 1.2 envelope",
    issued().replace(namespaces.soap, "http://schemas.xmlsoap.org/soap/envelope/")
  ],
  ["has another root", "not a SOAP 1.2 envelope", issued().replaceAll("s:Envelope", "s:Letter")],
  ["has an empty Body", "Body is empty", envelope("")],
  ["has two things in its Body", "several elements", envelope(collection(response()) + collection(response()))],
  [
    "is a single response of an older WS-Trust",
    "is not RequestSecurityTokenResponseCollection",
    envelope(`<t:R xmlns:t="${namespaces.trust}"/>`)
  ],
  ["has two responses", "has several", envelope(collection(response() + response()))],
  ["has no token", "does not hold one SAML assertion", issued({ token: "" })],
  ["has text for a token", "does not hold one SAML assertion", issued({ token: "token" })],
  ["has two assertions", "does not hold one SAML assertion", issued({ token: twice })],
  ["has something else than an assertion", "does not hold one SAML assertion", issued({ token: "<x/>" })],
  ["has an assertion of no namespace", "does not hold one SAML assertion", issued({ token: '<Assertion ID="_1"/>' })],
  [
    "has an assertion with a borrowed prefix",
    "takes namespaces",
    issued({ token: `<p:Assertion xmlns:p="${namespaces.saml2}" a:b="1"/>` })
  ],
  [
    "has an assertion with a borrowed default namespace",
    "takes namespaces",
    issued({ token: `<p:Assertion xmlns:p="${namespaces.saml2}"><Inner/></p:Assertion>` }).replace(
      "<t:RequestedSecurityToken>",
      '<t:RequestedSecurityToken xmlns="urn:borrowed">'
    )
  ],
  [
    "ends its token before it begins",
    "over before it begins",
    issued({ created: "2026-01-01T10:00:00Z", expires: "2026-01-01T09:00:00Z" })
  ],
  ["has a lifetime without an offset", "no time with an offset", issued({ created: "2026-01-01T10:00:00" })],
  ["has a lifetime of no date", "no time with an offset", issued({ created: "2026-13-01T10:00:00Z" })],
  ["has no lifetime", "has no Lifetime", issued().replace(/<t:Lifetime>.*<\/t:Lifetime>/, "")],
  ["answers another message", "another message", withHeader("<a:RelatesTo>urn:uuid:another</a:RelatesTo>")],
  [
    "has a header that must be understood",
    "must be understood",
    withHeader('<x:y xmlns:x="urn:x" s:mustUnderstand="1"/>')
  ]
]

const brokenProofs: ReadonlyArray<readonly [why: string, word: string, more: string]> = [
  ["has none", "has no", ""],
  ["is short", "no key of 128 bits", proof(Buffer.alloc(8).toString("base64"))],
  ["is no base64", "no key of 128 bits", proof("!".repeat(44))],
  ["has no reference", "has no SecurityTokenReference", proof(secret, "")],
  ["has two references", "has several", proof(secret, reference + reference)],
  [
    "has a reference with a borrowed prefix",
    "takes namespaces",
    proof(secret, reference.replace(/ xmlns:o="[^"]*"/, ""))
  ],
  ["is to be made of two parts", "two parts", `<t:Entropy/>${proof()}`]
]

describe("an answer of the token service", () => {
  it.each(broken)("that %s gives no token and leaves nothing of itself in the error", async (_why, word, answer) => {
    const found = await ask(answer)
    if (Result.isSuccess(found)) assert.fail("a token was read")
    assert.instanceOf(found.failure, Trouble)
    assert.strictEqual(found.failure.situation, "token_not_understood")
    assert.include(found.failure.detail, word)
    assert.isBelow((found.failure.detail ?? "").length, 200)
    assert.notMatch(JSON.stringify(found.failure), /_1|urn:borrowed|Sign in|aaaa/)
  })

  it.each(brokenProofs)("whose key %s gives no token", async (_why, word, more) => {
    const found = await ask(issued({ more }), "holder_of_key")
    if (Result.isSuccess(found)) assert.fail("a token was read")
    assert.strictEqual(found.failure.situation, "token_not_understood")
    assert.include(found.failure.detail, word)
    assert.notInclude(JSON.stringify(found.failure), secret.slice(0, 12))
  })

  it("with a key is read as it came", async () => {
    const found = await ask(issued({ more: proof(` ${secret.slice(0, 20)}\n${secret.slice(20)} `) }), "holder_of_key")
    if (Result.isFailure(found)) assert.fail(found.failure.detail)
    const { assertion: text, lifetimeMillis, proof: held } = found.success
    assert.strictEqual(Redacted.value(text), assertion("_1"))
    assert.strictEqual(lifetimeMillis, 4 * 3_600_000)
    assert.strictEqual(held?.reference, reference)
    assert.deepStrictEqual(held === undefined ? [] : [...Redacted.value(held.secret)], Array<number>(32).fill(7))
  })

  it.each([
    ["an encrypted assertion", `<EncryptedAssertion xmlns="${namespaces.saml2}"/>`],
    ["an encrypted element", `<e:EncryptedData xmlns:e="${namespaces.encryption}"><e:CipherData/></e:EncryptedData>`],
    ["an assertion of SAML 1.1", `<saml:Assertion xmlns:saml="${namespaces.saml1}" AssertionID="_1"/>`]
  ])("may hold %s", async (_name, token) => {
    const found = await ask(issued({ token }))
    if (Result.isFailure(found)) assert.fail(found.failure.detail)
    assert.strictEqual(Redacted.value(found.success.assertion), token)
  })

  it("with a key that was not asked for is used with it, since nobody would take it otherwise", async () => {
    const found = await ask(issued({ more: proof() }), "bearer")
    if (Result.isFailure(found)) assert.fail(found.failure.detail)
    assert.strictEqual(found.success.proof?.reference, reference)
  })

  it("with WCF's own Security header and prefixes of another kind is understood", async () => {
    const header = `<a:Action s:mustUnderstand="1">x</a:Action><o:Security s:mustUnderstand="1"><u:Timestamp/></o:Security>`
    const other = withHeader(header)
      .replace(/(<\/?|\s)s:/g, "$1soap12:")
      .replace("xmlns:s=", "xmlns:soap12=")
    const found = await ask(other)
    assert.isTrue(Result.isSuccess(found))
  })
})
