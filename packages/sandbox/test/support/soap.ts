import { assert } from "vitest"
import type { Sandbox } from "../../src/index.ts"
import { httpsCall, type Answer, type CallOptions } from "./httpsCall.ts"

export const dataNamespace = "http://schemas.datacontract.org/2004/07/VRAA.VISS2.MM.Endpoint"

export const soapUrl = (sandbox: Sandbox): string => sandbox.ready.vissMm.wsdl.replace(/\?.*$/, "")

export const inEnvelope = (body: string, header = ""): string =>
  `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:t="http://tempuri.org/" xmlns:d="${dataNamespace}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">${header}<s:Body>${body}</s:Body></s:Envelope>`

/** Posts a whole envelope. */
export const post = (sandbox: Sandbox, envelope: string | Uint8Array, options: CallOptions = {}): Promise<Answer> =>
  httpsCall(sandbox, soapUrl(sandbox), {
    method: "POST",
    body: envelope,
    ...options,
    headers: { "content-type": "text/xml; charset=utf-8", ...options.headers }
  })

export interface SampleRequest {
  readonly rows?: string
  readonly responseUrl?: string
  readonly serverResponseUrl?: string
  readonly serviceStep?: string
  /** Members before PriceList that the sample leaves out: AllowedBanks, dates, NoInvoice. */
  readonly allowedBanks?: string
  readonly dates?: string
  readonly noInvoice?: string
  readonly parent?: string
  readonly swiftCode?: string
}

export const row = (position: string, item: string, kind = "Amount"): string =>
  `<d:PriceListStructure><d:Item>${item}</d:Item><d:ItemElementName>${kind}</d:ItemElementName><d:Position>${position}</d:Position></d:PriceListStructure>`

/** A SavePaymentRequest like the guide's PHP sample. */
export const saveBody = (sample: SampleRequest = {}): string =>
  `<t:SavePaymentRequest><t:paymentRequest><d:Payment i:nil="true"/><d:PaymentRequest>${sample.allowedBanks ?? ""}` +
  `<d:ClientInfo><d:ClientCode>31129900000</d:ClientCode><d:ClientFirstName>Ernests</d:ClientFirstName><d:ClientName>Paraudziņš</d:ClientName></d:ClientInfo>` +
  `${sample.dates ?? ""}${sample.noInvoice ?? ""}${sample.parent ?? ""}<d:PaymentObject>02Y70 payment</d:PaymentObject>` +
  `<d:PriceList>${sample.rows ?? row("53", "1", "Quantity") + row("54", "12.12")}</d:PriceList>` +
  `<d:ResponseUrl>${sample.responseUrl ?? "http://127.0.0.1:9/back?id="}</d:ResponseUrl>` +
  (sample.serverResponseUrl === undefined
    ? ""
    : `<d:ServerResponseUrl>${sample.serverResponseUrl}</d:ServerResponseUrl>`) +
  `<d:ServiceStep>${sample.serviceStep ?? "02Y70"}</d:ServiceStep><d:SwiftCode>${sample.swiftCode ?? "DEMO0000"}</d:SwiftCode>` +
  `</d:PaymentRequest></t:paymentRequest></t:SavePaymentRequest>`

/** Text of the first element of this local name; `undefined` when there is none. */
export const textOf = (xml: string, name: string): string | undefined =>
  new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([^<]*)<`).exec(xml)?.[1]

/** Saves a request and answers its id. */
export const save = async (sandbox: Sandbox, sample: SampleRequest = {}, options: CallOptions = {}) => {
  const answer = await post(sandbox, inEnvelope(saveBody(sample)), options)
  const id = textOf(answer.text, "PaymentRequestId")
  const url = textOf(answer.text, "PaymentRequestUrl")
  if (answer.status !== 200 || id === undefined || url === undefined) assert.fail(`not saved: ${answer.text}`)
  return { id, url: url.replaceAll("&amp;", "&") }
}

export const statusOf = async (sandbox: Sandbox, id: string, options: CallOptions = {}): Promise<string> => {
  const body = `<t:CheckPaymentRequestStatus><t:paymentRequestId>${id}</t:paymentRequestId></t:CheckPaymentRequestStatus>`
  const answer = await post(sandbox, inEnvelope(body), options)
  return textOf(answer.text, "CheckPaymentRequestStatusResult") ?? assert.fail(answer.text)
}

/** The simulator's error code of a refused request. */
export const faultCode = async (sandbox: Sandbox, body: string, options: CallOptions = {}): Promise<string> => {
  const answer = await post(sandbox, inEnvelope(body), options)
  assert.equal(answer.status, 500)
  return textOf(answer.text, "ErrorCode") ?? textOf(answer.text, "faultcode") ?? assert.fail(answer.text)
}
