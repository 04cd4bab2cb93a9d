import { once } from "node:events"
import { createServer, type Server, TLSSocket } from "node:tls"

import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import { vissMm, type VissMmConfig } from "../../src/index.ts"
import { at, attempt, created, createInput, errorOf, type Mm, run, startMm } from "../support/mm.ts"
import { certificatePem, keyPem, makeIdentity } from "../support/pki.ts"

let mm: Mm
beforeAll(async () => {
  mm = await startMm()
})
afterEach(() => mm.sandbox.reset())
afterAll(() => mm.close())

const foreignCa = certificatePem(makeIdentity("Cita CA"))

describe("credentials", () => {
  it.each(["pem", "pfx"] as const)("as %s let the agency in", async (kind) => {
    const adapter = await mm.adapter({ credentials: kind === "pem" ? await mm.pem("b") : await mm.pfx("b") })
    const { id } = await created(adapter)
    assert.strictEqual(at(mm.sandbox.payment(id), "clientCertificate"), "Maksa client b")
  })

  it.each(["pem", "pfx"] as const)("as %s with a wrong passphrase fail at start, naming it", async (kind) => {
    const right = kind === "pem" ? await mm.pem("a") : await mm.pfx("a")
    const credentials = { ...right, passphrase: "nepareiza-kanarijs" }
    const error = await errorOf(vissMm(await mm.config({ credentials })).make)
    assert.deepInclude(error.reason, { _tag: "NotConfigured", field: "credentials.passphrase" })
    assert.notInclude(String(error) + JSON.stringify(error), "nepareiza-kanarijs")
  })

  it("without the passphrase that they need fail at start", async () => {
    const { pem } = await mm.pem("a")
    const error = await errorOf(vissMm(await mm.config({ credentials: { pem } })).make)
    assert.deepInclude(error.reason, { _tag: "NotConfigured", field: "credentials.passphrase" })
  })

  it("in a legacy PFX fail at start with the command that converts it", async () => {
    const error = await errorOf(vissMm(await mm.config({ credentials: await mm.pfx("a", "legacyPfx") })).make)
    assert.deepInclude(error.reason, { _tag: "NotConfigured", field: "credentials.pfx" })
    assert.include(error.message, "openssl pkcs12 -legacy -in old.pfx -out client.pem")
  })

  it.each(["pem", "pfx"] as const)("as %s that have expired fail at start as AuthenticationFailed", async (kind) => {
    const credentials = kind === "pem" ? await mm.pem("expired") : await mm.pfx("expired")
    const error = await errorOf(vissMm(await mm.config({ credentials })).make)
    assert.strictEqual(error.reason._tag, "AuthenticationFailed")
    assert.match(error.message, /expired at \d{4}-\d\d-\d\dT/)
  })

  it("of an authority that MM does not know are AuthenticationFailed at every call", async () => {
    const stranger = await mm.adapter({ credentials: await mm.pem("unknownCa") })
    const known = attempt({ providerReference: "05ae69d8-2be1-4a63-ae93-9d0e42e254f1" })
    const errors = [
      await errorOf(stranger.create(createInput())),
      await errorOf(stranger.status(known)),
      await errorOf(stranger.receipt(known, "xml"))
    ]
    for (const { reason } of errors) assert.strictEqual(reason._tag, "AuthenticationFailed")
    assert.lengthOf(mm.sandbox.payments(), 0)
  })

  it("that a handshake without a word drops leave a command's outcome unknown", async () => {
    await mm.control("PATCH", "/viss-mm/settings", { strictTls: true })
    const stranger = await mm.adapter({ credentials: await mm.pem("unknownCa") })
    const known = attempt({ providerReference: "05ae69d8-2be1-4a63-ae93-9d0e42e254f1" })
    assert.strictEqual((await errorOf(stranger.create(createInput()))).reason._tag, "OutcomeUnknown")
    assert.strictEqual((await errorOf(stranger.status(known))).reason._tag, "Unavailable")
    const own = await mm.adapter()
    assert.match((await created(own)).id, /^[0-9a-f-]{36}$/)
  })
})

