import { once } from "node:events"
import { readFileSync } from "node:fs"
import * as https from "node:https"
import { createSecureContext } from "node:tls"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"
import { startSandbox, type ClientName, type Sandbox } from "../src/index.ts"
import { settings } from "./support/control.ts"
import { httpsCall } from "./support/httpsCall.ts"
import { post, inEnvelope, save, soapUrl, statusOf } from "./support/soap.ts"

let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox()
})
afterEach(() => sandbox.reset())
afterAll(() => sandbox.close())

const rejection = async (work: Promise<unknown>): Promise<Error> => {
  try {
    await work
  } catch (error) {
    if (error instanceof Error) return error
  }
  return assert.fail("it should have failed")
}

const codeOf = (error: Error): unknown => ("code" in error ? error.code : undefined)

describe("client certificates", () => {
  it.each(["a", "b"] as const)("of client %s are admitted", async (client) => {
    assert.equal((await httpsCall(sandbox, sandbox.ready.vissMm.wsdl, { client })).status, 200)
  })

  it.each(["none", "expired", "unknownCa"] as const)(
    "%s: HTTP 403 with a short page, for every service",
    async (client) => {
      for (const url of [sandbox.ready.vissMm.wsdl, soapUrl(sandbox), `${sandbox.ready.vissMm.invoices}Pdf/x`]) {
        const answer = await httpsCall(sandbox, url, { client })
        assert.equal(answer.status, 403)
        assert.match(answer.headers["content-type"] ?? "", /^text\/html/)
        assert.isBelow(answer.body.length, 500)
      }
      const posted = await post(sandbox, inEnvelope("<x/>"), { client })
      assert.equal(posted.status, 403)
    }
  )

  it("without a good one the handshake fails when strictTls is on", async () => {
    await settings(sandbox, { strictTls: true })
    for (const client of ["none", "expired", "unknownCa"] as const) {
      const error = await rejection(httpsCall(sandbox, sandbox.ready.vissMm.wsdl, { client }))
      assert.match(String(codeOf(error)), /ERR_SSL|ECONNRESET|EPROTO|EPIPE/)
    }
    assert.equal((await httpsCall(sandbox, sandbox.ready.vissMm.wsdl, { client: "a" })).status, 200)
    assert.isTrue(sandbox.calls().every((call) => call.clientCertificate === "Maksa client a"))
  })

  it("separate the requests of one agency from another's", async () => {
    const { id } = await save(sandbox, {}, { client: "a" })
    assert.equal(await statusOf(sandbox, id, { client: "a" }), "P")
    const foreign = await httpsCall(sandbox, `${sandbox.ready.vissMm.invoices}Xml/${id}`, { client: "b" })
    assert.equal(foreign.status, 404)
  })

  it("work from the combined PEM as key and certificate, as the guide's openssl command makes it", async () => {
    const pem = readFileSync(sandbox.ready.pki.clients.a.pem)
    assert.match(
      pem.toString(),
      /^-----BEGIN CERTIFICATE-----[^]+BEGIN CERTIFICATE[^]+-----BEGIN ENCRYPTED PRIVATE KEY-----/
    )
    const agent = new https.Agent({ key: pem, cert: pem, passphrase: sandbox.ready.pki.clients.a.passphrase })
    const answer = await httpsCall(sandbox, sandbox.ready.vissMm.wsdl, { client: "none", agent })
    agent.destroy()
    assert.equal(answer.status, 200)
  })
})

