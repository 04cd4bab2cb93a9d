import { createPublicKey, createVerify, X509Certificate } from "node:crypto"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { startSandbox, type Sandbox } from "../src/index.ts"
import { control, ok } from "./support/control.ts"
import { httpsCall } from "./support/httpsCall.ts"
import {
  ask,
  audience,
  credentialsOf,
  faultOf,
  issue,
  issuedOf,
  type MessageParts,
  post,
  request
} from "./support/sts.ts"

const clock = "2026-12-01T12:00:00.000Z"
let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ seed: 7, clock, frozen: true })
})
afterEach(() => sandbox.reset())
afterAll(() => sandbox.close())

const settings = (change: object): Promise<unknown> => ok(sandbox, "PATCH", "/viss-mm/settings", change)
const asked = (parts: MessageParts = {}) => ask(sandbox, credentialsOf(sandbox), parts)
const minutes = (count: number): number => sandbox.clock.now() + count * 60_000
const saml = (version: string): string =>
  `http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV${version}`

describe("the token service", () => {
  it("issues a bearer token of SAML 2.0 for four hours on its own clock", async () => {
    const { answer, assertion, secret } = await issue(sandbox)
    assert.equal(answer.status, 200)
    assert.match(String(answer.headers["content-type"]), /^application\/soap\+xml/)
    assert.isUndefined(secret)
    assert.match(assertion, /^<Assertion ID="_[0-9a-f-]{36}"/)
    assert.include(assertion, `NotBefore="${clock}" NotOnOrAfter="2026-12-01T16:00:00.000Z"`)
    assert.include(assertion, `<Audience>${audience}</Audience>`)
    assert.include(assertion, "<AttributeValue>MM_INVOICE_SERVICE</AttributeValue>")
    assert.include(assertion, "<AttributeValue>MM_PAYMENTREQUEST_STATUS_SERVICE</AttributeValue>")
    assert.include(assertion, "urn:oasis:names:tc:SAML:2.0:cm:bearer")
    assert.include(answer.text, "<a:RelatesTo>urn:uuid:1</a:RelatesTo>")
    assert.include(answer.text, "/RSTRC/IssueFinal<")
    assert.include(
      answer.text,
      `<u:Expires xmlns:u="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd">2026-12-01T16:00:00.000Z<`
    )
  })

  it("signs with the key whose certificate the start line names", async () => {
    const { assertion } = await issue(sandbox)
    const info = /<ds:SignedInfo>.*<\/ds:SignedInfo>/s.exec(assertion)?.[0] ?? assert.fail("not signed")
    // The writer's form is canonical but for the namespace and empty elements.
    const canonical = info
      .replace("<ds:SignedInfo>", '<ds:SignedInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">')
      .replaceAll(/<(ds:\w+)([^<>]*)\/>/g, "<$1$2></$1>")
    const value = /<ds:SignatureValue>([^<]+)</.exec(assertion)?.[1] ?? ""
    const pem = await readFile(sandbox.ready.pki.sts, "utf8")
    assert.include(new X509Certificate(pem).subject, "Maksa Sandbox STS")
    assert.isTrue(createVerify("RSA-SHA256").update(canonical).verify(createPublicKey(pem), value, "base64"))
  })

  it.each([
    [saml("2.0"), {}, "<Assertion "],
    ["urn:oasis:names:tc:SAML:2.0:assertion", {}, "<Assertion "],
    [saml("1.1"), {}, "<saml:Assertion "],
    ["urn:oasis:names:tc:SAML:1.0:assertion", {}, "<saml:Assertion "],
    [saml("2.0"), { tokenVersion: "SAML1.1" }, "<saml:Assertion "],
    [saml("1.1"), { tokenVersion: "SAML2.0" }, "<Assertion "],
    [saml("2.0"), { tokenEncryption: true }, "<EncryptedAssertion "]
  ])("asked for %s under %o it issues %s", async (tokenType, change, start) => {
    await settings(change)
    const { assertion } = await issue(sandbox, { body: request({ tokenType }) })
    assert.isTrue(assertion.startsWith(start), assertion.slice(0, 40))
    assert.equal(assertion.includes("MM_INVOICE_SERVICE"), !("tokenEncryption" in change))
  })

  it("gives a key of 256 bits with a token for its holder, sealed inside for the service", async () => {
    const { assertion, secret } = await issue(sandbox, { body: request({ keyType: "SymmetricKey" }) })
    assert.equal(secret?.length, 32)
    assert.include(assertion, "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key")
    assert.notInclude(assertion, secret?.toString("base64") ?? "")
  })

  it("writes the roles and the lifetime that the settings say", async () => {
    await settings({ stsRoles: ["A_ROLE"], tokenLifetime: "PT5M" })
    const { assertion } = await issue(sandbox)
    assert.include(assertion, "<AttributeValue>A_ROLE</AttributeValue>")
    assert.include(assertion, 'NotOnOrAfter="2026-12-01T12:05:00.000Z"')
    assert.notInclude(assertion, "MM_INVOICE_SERVICE")
  })
})

