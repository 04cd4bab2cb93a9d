// One webhook server for the ingest benchmark; the mode decides what its store does. Prints its port.
import { createPayments, type Store, type StoreTransaction } from "@maksa/core"
import { ecommpayLv } from "@maksa/provider-ecommpay-lv"
import { sqliteStore } from "@maksa/store-sql"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

const [mode = "", file = ""] = process.argv.slice(2)
const secret = "bench-store-secret-0123456789abcdef"

// Verify-only is the same handler with a store that does nothing: what remains is HTTP, verification and translation.
const nothing: Store = {
  transact: (unit) =>
    unit({
      insertObservation: () => Promise.resolve(true),
      unfoldedObservations: () => Promise.resolve([]),
      claimWork: () => Promise.resolve([]),
      dueEvents: () => Promise.resolve([])
    } as unknown as StoreTransaction), // the webhook path and an idle worker call nothing else
  keyedDigest: () => "",
  close: () => Promise.resolve()
}

const store = mode === "verify-only" ? nothing : await sqliteStore({ file, secret, groupCommit: mode === "group" })
const payments = await createPayments({
  store,
  providers: [
    ecommpayLv({
      environment: "sandbox",
      projectId: 200,
      secrets: ["bench-secret"],
      fundsConfirmation: "off",
      endpoints: { paymentPage: "http://127.0.0.1:9/payment", gate: "http://127.0.0.1:9" }
    })
  ],
  publicBaseUrl: "http://127.0.0.1/maksa",
  fulfilment: { policy: "eager" }
})

const server = createServer((incoming, outgoing) => {
  const chunks: Array<Buffer> = []
  incoming.on("data", (chunk: Buffer) => chunks.push(chunk))
  incoming.on("end", () => {
    const headers: Array<[string, string]> = []
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      headers.push([incoming.rawHeaders[i] ?? "", incoming.rawHeaders[i + 1] ?? ""])
    }
    const request = new Request(`http://127.0.0.1${incoming.url ?? ""}`, {
      method: "POST",
      headers,
      body: Buffer.concat(chunks)
    })
    payments.handler(request).then(
      async (response) => {
        const text = response.body === null ? "" : await response.text()
        outgoing.writeHead(response.status, { "content-length": Buffer.byteLength(text) }).end(text)
      },
      () => outgoing.writeHead(500).end()
    )
  })
})
// The connections wait while the other modes have their turn.
server.keepAliveTimeout = 300_000
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.on("SIGTERM", () => process.exit(0))
