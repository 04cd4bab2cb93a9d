/** A service that asks for a client certificate and always answers that the request is being processed; runs as a worker. */
import { createServer } from "node:https"
import { parentPort, workerData } from "node:worker_threads"

const { ca, cert, key } = workerData as { readonly ca: string; readonly cert: string; readonly key: string } // of bench/soap.ts

const reply = Buffer.from(
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>` +
    `<CheckPaymentRequestStatusResponse xmlns="http://tempuri.org/"><CheckPaymentRequestStatusResult>P` +
    `</CheckPaymentRequestStatusResult></CheckPaymentRequestStatusResponse></s:Body></s:Envelope>`
)

const server = createServer({ ca, cert, key, requestCert: true, rejectUnauthorized: true }, (request, response) => {
  request.resume()
  request.on("end", () => {
    response.writeHead(200, { "content-type": "text/xml; charset=utf-8", "content-length": String(reply.length) })
    response.end(reply)
  })
})
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port has no origin
server.listen(0, "127.0.0.1", () => parentPort?.postMessage(server.address()))
