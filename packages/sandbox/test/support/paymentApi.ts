import { readFileSync } from "node:fs"
import { assert } from "vitest"
import type { ClientName, Sandbox } from "../../src/index.ts"
import { type Answer, type CallOptions, httpsCall } from "./httpsCall.ts"

/** The client's certificate alone, base64 of its DER form. */
export const certificateOf = (sandbox: Sandbox, client: ClientName = "a"): string => {
  const pem = readFileSync(sandbox.ready.pki.clients[client].pem, "utf8")
  const body = /-----BEGIN CERTIFICATE-----([^-]+)-----END/.exec(pem)?.[1] ?? assert.fail("no certificate")
  return body.replaceAll(/\s/g, "")
}

/** Posts text to a method of PaymentApi, without a client certificate. */
export const postJson = (sandbox: Sandbox, path: string, body: string, options: CallOptions = {}): Promise<Answer> =>
  httpsCall(sandbox, new URL(path, sandbox.ready.vissMm.paymentApi).href, {
    method: "POST",
    client: "none",
    body,
    ...options,
    headers: { "content-type": "application/json", ...options.headers }
  })

/** Calls a method as client a. */
export const callApi = (sandbox: Sandbox, path: string, body: object = {}, options: CallOptions = {}) =>
  postJson(sandbox, path, JSON.stringify({ MM_Cert: certificateOf(sandbox), ...body }), options)

/** The guide's sample of `savepaymentrequest`, with other addresses. */
export const guideSave = {
  PaymentsDataStructure: {
    PaymentRequest: {
      AllowedBanks: [{ SwiftCode: "DEMO0000" }, { SwiftCode: "FIRSTDATA" }, { SwiftCode: "HABALV22" }],
      ClientInfo: { ClientCode: "31129900000", ClientFirstName: "Ernests", ClientName: "Paraudziņš" },
      NoInvoice: true,
      PaymentObject: "DEM11 payment",
      PriceList: [{ Item: 12, ItemElementName: "Quantity", Position: "2346" }],
      ResponseUrl: "http://127.0.0.1:9/S2S/?id=",
      ServiceStep: "03G10",
      SwiftCode: "DEMO0000"
    }
  }
}

/** Saves the guide's sample with changes; answers its id. */
export const saveByApi = async (sandbox: Sandbox, change: object = {}): Promise<string> => {
  const { PaymentRequest } = guideSave.PaymentsDataStructure
  const PaymentsDataStructure = { PaymentRequest: { ...PaymentRequest, ...change } }
  const answer = await callApi(sandbox, "savepaymentrequest", { PaymentsDataStructure })
  const saved: { PaymentRequestId: string } = JSON.parse(answer.text)
  return saved.PaymentRequestId
}
