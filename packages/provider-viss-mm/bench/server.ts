// MM as a process of its own: the client's work is then the client's alone. Tells where it is when it listens.
import { createServer } from "node:https"

import { paths, replyTo } from "./replies.ts"
import { makePki, type Message } from "./processes.ts"

const { ca, client, server: identity } = makePki()

// PaymentApi is asked without a certificate: its MM_Cert is in the body.
const server = createServer({ ca, ...identity, requestCert: true, rejectUnauthorized: false }, (request, response) => {
  const { headers, url = "" } = request
  const isKnown = url.startsWith(paths.paymentApi) || ("authorized" in request.socket && request.socket.authorized)
  const body = isKnown === true ? replyTo(url, String(headers.soapaction)) : undefined
  request.resume()
  request.on("end", () => {
    response.writeHead(body === undefined ? 403 : 200, {
      "content-type": url.startsWith(paths.paymentApi) ? "application/json" : "text/xml; charset=utf-8",
      "content-length": String(body?.length ?? 0)
    })
    response.end(body)
  })
})
server.keepAliveTimeout = 120_000
server.listen(0, "127.0.0.1", () => {
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  const base = `https://127.0.0.1:${address.port}`
  const place = {
    soap: base + paths.soap,
    invoices: base + paths.invoices,
    paymentApi: base + paths.paymentApi,
    sts: base + paths.sts,
    pfas: base + paths.pfas,
    ca,
    client
  }
  process.send?.({ place } satisfies Message)
})
process.on("disconnect", () => process.exit())
