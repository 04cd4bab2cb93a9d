import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"

import { serialiser, type SoapValue } from "../../src/internal/soap/serialise.ts"
import { guideRequest, guideRequestForSoap, saveReply } from "../support/guide.ts"
import { bundledPlan, bySoap, infoset, readReply, readXml } from "../support/soap.ts"
import { planAsk, plainReply, request, type WsdlParts } from "../support/wsdl.ts"

const plan = await bundledPlan("SavePaymentRequest")
const write = serialiser(plan)

const refusal = (input: SoapValue, using = write) => {
  const written = using(input)
  if (Result.isSuccess(written)) throw new Error("was written")
  return written.failure
}

const changed = (change: { readonly [member: string]: SoapValue }): SoapValue => ({
  paymentRequest: { ...guideRequest, PaymentRequest: { ...guideRequest.PaymentRequest, ...change } }
})

const serialiserOf = async (parts: WsdlParts) => serialiser(await Effect.runPromise(planAsk(parts)))

const body = (xml: string): string => {
  const found = /<s:Body>(.*)<\/s:Body>/s.exec(xml)?.[1]
  if (found === undefined) throw new Error("no body")
  return found
}

describe("the serialiser", () => {
  it("writes the guide's SavePaymentRequest as the soap package does", async () => {
    const soap = await bySoap("SavePaymentRequest", { paymentRequest: guideRequestForSoap }, saveReply)
    const ours = Result.getOrThrow(write({ paymentRequest: guideRequest }))
    assert.deepStrictEqual(infoset(Result.getOrThrow(readXml(ours))), infoset(Result.getOrThrow(readXml(soap.sent))))
    assert.strictEqual(soap.soapAction, `"${plan.soapAction}"`)
  })

  it("leads to the same decoded reply as the soap package", async () => {
    const soap = await bySoap("SavePaymentRequest", { paymentRequest: guideRequestForSoap }, saveReply)
    const ours = Result.getOrThrow(readReply(plan, saveReply))
    assert.strictEqual(ours._tag, "Result")
    assert.deepStrictEqual<unknown>(ours._tag === "Result" ? ours.members : undefined, soap.result)
  })

  it("puts members into the schema's order, leaves undefined out and keeps decimals as they are", () => {
    const xml = Result.getOrThrow(
      write({
        paymentRequest: {
          PaymentRequest: {
            SwiftCode: undefined,
            ServiceStep: "02Y70",
            PriceList: [{ Position: "1", ItemElementName: "Amount", Item: "12.10" }]
          },
          Payment: null
        }
      })
    )
    assert.strictEqual(
      body(xml),
      '<n0:SavePaymentRequest><n0:paymentRequest><n1:Payment i:nil="true"/><n1:PaymentRequest><n1:PriceList>' +
        "<n1:PriceListStructure><n1:Item>12.10</n1:Item><n1:ItemElementName>Amount</n1:ItemElementName>" +
        "<n1:Position>1</n1:Position></n1:PriceListStructure></n1:PriceList><n1:ServiceStep>02Y70</n1:ServiceStep>" +
        "</n1:PaymentRequest></n0:paymentRequest></n0:SavePaymentRequest>"
    )
  })

  it("writes an empty list as an empty wrapper", () => {
    assert.include(Result.getOrThrow(write(changed({ PriceList: [] }))), "<n1:PriceList></n1:PriceList>")
  })

  it("escapes what XML would read otherwise, and nothing else", () => {
    const xml = Result.getOrThrow(write(changed({ PaymentObject: `&<>"'\r\n\t ā\u{1F4B6}` })))
    assert.include(xml, `<n1:PaymentObject>&amp;&lt;&gt;&quot;'&#13;\n\t ā\u{1F4B6}</n1:PaymentObject>`)
  })

  const forbidden = ["\u0000", "\u0008", "\u000B", "\u001F", "\uD800", "\uDC00x", "\uFFFE", "\uFFFF"]
  it.each(forbidden)("refuses a text with the character %j, which XML 1.0 cannot carry", (character) => {
    const error = refusal(changed({ PaymentObject: `slepens ${character}` }))
    assert.strictEqual(error.path, "SavePaymentRequest.paymentRequest.PaymentRequest.PaymentObject")
    assert.notInclude(`${String(error)} ${JSON.stringify(error)}`, "slepens")
  })

  const refused: ReadonlyArray<readonly [string, string, SoapValue]> = [
    ["an unknown member", "PaymentRequest.Amount", changed({ Amount: "1.00" })],
    [
      "an unknown member of a list item",
      "PaymentRequest.PriceList[0].Price",
      changed({ PriceList: [{ Item: "1", ItemElementName: "Amount", Price: "77777" }] })
    ],
    [
      "a decimal with an exponent",
      "PaymentRequest.PriceList[1].Item",
      changed({ PriceList: [{ Item: "1" }, { Item: "77777e-7" }] })
    ],
    ["a decimal with a comma", "PaymentRequest.PriceList[0].Item", changed({ PriceList: [{ Item: "77777,10" }] })],
    [
      "a word outside an enumeration",
      "PaymentRequest.PriceList[0].ItemElementName",
      changed({ PriceList: [{ ItemElementName: "77777" }] })
    ],
    ["a list where one structure is due", "PaymentRequest.ClientInfo", changed({ ClientInfo: ["77777"] })],
    ["one structure where a list is due", "PaymentRequest.PriceList", changed({ PriceList: { Item: "77777" } })],
    ["text where a structure is due", "PaymentRequest.ClientInfo", changed({ ClientInfo: "77777" })],
    ["text where true or false is due", "PaymentRequest.NoInvoice", changed({ NoInvoice: "77777" })],
    ["true where text is due", "PaymentRequest.ServiceStep", changed({ ServiceStep: true })],
    ["null where the schema allows none", "PaymentRequest.NoInvoice", changed({ NoInvoice: null })]
  ]
  it.each(refused)("refuses %s, naming the path and never the value", (_, path, input) => {
    const error = refusal(input)
    assert.strictEqual(error.path, `SavePaymentRequest.paymentRequest.${path}`)
    assert.include(error.message, path)
    assert.notInclude(`${String(error)} ${JSON.stringify(error)}`, "77777")
  })

  it("refuses a number even where JavaScript callers bypass the types", () => {
    const untyped: SoapValue = JSON.parse('{"paymentRequest":{"PaymentRequest":{"PriceList":[{"Item":12.1}]}}}')
    assert.strictEqual(refusal(untyped).path, "SavePaymentRequest.paymentRequest.PaymentRequest.PriceList[0].Item")
  })

  it("refuses a request without a member that the WSDL requires", async () => {
    const using = await serialiserOf({ schema: request(`<x:element name="Id" type="x:string"/>`) + plainReply })
    assert.strictEqual(refusal({}, using).path, "Ask.Id")
    assert.isTrue(Result.isSuccess(using({ Id: "1" })))
  })

  it("writes nil for a member that the WSDL requires and lets be nil, and nothing for one that it does not require", async () => {
    const using = await serialiserOf({
      schema:
        request(
          `<x:element name="Id" type="x:string" nillable="true"/>` +
            `<x:element name="More" type="x:string" nillable="true" minOccurs="0"/>` +
            `<x:element name="Last" type="x:string"/>`
        ) + plainReply
    })
    const written = `<n0:Ask><n0:Id i:nil="true"/><n0:Last>1</n0:Last></n0:Ask>`
    assert.strictEqual(body(Result.getOrThrow(using({ Last: "1" }))), written)
    assert.strictEqual(body(Result.getOrThrow(using({ Id: undefined, More: undefined, Last: "1" }))), written)
  })

  it("writes a list without a wrapper as repeated elements", async () => {
    const using = await serialiserOf({
      schema: request(`<x:element name="Id" type="x:string" maxOccurs="unbounded"/>`) + plainReply
    })
    assert.strictEqual(
      body(Result.getOrThrow(using({ Id: ["1", "2"] }))),
      "<n0:Ask><n0:Id>1</n0:Id><n0:Id>2</n0:Id></n0:Ask>"
    )
  })

  it("writes unqualified members without a namespace", async () => {
    const using = await serialiserOf({
      schemaAttributes: `id="s1"`,
      schema: request(`<x:element name="Id" form="unqualified" type="x:string"/>`) + plainReply
    })
    assert.strictEqual(body(Result.getOrThrow(using({ Id: "1" }))), "<n0:Ask><Id>1</Id></n0:Ask>")
  })

  it("follows a type that contains itself, to any depth of the value", async () => {
    const using = await serialiserOf({
      schema:
        `<x:complexType name="Node"><x:sequence><x:element name="Id" type="x:string"/>` +
        `<x:element name="Child" type="t:Node" minOccurs="0"/></x:sequence></x:complexType>` +
        `<x:complexType name="Nest"><x:sequence><x:element name="Nest" type="t:Nest" minOccurs="0" maxOccurs="unbounded"/>` +
        `</x:sequence></x:complexType>` +
        request(`<x:element name="Root" type="t:Node"/><x:element name="Lists" type="t:Nest" minOccurs="0"/>`) +
        plainReply
    })
    assert.strictEqual(
      body(Result.getOrThrow(using({ Root: { Id: "1", Child: { Id: "2", Child: { Id: "3" } } }, Lists: [[], [[]]] }))),
      "<n0:Ask><n0:Root><n0:Id>1</n0:Id><n0:Child><n0:Id>2</n0:Id><n0:Child><n0:Id>3</n0:Id></n0:Child></n0:Child>" +
        "</n0:Root><n0:Lists><n0:Nest></n0:Nest><n0:Nest><n0:Nest></n0:Nest></n0:Nest></n0:Lists></n0:Ask>"
    )
    assert.strictEqual(refusal({ Root: { Id: "1", Child: { Child: { Id: "3" } } } }, using).path, "Ask.Root.Child.Id")
  })
})
