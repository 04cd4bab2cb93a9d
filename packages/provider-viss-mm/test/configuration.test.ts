import { inspect } from "node:util"

import { HttpTransport } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"

import { vissMm, type VissMmConfig } from "../src/index.ts"
import { readX509Config } from "../src/internal/x509/configuration.ts"
import { certificatePem, encryptedKeyPem, makeIdentity } from "./support/pki.ts"

const identity = makeIdentity("Klients")
const authority = certificatePem(makeIdentity("Iestades CA"))
const passphrase = "slepens-kanarijs"
const good: VissMmConfig = {
  environment: "live",
  credentials: { pem: certificatePem(identity) + encryptedKeyPem(identity, passphrase), passphrase },
  endpoints: {
    paymentRequestService: "https://mm.example/WCFX509/PaymentRequestService.svc",
    invoices: "https://mm.example/RESTX509/Invoices/"
  }
}

/** Configurations come from JavaScript too. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- wrong on purpose
const wrong = (change: object): VissMmConfig => ({ ...good, ...change }) as VissMmConfig
const settings = (change: object = {}) => Result.getOrThrow(readX509Config(wrong(change)))
const secretUrl = "https://slepens-kanarijs:x@mm.example/"

describe("a wrong configuration", () => {
  it.each<readonly [string, object]>([
    ["environment", { environment: undefined }],
    ["environment", { environment: "slepens-kanarijs" }],
    ["credentials", { credentials: undefined }],
    ["credentials", { credentials: {} }],
    ["credentials", { credentials: { pfx: "slepens-kanarijs" } }],
    ["credentials.pem", { credentials: { pem: "" } }],
    ["credentials.pem", { credentials: { pem: undefined } }],
    ["credentials.passphrase", { credentials: { pem: "x", passphrase: 1 } }],
    ["endpoints", { endpoints: undefined }],
    ["endpoints.paymentRequestService", { endpoints: { invoices: good.endpoints.invoices } }],
    [
      "endpoints.paymentRequestService",
      { endpoints: { ...good.endpoints, paymentRequestService: "slepens-kanarijs" } }
    ],
    ["endpoints.paymentRequestService", { endpoints: { ...good.endpoints, paymentRequestService: secretUrl } }],
    ["endpoints.invoices", { endpoints: { ...good.endpoints, invoices: "http://mm.example/slepens-kanarijs/" } }],
    ["endpoints.invoices", { endpoints: { ...good.endpoints, invoices: "https://mm.example/?slepens-kanarijs" } }],
    ["endpoints.invoice", { endpoints: { ...good.endpoints, invoice: "slepens-kanarijs" } }],
    ["service", { service: "slepens-kanarijs" }],
    ["statusOperation", { statusOperation: "slepens-kanarijs" }],
    ["timeout", { timeout: "slepens-kanarijs" }],
    ["wsdl", { wsdl: {} }],
    ["wsdl", { wsdl: { file: "slepens-kanarijs", text: "x" } }],
    ["wsdl", { wsdl: { url: "http://mm.example/slepens-kanarijs" } }],
    ["wsdl", { wsdl: { text: "" } }],
    ["ca", { ca: "slepens-kanarijs" }],
    ["ca", { ca: [] }],
    ["ca", { ca: [authority, "-----BEGIN CERTIFICATE-----\nslepens-kanarijs\n-----END CERTIFICATE-----"] }],
    ["tls.minVersion", { tls: { minVersion: "TLSv1" } }],
    ["tls.ciphers", { tls: { ciphers: "slepens-kanarijs" } }],
    ["timeouts.connectMillis", { timeouts: { connectMillis: 0 } }],
    ["timeouts.responseMillis", { timeouts: { responseMillis: Number.NaN } }],
    ["maxReceiptBytes", { maxReceiptBytes: 1.5 }],
    ["positionsLeadingZeros", { positionsLeadingZeros: "slepens-kanarijs" }],
    ["finality.bankingDays", { finality: { bankingDays: -1 } }],
    ["dateOnlyExpiry", { dateOnlyExpiry: "slepens-kanarijs" }]
  ])("is NotConfigured, names %s and never shows a value: %o", async (field, change) => {
    let connections = 0
    const transport = HttpTransport.of({
      connect: () => Effect.sync(() => void connections++).pipe(Effect.andThen(Effect.never))
    })
    const error = await Effect.runPromise(
      vissMm(wrong(change)).make.pipe(Effect.scoped, Effect.provideService(HttpTransport, transport), Effect.flip)
    )
    assert.deepInclude(error.reason, { _tag: "NotConfigured", field })
    assert.strictEqual(error.operation, "start")
    assert.isTrue(error.reason.message.startsWith(`${field}: `))
    assert.notInclude(inspect(error, { depth: 9 }) + JSON.stringify(error) + String(error), "slepens-kanarijs")
    assert.strictEqual(connections, 0)
  })
})

describe("a configuration", () => {
  it("that is missing, or cannot be used, is nobody's money, and opening it says what is missing", async () => {
    for (const given of [undefined, {}, { environment: "production" }]) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- callers without types may give nothing
      const provider = vissMm(given as never)
      assert.strictEqual(provider.environment, "sandbox")
      const transport = HttpTransport.of({ connect: () => Effect.never })
      const error = await Effect.runPromise(
        provider.make.pipe(Effect.scoped, Effect.provideService(HttpTransport, transport), Effect.flip)
      )
      assert.deepInclude(error.reason, { _tag: "NotConfigured", field: "environment" })
    }
  })

  it("takes its defaults from this page and nowhere else", () => {
    const { credentials: _credentials, ...plain } = settings()
    assert.deepStrictEqual(plain, {
      environment: "live",
      paymentRequestService: new URL("https://mm.example/WCFX509/PaymentRequestService.svc"),
      invoices: new URL("https://mm.example/RESTX509/Invoices/"),
      statusOperation: undefined,
      wsdl: undefined,
      ca: undefined,
      tls: { minVersion: "TLSv1.2" },
      connectTimeoutMillis: 5_000,
      responseTimeoutMillis: 30_000,
      maxReceiptBytes: 10_485_760,
      positionsLeadingZeros: "keep",
      dateOnlyExpiry: false
    })
  })

  it.each([
    ["https://mm.example/a.svc?singleWsdl", "https://mm.example/a.svc"],
    ["https://mm.example/a.svc?wsdl", "https://mm.example/a.svc"],
    ["https://mm.example/a.svc?singleWsdl&profile=position#x", "https://mm.example/a.svc"],
    ["https://mm.example/a.svc?tenant=1", "https://mm.example/a.svc?tenant=1"]
  ])("takes the address %s of the WSDL for the service's", (given, expected) => {
    const { paymentRequestService } = settings({ endpoints: { ...good.endpoints, paymentRequestService: given } })
    assert.strictEqual(paymentRequestService.href, expected)
  })

  it("gives the folder of documents its last slash", () => {
    const { invoices } = settings({
      endpoints: { ...good.endpoints, invoices: new URL("https://mm.example/a/Invoices") }
    })
    assert.strictEqual(invoices.href, "https://mm.example/a/Invoices/")
  })

  it("takes secrets plain or wrapped, and shows neither", () => {
    for (const credentials of [
      { pem: "slepens-kanarijs-pem", passphrase },
      { pem: Redacted.make("slepens-kanarijs-pem"), passphrase: Redacted.make(passphrase) },
      { pfx: Redacted.make(Buffer.from("slepens-kanarijs-pem")), passphrase }
    ]) {
      const read = Effect.runSync(settings({ credentials }).credentials.get)
      assert.strictEqual(Redacted.value(read.passphrase ?? assert.fail("no passphrase")), passphrase)
      const provider = vissMm(wrong({ credentials }))
      const shown = inspect(provider, { depth: 9, showHidden: true }) + JSON.stringify(read.passphrase)
      assert.notInclude(shown, "slepens-kanarijs")
    }
  })

  it("splits authorities that come in one file", () => {
    const other = certificatePem(makeIdentity("Otra CA"))
    assert.lengthOf(settings({ ca: `# saknes\n${authority}\n${other}` }).ca ?? [], 2)
    assert.lengthOf(settings({ ca: [Buffer.from(authority), other] }).ca ?? [], 2)
  })
})
