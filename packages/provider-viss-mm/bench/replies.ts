// What the bench's server answers: always the same payment request, always being processed.
import { namespaces } from "../src/internal/sts/names.ts"

/** Paths of the services. PaymentApi's and the documents' are folders. */
export const paths = {
  soap: "/PaymentRequestService.svc",
  invoices: "/Invoices/",
  paymentApi: "/api/v1/payments/",
  sts: "/sts",
  pfas: "/PfasService.svc"
} as const

export const id = "08840043-1c60-e211-b74f-0050569b000e"
const url = `https://mm.example/Payments/?id=${id}`

const data = "http://schemas.datacontract.org/2004/07/VRAA.VISS2.MM.Endpoint"
const soap = (operation: string, members: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>` +
  `<${operation}Response xmlns="http://tempuri.org/"><${operation}Result xmlns:a="${data}" ` +
  `xmlns:i="http://www.w3.org/2001/XMLSchema-instance">${members}</${operation}Result></${operation}Response>` +
  `</s:Body></s:Envelope>`

const soap12 = (body: string): string =>
  `<s:Envelope xmlns:s="${namespaces.soap}" xmlns:u="${namespaces.utility}"><s:Header/><s:Body>${body}</s:Body></s:Envelope>`

/** A token of four hours, for the time that the bench runs. */
const issued = (now: number): string =>
  soap12(
    `<t:RequestSecurityTokenResponseCollection xmlns:t="${namespaces.trust}"><t:RequestSecurityTokenResponse><t:Lifetime>` +
      `<u:Created>${new Date(now).toISOString()}</u:Created>` +
      `<u:Expires>${new Date(now + 4 * 3_600_000).toISOString()}</u:Expires></t:Lifetime><t:RequestedSecurityToken>` +
      `<Assertion xmlns="${namespaces.saml2}" ID="_1"><Issuer>bench</Issuer></Assertion></t:RequestedSecurityToken>` +
      `</t:RequestSecurityTokenResponse></t:RequestSecurityTokenResponseCollection>`
  )

const bodies = {
  saved: soap(
    "SavePaymentRequest",
    `<a:PaymentRequestId>${id}</a:PaymentRequestId><a:PaymentRequestUrl>${url}</a:PaymentRequestUrl>`
  ),
  processed: soap(
    "CheckPaymentRequestStatusWpt",
    `<a:PaymentProviders i:nil="true"/><a:RequestStatus>P</a:RequestStatus>`
  ),
  savedJson: JSON.stringify({ PaymentRequestId: id, PaymentRequestUrl: url }),
  processedJson: JSON.stringify({ RequestStatus: "P", PaymentProviders: "" }),
  issued: issued(Date.now()),
  processedByToken: soap12(
    `<GetPaymentRequestStatusResponse xmlns="http://tempuri.org/"><GetPaymentRequestStatusResult>P` +
      `</GetPaymentRequestStatusResult></GetPaymentRequestStatusResponse>`
  )
} as const

const bytes = new Map(Object.entries(bodies).map(([name, body]) => [name, Buffer.from(body)]))

/** The body that answers a request to `path`. */
export const replyTo = (path: string, soapAction: string): Buffer | undefined => {
  if (path === paths.soap) return bytes.get(soapAction.includes("SavePaymentRequest") ? "saved" : "processed")
  if (path.startsWith(paths.paymentApi)) return bytes.get(path.includes("save") ? "savedJson" : "processedJson")
  return bytes.get(path === paths.sts ? "issued" : "processedByToken")
}
