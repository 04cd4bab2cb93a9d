import { X509Certificate } from "node:crypto"
import { readFileSync } from "node:fs"

import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"

import type { TlsClientOptions } from "../../src/internal/credentials/credentials.ts"
import { openWsdl } from "../../src/internal/soap/openWsdl.ts"
import { planPfas } from "../../src/internal/sts/pfasPlans.ts"
import { readPfasConfig, readStsConfig } from "../../src/internal/sts/configuration.ts"
import { signingIdentity } from "../../src/internal/sts/signingIdentity.ts"
import { run } from "../support/mm.ts"
import { certificatePem, encryptedKeyPem, keyPem, makeIdentity, modernPfx } from "../support/pki.ts"
import type { PfasConfig, StsConfig } from "../../src/options.ts"

const url = "https://sts.example/trust/13/certificatemixed"
const mark = "kanarijs-37"
// What an untyped caller may give.
const untyped = (value: unknown): never => value as never // fits everywhere

describe("the configuration of the token service", () => {
  it("has defaults for everything but its address", () => {
    const read = Result.getOrThrow(readStsConfig({ url }))
    assert.strictEqual(read.endpoint.href, url)
    assert.deepInclude(read, { keyProof: "bearer", samlVersion: "2.0", hash: "sha256" })
    const other = Result.getOrThrow(readStsConfig({ url, keyProof: "holder_of_key", samlVersion: "1.1", hash: "sha1" }))
    assert.deepInclude(other, { keyProof: "holder_of_key", samlVersion: "1.1", hash: "sha1" })
  })

  it.each<readonly [string, StsConfig]>([
    ["sts.url", untyped(undefined)],
    ["sts.url", untyped({})],
    ["sts.url", { url: `http://${mark}/` }],
    ["sts.url", { url: `https://${mark}:secret@sts.example/` }],
    ["sts.keyProof", untyped({ url, keyProof: mark })],
    ["sts.samlVersion", untyped({ url, samlVersion: mark })],
    ["sts.hash", untyped({ url, hash: mark })]
  ])("names %s when it is wrong, and never its value", (field, config) => {
    const read = readStsConfig(config)
    if (Result.isSuccess(read)) assert.fail("it was taken")
    assert.deepInclude(read.failure.reason, { _tag: "NotConfigured", field })
    assert.notInclude(read.failure.message, mark)
  })
})

const pfas: PfasConfig = { url: "https://mm.example/MMService.svc?singleWsdl", appliesTo: "urn:mm" }

describe("the configuration of the protected services", () => {
  it("takes a pasted address of the WSDL for the service's own", () => {
    const read = Result.getOrThrow(readPfasConfig({ ...pfas, wsdl: { text: "<x/>" }, port: "P" }))
    assert.strictEqual(read.endpoint.href, "https://mm.example/MMService.svc")
    assert.deepInclude(read, { appliesTo: "urn:mm", port: "P" })
    assert.isUndefined(Result.getOrThrow(readPfasConfig(pfas)).wsdl)
  })

  it.each<readonly [string, PfasConfig]>([
    ["pfas.url", untyped(undefined)],
    ["pfas.url", { ...pfas, url: mark }],
    ["pfas.appliesTo", untyped({ url: pfas.url })],
    ["pfas.appliesTo", { ...pfas, appliesTo: " " }],
    ["pfas.port", { ...pfas, port: "" }],
    ["pfas.wsdl", untyped({ ...pfas, wsdl: { file: mark, text: mark } })]
  ])("names %s when it is wrong, and never its value", (field, config) => {
    const read = readPfasConfig(config)
    if (Result.isSuccess(read)) assert.fail("it was taken")
    assert.deepInclude(read.failure.reason, { _tag: "NotConfigured", field })
    assert.notInclude(read.failure.message, mark)
  })
})

