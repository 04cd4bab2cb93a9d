import { randomUUID } from "node:crypto"
import type { Sandbox } from "../../src/index.ts"
import type { Answer } from "./httpsCall.ts"
import { ask, callSecured, credentialsOf, issuedOf, request, type Issued } from "./sts.ts"
import { textOf } from "./soap.ts"

export const ivisNamespace = "http://ivis.eps.gov.lv/ISS/RequestServiss/v1-0"
const envelope = "http://ivis.eps.gov.lv/XMLSchemas/100001/IVIS/v1-0"
const audience = "https://ivis.eps.gov.lv/Request.WebService"

/** A token for the Request Service. */
export const ivisToken = async (sandbox: Sandbox, client: "a" | "b" = "a"): Promise<Issued> =>
  issuedOf(await ask(sandbox, credentialsOf(sandbox, client), { body: request({ appliesTo: audience }) }))

export const callIvis = (sandbox: Sandbox, operation: string, content: string, token: Issued): Promise<Answer> =>
  callSecured(sandbox, sandbox.ready.vissMm.ivis, token, {
    action: `${ivisNamespace}/${operation}`,
    body: `<${operation} xmlns="${ivisNamespace}">${content}</${operation}>`
  })

export const startTransaction = async (sandbox: Sandbox, token: Issued): Promise<string> => {
  const { text } = await callIvis(
    sandbox,
    "StartTransaction",
    "<eServiceID>URN:IVIS:100001:EP-EP00-v1-0</eServiceID>",
    token
  )
  return textOf(text, "StartTransactionResult") ?? ""
}

/** What the header of an IVISRequest says; `undefined` leaves a member out. */
export type Header = Readonly<Record<string, string | undefined>>

export const goodHeader = (transactionId: string, endPoint: string): Header => ({
  MessageID: randomUUID(),
  MessageType: "URN:IVIS:100001:XSD-EPAK-PaymentsData-v1-0-TYPE-PaymentsDataStructure",
  TransactionID: transactionId,
  Destination: "URN:IVIS:100001:ISS-EPS-EPAKPaymentSync-v2-0",
  ResponseEndPoint: endPoint
})

/** The guide's annex 1, shortened. */
export const payments =
  `<PaymentsDataStructure xmlns=""><PaymentRequest><ClientInfo><ClientCode>31129900000</ClientCode></ClientInfo>` +
  `<PaymentObject>Test 12</PaymentObject><PriceList><PriceList><Item>1.50</Item><ItemElementName>Amount</ItemElementName>` +
  `<Position>54</Position></PriceList></PriceList><ResponseUrl>http://127.0.0.1:9/back?id=</ResponseUrl>` +
  `<ServiceStep>02Y70</ServiceStep></PaymentRequest></PaymentsDataStructure>`

export const ivisRequest = (header: Header, body = payments): string =>
  `<IVISRequest xmlns="${envelope}"><Header>` +
  Object.entries(header)
    .map(([name, value]) => (value === undefined ? "" : `<${name}>${value}</${name}>`))
    .join("") +
  `</Header><Body>${body}</Body></IVISRequest>`
