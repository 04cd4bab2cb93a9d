import { readFile } from "node:fs/promises"

import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import { namespaces } from "../../src/internal/sts/names.ts"
import type { HashName } from "../../src/internal/sts/sign.ts"
import { type Mm, startMm } from "../support/mm.ts"
import { type OpenPfas, openPfasOf, type PfasChange, troubleOf } from "../support/pfas.ts"
import { type IdAttribute, isVerifiedByXmlsec1, isXmlsec1Missing } from "../support/xmlsec1.ts"

let mm: Mm
const scope = Effect.runSync(Scope.make())
const open = (change?: PfasChange): Promise<OpenPfas> => openPfasOf(mm, scope, change)

beforeAll(async () => {
  mm = await startMm()
})
afterEach(() => mm.sandbox.reset())
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await mm.close()
})

const nobody = "11111111-2222-4333-8444-555555555555"
const headers: ReadonlyArray<IdAttribute> = [
  ["Id", `${namespaces.utility}:Timestamp`],
  ["Id", `${namespaces.addressing}:To`]
]
const between = (text: string, before: string, after: string): string => {
  const start = text.indexOf(before)
  const end = text.indexOf(after, start + before.length)
  if (start < 0 || end < 0) assert.fail(`nothing between ${before} and ${after}`)
  return text.slice(start + before.length, end)
}
const asked = async (change: PfasChange): Promise<OpenPfas> => {
  const opened = await open(change)
  await troubleOf(opened.pfas.status(nobody))
  return opened
}
const messageTo = ({ exchanged }: OpenPfas, service: string) =>
  exchanged.find(({ url }) => url.includes(service)) ?? assert.fail(`nothing was sent to ${service}`)

const hashes: ReadonlyArray<HashName> = ["sha256", "sha1"]

describe.skipIf(isXmlsec1Missing)("another implementation of XML signatures", () => {
  it.each(hashes)("verifies a request for a token that was signed with %s", async (hash) => {
    const { sent } = messageTo(await asked({ sts: { hash } }), "certificatemixed")
    const { pem } = await mm.pem("a")
    const certificatePem = pem.slice(0, pem.indexOf("-----END CERTIFICATE-----") + 26)
    assert.isTrue(await isVerifiedByXmlsec1(sent, { certificatePem }, headers))
    assert.lengthOf(sent.match(/<Reference URI="#_[01]"/g) ?? [], 2)

    const later = sent.replace(/(<u:Created>)20/, "$121")
    assert.notStrictEqual(later, sent)
    assert.isFalse(await isVerifiedByXmlsec1(later, { certificatePem }, headers))
    const elsewhere = sent.replace(/(<a:To [^>]*>https:)/, "$1//elsewhere.example")
    assert.notStrictEqual(elsewhere, sent)
    assert.isFalse(await isVerifiedByXmlsec1(elsewhere, { certificatePem }, headers))
  })

  it.each(hashes)("verifies a call that was signed with the token's key and %s", async (hash) => {
    const opened = await asked({ sts: { hash, keyProof: "holder_of_key" } })
    const { received } = messageTo(opened, "certificatemixed")
    const secret = Buffer.from(between(received, "<trust:BinarySecret>", "</trust:BinarySecret>"), "base64")
    // Its own signature stands in the assertion too: xmlsec1 takes the first one of a document.
    const { sent } = messageTo(opened, "MMService.svc")
    const assertion = `<Assertion ${between(sent, "<Assertion ", "</Assertion>")}</Assertion>`
    const message = sent.replace(assertion, "")
    assert.isTrue(await isVerifiedByXmlsec1(message, { secret }, headers))
    const other = Buffer.from(secret)
    other[0] = (other[0] ?? 0) ^ 1
    assert.isFalse(await isVerifiedByXmlsec1(message, { secret: other }, headers))
  })

  it.each([
    ["2.0", "ID", namespaces.saml2, "<Assertion ", "</Assertion>"],
    ["1.1", "AssertionID", namespaces.saml1, "<saml:Assertion ", "</saml:Assertion>"]
  ] as const)("verifies the assertion of SAML %s that went on to MM", async (samlVersion, id, saml, start, end) => {
    const { sent } = messageTo(await asked({ sts: { samlVersion } }), "MMService.svc")
    const assertion = start + between(sent, start, end) + end
    const certificatePem = await readFile(mm.sandbox.ready.pki.sts, "utf8")
    const ids: ReadonlyArray<IdAttribute> = [[id, `${saml}:Assertion`]]
    assert.isTrue(await isVerifiedByXmlsec1(assertion, { certificatePem }, ids))
    const changed = assertion.replace("AU:Maksa client a", "AU:Maksa client b")
    assert.notStrictEqual(changed, assertion)
    assert.isFalse(await isVerifiedByXmlsec1(changed, { certificatePem }, ids))
  })
})

describe("what goes over the wire", () => {
  it("is the assertion as it came, byte for byte", async () => {
    // Spellings that no library keeps when it writes a document anew; the sandbox's own signature is gone by then.
    const odd = `<Assertion  xmlns='${namespaces.saml2}'\n ID='_x'><!-- piezīme --><A b="&#x101;&quot;" ></A><![CDATA[<ā>]]>&#13;\t<B/></Assertion >`
    const { pfas, exchanged } = await open({
      spoil: (received, { url }) =>
        url.pathname.endsWith("certificatemixed") ? received.replace(/<Assertion .*<\/Assertion>/s, odd) : received
    })
    await troubleOf(pfas.status(nobody))
    const toMm = exchanged.filter(({ url }) => url.endsWith("MMService.svc"))
    assert.lengthOf(toMm, 2)
    for (const { sent } of toMm) assert.include(sent, `</u:Timestamp>${odd}</o:Security>`)
  })

  it("never shows the key or its passphrase, and names the service that the token is for", async () => {
    const { exchanged } = await asked({ sts: { keyProof: "holder_of_key" } })
    const sent = exchanged.map((one) => one.sent).join("\n")
    assert.notMatch(sent, /PRIVATE KEY|BinarySecret/)
    assert.include(sent, `<a:Address>${mm.sandbox.ready.vissMm.pfasAppliesTo}</a:Address>`)
  })
})