const refusals: ReadonlyArray<readonly [why: string, parts: () => MessageParts, code: string, subcode: string]> = [
  ["an older timestamp", () => ({ at: minutes(-6) }), "Sender", "MessageExpired"],
  ["a timestamp to come", () => ({ at: minutes(6) }), "Sender", "MessageExpired"],
  ["a timestamp that is not signed", () => ({ signed: ["to"] }), "Sender", "InvalidSecurity"],
  ["an address that is not signed", () => ({ signed: ["timestamp"] }), "Sender", "InvalidSecurity"],
  ["a changed time", () => ({ change: (text) => text.replace("T12:00:00", "T12:00:01") }), "Sender", "FailedCheck"],
  [
    "no timestamp",
    () => ({ change: (text) => text.replace(/<u:Timestamp.*<\/u:Timestamp>/, "") }),
    "Sender",
    "InvalidSecurity"
  ],
  [
    "no certificate",
    () => ({ change: (text) => text.replace(/<o:Bin.*BinarySecurityToken>/, "") }),
    "Sender",
    "InvalidSecurity"
  ],
  [
    "junk for a certificate",
    () => ({ change: (text) => text.replace(/(<o:Bin[^>]*>)[^<]*/, "$1QUJD") }),
    "Sender",
    "InvalidSecurityToken"
  ],
  [
    "no signature",
    () => ({ change: (text) => text.replace(/<ds:Signature .*<\/ds:Signature>/, "") }),
    "Sender",
    "FailedCheck"
  ],
  [
    "two timestamps",
    () => ({ change: (text) => text.replace(/(<u:Timestamp.*<\/u:Timestamp>)/, "$1<u:Timestamp/>") }),
    "Sender",
    "InvalidSecurity"
  ],
  [
    "no Security header",
    () => ({ change: (text) => text.replace(/<o:Security .*<\/o:Security>/, "") }),
    "Sender",
    "InvalidSecurity"
  ],
  ["another action", () => ({ action: "urn:x" }), "Sender", "ActionNotSupported"],
  ["another address", () => ({ to: "https://127.0.0.1/other" }), "Sender", "DestinationUnreachable"],
  [
    "a header that it must understand",
    () => ({ header: '<x:y xmlns:x="urn:x" s:mustUnderstand="1"/>' }),
    "Sender",
    "MustUnderstand"
  ],
  ["a service that it does not know", () => ({ body: request({ appliesTo: "urn:other" }) }), "Sender", "InvalidScope"],
  [
    "a key type that it does not serve",
    () => ({ body: request({ keyType: "PublicKey" }) }),
    "Sender",
    "InvalidRequest"
  ],
  [
    "a token type that it does not know",
    () => ({ body: request({ tokenType: "urn:jwt" }) }),
    "Sender",
    "RequestFailed"
  ],
  ["a request to renew", () => ({ body: request({ requestType: "Renew" }) }), "Sender", "InvalidRequest"],
  ["another body", () => ({ body: "<x/>" }), "Sender", "InvalidRequest"]
]