describe("the key that signs", () => {
  const identity = makeIdentity("signer")
  const cert = certificatePem(identity)
  const read = (tls: TlsClientOptions) =>
    run(Effect.result(signingIdentity({ tls: Redacted.make(tls), leaf: Redacted.make(new X509Certificate(cert)) })))

  it.each<readonly [string, TlsClientOptions]>([
    ["PEM text, plain", { cert, key: keyPem(identity) }],
    ["PEM text, encrypted", { cert, key: encryptedKeyPem(identity, mark), passphrase: mark }],
    ["a PFX file", { pfx: modernPfx(identity, mark, [makeIdentity("CA")]), passphrase: mark }]
  ])("is taken out of %s", async (_how, tls) => {
    const found = Result.getOrThrow(await read(tls))
    assert.strictEqual(found.certificate, cert.replace(/-----[^-]+-----|\s/g, ""))
    assert.strictEqual(Redacted.value(found.privateKey).asymmetricKeyType, "rsa")
    assert.notInclude(JSON.stringify(found), "PRIVATE")
  })

  it.each<readonly [string, TlsClientOptions]>([
    ["cannot be used for signing", { pfx: Buffer.from(mark), passphrase: mark }],
    ["cannot be used for signing", { cert, key: keyPem(identity).slice(0, 200) }],
    ["no key belongs", { cert, key: keyPem(makeIdentity("other")) }]
  ])("is refused with its reason: %s", async (words, tls) => {
    const found = await read(tls)
    if (Result.isSuccess(found)) assert.fail("it was taken")
    assert.deepInclude(found.failure.reason, { _tag: "NotConfigured", field: "credentials" })
    assert.include(found.failure.message, words)
    assert.notInclude(found.failure.message, mark)
  })
})

const draft = readFileSync(new URL("../../wsdl/mm-pfas-default.wsdl", import.meta.url), "utf8")
const planned = (text: string, port?: string): Promise<string> =>
  Effect.runPromise(
    openWsdl({ text }, "1.2").pipe(
      Effect.flatMap((wsdl) => Effect.fromResult(planPfas(wsdl, port))),
      Effect.match({ onFailure: ({ message }) => message, onSuccess: ({ status }) => status.soapAction })
    )
  )
const second = (text: string): string =>
  text.replace(/(<wsdl:port name=")([^"]*)("[\s\S]*?<\/wsdl:port>)/, "$1$2$3$1Other$3")

describe("the description of the protected services", () => {
  it("gives the names that are on the wire", async () => {
    assert.strictEqual(await planned(draft), "http://tempuri.org/IMMService/GetPaymentRequestStatus")
    const own = draft.replaceAll("http://tempuri.org/IMMService/", "urn:vraa:")
    assert.strictEqual(await planned(own), "urn:vraa:GetPaymentRequestStatus")
  })

  it("with several ports needs the name of one", async () => {
    assert.include(await planned(second(draft)), "several SOAP 1.2 ports")
    assert.strictEqual(await planned(second(draft), "Other"), "http://tempuri.org/IMMService/GetPaymentRequestStatus")
    assert.include(await planned(draft, "None"), "no SOAP 1.2 port of that name")
  })

  it.each([
    ["is of the X509 service", draft.replaceAll("/wsdl/soap12/", "/wsdl/soap/"), "SOAP 1.2 binding"],
    ["lacks an operation", draft.replaceAll('"GetInvoice"', '"GetBill"'), "no operation GetInvoice"],
    ["lacks the document's content", draft.replace('name="Content"', 'name="Bytes"'), "GetInvoiceResult.Content"],
    [
      "wants more than the adapter has",
      draft.replace(
        '<xsd:element minOccurs="0" name="xmlFormat"',
        '<xsd:element name="more" type="xsd:string"/><xsd:element minOccurs="0" name="xmlFormat"'
      ),
      "more is required"
    ],
    [
      "answers something else than a letter",
      draft.replace(
        'name="GetPaymentRequestStatusResult" nillable="true" type="xsd:string"',
        'name="GetPaymentRequestStatusResult" type="mm:DocumentDataContract"'
      ),
      "has no text"
    ]
  ])("that %s is refused before the first payer comes", async (_why, text, words) => {
    assert.notStrictEqual(text, draft)
    assert.include(await planned(text), words)
  })
})