describe("certificate files", () => {
  const names: ReadonlyArray<ClientName> = ["a", "b", "expired", "unknownCa"]

  it.each(names)("of %s: the modern PFX opens with its passphrase only", (name) => {
    const { passphrase, pfx } = sandbox.ready.pki.clients[name]
    assert.isOk(createSecureContext({ pfx: readFileSync(pfx), passphrase }))
    assert.throws(() => createSecureContext({ pfx: readFileSync(pfx), passphrase: "wrong" }), /mac verify failure/)
  })

  it.each(names)("of %s: Node refuses the legacy PFX as unsupported, not as a wrong passphrase", (name) => {
    const { legacyPfx, passphrase } = sandbox.ready.pki.clients[name]
    assert.throws(
      () => createSecureContext({ pfx: readFileSync(legacyPfx), passphrase }),
      "Unsupported PKCS12 PFX data"
    )
  })

  it.each(names)("of %s: the PEM's key is encrypted", (name) => {
    const { passphrase, pem } = sandbox.ready.pki.clients[name]
    const both = readFileSync(pem)
    assert.isOk(createSecureContext({ key: both, cert: both, passphrase }))
    // One wrong passphrase in 256 leaves bytes whose padding is right by chance; they are no key all the same.
    const refusal = /bad decrypt|BAD_DECRYPT|DECODER routines::unsupported/i
    assert.throws(() => createSecureContext({ key: both, cert: both, passphrase: "wrong" }), refusal)
  })
})

describe("the server's side of TLS", () => {
  it("is trusted by the sandbox's CA under localhost too, and by nobody else", async () => {
    const url = sandbox.ready.vissMm.wsdl.replace("127.0.0.1", "localhost")
    assert.equal((await httpsCall(sandbox, url)).status, 200)
    const error = await rejection(
      new Promise((resolve, reject) =>
        https.get(sandbox.ready.vissMm.wsdl, { agent: false }, resolve).on("error", reject)
      )
    )
    assert.equal(codeOf(error), "SELF_SIGNED_CERT_IN_CHAIN")
  })

  it("shows an expired certificate while that fault is planned, even to clients with kept connections", async () => {
    const agent = new https.Agent({ keepAlive: true })
    assert.equal((await httpsCall(sandbox, sandbox.ready.vissMm.wsdl, { agent })).status, 200)
    const kept = Object.values(agent.freeSockets).flat()[0] ?? assert.fail("the connection was not kept")
    const dropped = once(kept, "close")
    sandbox.faults.add({ operation: "*", kind: "expired_certificate", times: 1 })
    await dropped
    const error = await rejection(httpsCall(sandbox, sandbox.ready.vissMm.wsdl, { agent }))
    assert.equal(codeOf(error), "CERT_HAS_EXPIRED")
    assert.equal((await httpsCall(sandbox, sandbox.ready.vissMm.wsdl, { agent })).status, 200)
    agent.destroy()
  })

  it.each([
    ["unknown_ca_certificate", "SELF_SIGNED_CERT_IN_CHAIN"],
    ["wrong_host_certificate", "ERR_TLS_CERT_ALTNAME_INVALID"]
  ])("shows another certificate under the fault %s, to as many connections as planned", async (kind, code) => {
    sandbox.faults.add({ operation: "*", kind, times: 2 })
    for (const url of [sandbox.ready.vissMm.wsdl, sandbox.ready.vissMm.invoices]) {
      // Each connection in its turn.
      // oxlint-disable-next-line no-await-in-loop
      assert.equal(codeOf(await rejection(httpsCall(sandbox, url))), code)
    }
    assert.equal((await httpsCall(sandbox, sandbox.ready.vissMm.wsdl)).status, 200)
    assert.isEmpty(sandbox.faults.list())
  })

  it("tells new sessions from resumed ones in the call log, and still knows the client on a resumed one", async () => {
    const agent = new https.Agent({ keepAlive: false, maxCachedSessions: 10 })
    for (let call = 0; call < 3; call += 1) {
      assert.equal((await httpsCall(sandbox, sandbox.ready.vissMm.wsdl, { agent })).status, 200)
    }
    agent.destroy()
    const calls = sandbox.calls()
    assert.equal(calls[0]?.tlsSession, "new")
    assert.equal(calls.at(-1)?.tlsSession, "resumed")
    assert.isTrue(calls.every((call) => call.clientCertificate === "Maksa client a"))
  })
})
