import { once } from "node:events"
import { createServer, type Server } from "node:https"

import forge from "node-forge"
import { afterAll, assert, beforeAll, beforeEach, describe, it } from "vitest"

import { at, attempt, type Mm, run, startMm } from "../support/mm.ts"
import { certificatePem, keyPem, makeIdentity } from "../support/pki.ts"

const status =
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><CheckPaymentRequestStatusResponse xmlns="http://tempuri.org/">` +
  `<CheckPaymentRequestStatusResult>P</CheckPaymentRequestStatusResult></CheckPaymentRequestStatusResponse></s:Body></s:Envelope>`
const known = attempt({ providerReference: "08840043-1c60-e211-b74f-0050569b000e" })
const identity = makeIdentity("localhost")
identity.certificate.setExtensions([{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }])
identity.certificate.sign(identity.key, forge.md.sha256.create())

let mm: Mm
let server: Server
let handshakes = { full: 0, resumed: 0 }
let isKept = true
beforeAll(async () => {
  mm = await startMm()
  server = createServer(
    { key: keyPem(identity), cert: certificatePem(identity), requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      request.resume().on("end", () => {
        response.shouldKeepAlive = isKept
        response.setHeader("content-type", "text/xml").end(status)
      })
    }
  )
  server.on("secureConnection", (socket) => handshakes[socket.isSessionReused() ? "resumed" : "full"]++)
  server.keepAliveTimeout = 300_000
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
})
beforeEach(() => {
  handshakes = { full: 0, resumed: 0 }
})
afterAll(async () => {
  await mm.close()
  server.close()
})

const adapter = () => {
  const base = `https://127.0.0.1:${String(at(server.address(), "port"))}`
  return mm.adapter({
    ca: certificatePem(identity),
    statusOperation: "CheckPaymentRequestStatus",
    endpoints: { paymentRequestService: `${base}/a.svc`, invoices: `${base}/Invoices/` }
  })
}

describe("connections to MM", () => {
  it("are kept: a thousand calls one after another make one TLS handshake", async () => {
    const calls = await adapter()
    for (let count = 0; count < 1000; count++) assert.lengthOf(await run(calls.status(known)), 1)
    assert.strictEqual(handshakes.full, 1)
  })

  it("that MM has closed are opened anew with the TLS session that was there before", async () => {
    const calls = await adapter()
    isKept = false
    for (let count = 0; count < 41; count++) await run(calls.status(known))
    // Session tickets come after the handshake: at the worst the first of them comes too late for the second call.
    assert.strictEqual(handshakes.full + handshakes.resumed, 41)
    assert.isAtLeast(handshakes.resumed, 39)
  })
})
