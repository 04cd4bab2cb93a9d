import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"

import { bundledPlan, readReply } from "../support/soap.ts"

const plan = await bundledPlan("SavePaymentRequest")
const read = (fault: string) =>
  readReply(
    plan,
    `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>${fault}</s:Fault></s:Body></s:Envelope>`
  )
const fault = (content: string) => {
  const reply = Result.getOrThrow(read(content))
  if (reply._tag !== "Fault") throw new Error("no fault")
  return reply.fault
}

describe("a SOAP fault", () => {
  it.each(["http://schemas.datacontract.org/2004/07/VRAA.VISS2.MM.Endpoint", "urn:another-namespace", ""])(
    "of MM is read whatever the namespace of its detail (%s)",
    (namespace) => {
      assert.deepStrictEqual(
        fault(
          `<faultcode>s:Client</faultcode><faultstring xml:lang="lv-LV"> Kļūda </faultstring><detail>` +
            `<PaymentRequestFault xmlns="${namespace}"><ErrorCode>SIM-104</ErrorCode><Message>Nav pozīcijas</Message>` +
            `</PaymentRequestFault></detail>`
        ),
        {
          code: "Client",
          text: "Kļūda",
          detail: { entry: "PaymentRequestFault", errorCode: "SIM-104", message: "Nav pozīcijas" }
        }
      )
    }
  )

  it("of WCF's own dispatcher is read without a detail", () => {
    assert.deepStrictEqual(
      fault(
        `<faultcode xmlns:a="http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher">a:InternalServiceFault</faultcode>` +
          `<faultstring xml:lang="en-US">The server was unable to process the request.</faultstring>`
      ),
      { code: "InternalServiceFault", text: "The server was unable to process the request." }
    )
  })

  it("of WCF with exception details gives the exception's message", () => {
    assert.deepStrictEqual(
      fault(
        `<faultcode>s:Server</faultcode><faultstring>F</faultstring><detail>` +
          `<ExceptionDetail xmlns="http://schemas.datacontract.org/2004/07/System.ServiceModel" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">` +
          `<HelpLink i:nil="true"/><InnerException i:nil="true"/><Message>Boom</Message></ExceptionDetail></detail>`
      ),
      { code: "Server", text: "F", detail: { entry: "ExceptionDetail", message: "Boom" } }
    )
  })

  it("may have empty details and no text", () => {
    assert.deepStrictEqual(fault("<faultcode>Server</faultcode><detail><X/></detail>"), {
      code: "Server",
      text: "",
      detail: { entry: "X" }
    })
  })

  it.each(["<faultstring>F</faultstring>", "<faultcode> </faultcode>"])("without a code is malformed", (content) => {
    const reply = read(content)
    assert.strictEqual(Result.isFailure(reply) ? reply.failure.problem : undefined, "missing_element")
  })
})