describe("the token service refuses", () => {
  it.each(refusals)("%s", async (_why, parts, code, subcode) => {
    assert.deepEqual(faultOf(await asked(parts())), [500, code, subcode])
  })

  it("a message that was signed with another key", async () => {
    const credentials = { ...credentialsOf(sandbox), key: credentialsOf(sandbox, "b").key }
    assert.deepEqual(faultOf(await ask(sandbox, credentials)), [500, "Sender", "FailedCheck"])
  })

  it.each(["expired", "unknownCa"] as const)("the certificate %s with ID4058", async (client) => {
    const answer = await ask(sandbox, credentialsOf(sandbox, client))
    assert.deepEqual(faultOf(answer), [500, "Sender", "FailedAuthentication"])
    assert.include(answer.text, "ID4058")
  })

  it("what is no SOAP 1.2 message before it reads any further", async () => {
    const { sts } = sandbox.ready.vissMm
    assert.equal((await post(sandbox, sts, "<x/>")).status, 400)
    assert.equal((await post(sandbox, sts, "not xml")).status, 400)
    assert.equal((await post(sandbox, sts, "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")).status, 400)
    assert.equal((await post(sandbox, sts, "<x/>", "text/xml")).status, 415)
    const large = await post(sandbox, sts, "x".repeat(300_000))
    assert.equal(large.status, 413)
    assert.include(large.text, "<h2>413 - Request Entity Too Large</h2>")
    assert.equal((await httpsCall(sandbox, sts, { client: "none" })).status, 403)
  })

  it("an old message in WCF's general words where the setting says so", async () => {
    await settings({ staleMessageFault: "InvalidSecurity" })
    assert.deepEqual(faultOf(await asked({ at: minutes(-6) })), [500, "Sender", "InvalidSecurity"])
    await settings({ messageSkew: "PT10M" })
    assert.equal((await asked({ at: minutes(-6) })).status, 200)
  })
})

describe("around the token service", () => {
  it("faults spoil what it issues, each in its own way", async () => {
    const plan = (kind: string): Promise<unknown> =>
      ok(sandbox, "POST", "/faults", { operation: "Issue", kind, times: 1 })
    await plan("missing_roles")
    assert.notInclude((await issue(sandbox)).assertion, "claims/role")
    await plan("wrong_audience")
    assert.include((await issue(sandbox)).assertion, "<Audience>https://ivis.eps.gov.lv/Request.WebService<")
    await plan("expired_token")
    assert.include((await issue(sandbox)).assertion, 'NotOnOrAfter="2026-12-01T11:00:00.000Z"')
    await plan("tampered_token")
    assert.include((await issue(sandbox)).assertion, ">AU:Maksa client ax<")
    await plan("soap_fault")
    assert.deepEqual(faultOf(await asked()), [500, "Receiver", "InternalServiceFault"])
    await ok(sandbox, "POST", "/faults", {
      operation: "Issue",
      kind: "not_activated",
      match: { clientCertificate: "Maksa client b" }
    })
    assert.equal((await asked()).status, 200)
    assert.equal((await ask(sandbox, credentialsOf(sandbox, "b"))).status, 500)
  })

  it("calls are listed by who signed them, and nothing of a token is", async () => {
    const { secret } = await issue(sandbox, { body: request({ keyType: "SymmetricKey" }) })
    const [call] = sandbox.calls()
    assert.include(call, { operation: "Issue", method: "POST", clientCertificate: "Maksa client a" })
    assert.notInclude(JSON.stringify(sandbox.calls()), secret?.toString("base64") ?? "")
  })

  it("settings are refused that make no sense", async () => {
    for (const change of [{ stsRoles: "A" }, { stsRoles: [1] }, { tokenLifetime: "4h" }, { tokenVersion: "SAML3" }]) {
      assert.equal((await control(sandbox, "PATCH", "/viss-mm/settings", change)).status, 400)
    }
  })

  it("the same folder keeps the key of the token service", async () => {
    const folder = await mkdtemp(join(tmpdir(), "maksa-sts-"))
    try {
      await (await startSandbox({ pkiDirectory: folder })).close()
      const first = await readFile(join(folder, "sts.pem"), "utf8")
      await using again = await startSandbox({ pkiDirectory: folder })
      assert.equal(await readFile(again.ready.pki.sts, "utf8"), first)
      assert.equal(issuedOf(await ask(again, credentialsOf(again))).answer.status, 200)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
})