describe("the server's certificate", () => {
  it("of an unknown authority is not trusted, and nothing is sent", async () => {
    const adapter = await mm.adapter({ ca: foreignCa })
    const error = await errorOf(adapter.create(createInput()))
    assert.strictEqual(error.reason._tag, "AuthenticationFailed")
    assert.match(error.message, /`ca`/)
    assert.lengthOf(mm.sandbox.calls(), 0)
  })

  it("is looked at even where Node was told not to look", async () => {
    const before = process.env["NODE_TLS_REJECT_UNAUTHORIZED"]
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0"
    try {
      const error = await errorOf((await mm.adapter({ ca: foreignCa })).create(createInput()))
      assert.strictEqual(error.reason._tag, "AuthenticationFailed")
      assert.lengthOf(mm.sandbox.calls(), 0)
    } finally {
      if (before === undefined) delete process.env["NODE_TLS_REJECT_UNAUTHORIZED"]
      else process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = before
    }
  })

  it.each([
    ["has expired", "expired_certificate", /CERT_HAS_EXPIRED/],
    ["is another host's", "wrong_host_certificate", /ERR_TLS_CERT_ALTNAME_INVALID/]
  ])("that %s is not trusted, and the next connection is tried afresh", async (_why, kind, words) => {
    const adapter = await mm.adapter()
    const { id } = await created(adapter)
    mm.fault({ operation: "*", kind, times: 1 })
    const error = await errorOf(adapter.status(attempt({ providerReference: id })))
    assert.strictEqual(error.reason._tag, "AuthenticationFailed")
    assert.match(error.message, words)
    assert.lengthOf(await run(adapter.status(attempt({ providerReference: id }))), 1)
  })
})

describe("a handshake that MM ends with an alert", () => {
  const identity = makeIdentity("127.0.0.1")
  /** What an old server has left. */
  const ciphers = "AES256-SHA256"
  const agreed: Array<string> = []
  let server: Server
  beforeAll(async () => {
    server = createServer({ key: keyPem(identity), cert: certificatePem(identity), maxVersion: "TLSv1.2", ciphers })
    server.on("tlsClientError", (_error, socket) => {
      if (socket instanceof TLSSocket) socket.destroy()
    })
    server.on("secureConnection", (socket) => {
      agreed.push(socket.getCipher().name)
      socket.destroy()
    })
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
  })
  afterAll(() => void server.close())

  const refusal = async (tls: NonNullable<VissMmConfig["tls"]>) => {
    const base = `https://127.0.0.1:${String(at(server.address(), "port"))}`
    const adapter = await mm.adapter({
      ca: certificatePem(identity),
      tls,
      endpoints: { paymentRequestService: `${base}/a.svc`, invoices: `${base}/Invoices/` }
    })
    return errorOf(adapter.create(createInput()))
  }

  it.each<readonly [why: string, tls: NonNullable<VissMmConfig["tls"]>, alert: RegExp]>([
    ["for the version", { minVersion: "TLSv1.3" }, /ALERT_PROTOCOL_VERSION/],
    ["for the ciphers", { ciphers: "ECDHE-RSA-AES256-GCM-SHA384" }, /ALERT_HANDSHAKE_FAILURE/]
  ])("%s is AuthenticationFailed, because the service behind it saw nothing", async (_why, tls, alert) => {
    const error = await refusal(tls)
    assert.strictEqual(error.reason._tag, "AuthenticationFailed")
    assert.match(error.message, alert)
    assert.deepStrictEqual(agreed, [])
  })

  it("is spared by the cipher of an old server, where the configuration names it", async () => {
    await refusal({ ciphers })
    assert.deepStrictEqual(agreed, [ciphers])
  })
})
