/**
 * A service that asks for a client certificate, always makes the same payment request and always answers that it is being
 * processed; runs as a worker, so that its work does not count as the client's.
 */
import { createServer } from "node:https"
import { parentPort, workerData } from "node:worker_threads"

const { ca, cert, key } = workerData as { readonly ca: string; readonly cert: string; readonly key: string } // of world.ts

const data = "http://schemas.datacontract.org/2004/07/VRAA.VISS2.MM.Endpoint"
const reply = (operation: string, members: string): Buffer =>
  Buffer.from(
    `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>` +
      `<${operation}Response xmlns="http://tempuri.org/"><${operation}Result xmlns:a="${data}" ` +
      `xmlns:i="http://www.w3.org/2001/XMLSchema-instance">${members}</${operation}Result></${operation}Response>` +
      `</s:Body></s:Envelope>`
  )
const id = "08840043-1c60-e211-b74f-0050569b000e"
const saved = reply(
  "SavePaymentRequest",
  `<a:PaymentRequestId>${id}</a:PaymentRequestId>` +
    `<a:PaymentRequestUrl>https://mm.example/Payments/?id=${id}</a:PaymentRequestUrl>`
)
const processed = reply(
  "CheckPaymentRequestStatusWpt",
  `<a:PaymentProviders i:nil="true"/><a:RequestStatus>P</a:RequestStatus>`
)

const server = createServer({ ca, cert, key, requestCert: true, rejectUnauthorized: true }, (request, response) => {
  const body = request.headers.soapaction?.includes("SavePaymentRequest") === true ? saved : processed
  request.resume()
  request.on("end", () => {
    response.writeHead(200, { "content-type": "text/xml; charset=utf-8", "content-length": String(body.length) })
    response.end(body)
  })
})
server.keepAliveTimeout = 60_000
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's port has no origin
server.listen(0, "127.0.0.1", () => parentPort?.postMessage(server.address()))
