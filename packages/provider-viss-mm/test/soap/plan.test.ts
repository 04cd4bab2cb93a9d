import { createServer, type Server } from "node:http"

import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { bundledWsdl, openWsdl, type WsdlSource } from "../../src/internal/soap/openWsdl.ts"
import { listItem, operationPlan, operationPlans } from "../../src/internal/soap/plan.ts"
import type { ElementPlan } from "../../src/internal/soap/typePlan.ts"
import type { WsdlError, WsdlProblem } from "../../src/internal/soap/WsdlError.ts"
import { bundledText, dataNamespace, serviceNamespace } from "../support/soap.ts"
import { plainReply, planAsk, request, wsdlText, type WsdlParts } from "../support/wsdl.ts"

const fieldsOf = (plan: ElementPlan | undefined): ReadonlyArray<ElementPlan> => {
  if (plan?.type.kind !== "struct") throw new Error("no structure")
  return plan.type.fields
}
const field = (plan: ElementPlan | undefined, name: string): ElementPlan => {
  const found = fieldsOf(plan).find((candidate) => candidate.name === name)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}
const shape = ({ type, ...plan }: ElementPlan) => ({ ...plan, type: type.kind === "leaf" ? type.base : "struct" })

const opened = (source: WsdlSource) => Effect.map(openWsdl(source), (wsdl) => Result.getOrThrow(operationPlans(wsdl)))
const refusal = (source: WsdlSource): Effect.Effect<WsdlError> =>
  openWsdl(source).pipe(
    Effect.flatMap((wsdl) => Effect.fromResult(operationPlan(wsdl, "Ask"))),
    Effect.flip,
    Effect.orDie
  )

const member = (text: string): string => wsdlText({ schema: request(text) + plainReply })

describe("the bundled WSDL", () => {
  it.effect("gives a plan for each of its four operations", () =>
    Effect.gen(function* () {
      const plans = yield* opened(bundledWsdl)
      assert.deepStrictEqual(
        [...plans.values()].map(({ name, soapAction, input, output }) => [name, soapAction, input.name, output.name]),
        ["SavePaymentRequest", "CheckPaymentRequestStatus", "CheckPaymentStatus", "CheckPaymentRequestStatusWpt"].map(
          (name) => [name, `http://tempuri.org/IPaymentRequestService/${name}`, name, `${name}Response`]
        )
      )
      assert.match(plans.get("SavePaymentRequest")?.location ?? "", /^https:\/\/127\.0\.0\.1:8443\/.*\.svc$/)
    })
  )

  it.effect("lists the request's members in ordinal order, in the data namespace", () =>
    Effect.gen(function* () {
      const plans = yield* opened(bundledWsdl)
      const root = plans.get("SavePaymentRequest")?.input
      const parameter = field(root, "paymentRequest")
      assert.strictEqual(parameter.namespace, serviceNamespace)
      const members = fieldsOf(field(parameter, "PaymentRequest"))
      const names = members.map(({ name }) => name)
      assert.deepStrictEqual(names, [
        "AllowedBanks",
        "ClientInfo",
        "ExpiryDate",
        "ExpiryDateSpecified",
        "InvoiceIssueDate",
        "InvoiceIssueDateSpecified",
        "NoInvoice",
        "ParentPaymentRequestID",
        "PaymentObject",
        "PriceList",
        "ResponseUrl",
        "ServerResponseUrl",
        "ServiceStep",
        "SwiftCode"
      ])
      assert.deepStrictEqual([...new Set(members.map(({ namespace }) => namespace))], [dataNamespace])
      assert.isFalse(members.some(({ required }) => required))
    })
  )

  it.effect("tells lists, enumerations, nillable and simple types", () =>
    Effect.gen(function* () {
      const plans = yield* opened(bundledWsdl)
      const payment = field(field(plans.get("SavePaymentRequest")?.input, "paymentRequest"), "PaymentRequest")
      const row = listItem(field(payment, "PriceList"))
      assert.isTrue(row?.many)
      assert.deepStrictEqual(
        fieldsOf(row).map(({ name, nillable, type }) => ({ name, nillable, type })),
        [
          { name: "Item", nillable: false, type: { kind: "leaf", base: "decimal" } },
          {
            name: "ItemElementName",
            nillable: false,
            type: { kind: "leaf", base: "string", allowed: ["Amount", "Quantity"] }
          },
          { name: "Position", nillable: true, type: { kind: "leaf", base: "string" } }
        ]
      )
      assert.deepStrictEqual(shape(field(payment, "ExpiryDate")), {
        namespace: dataNamespace,
        name: "ExpiryDate",
        many: false,
        nillable: false,
        required: false,
        type: "dateTime"
      })
      assert.isUndefined(listItem(payment))
    })
  )

  it.effect("says the same whether it comes by path, by file URL or as text", () =>
    Effect.gen(function* () {
      const text = yield* Effect.promise(bundledText)
      const byUrl = yield* opened(bundledWsdl)
      assert.deepStrictEqual(yield* opened({ text: `\uFEFF${text}` }), byUrl)
      const { pathname } = new URL("../../wsdl/mm-default.wsdl", import.meta.url)
      assert.deepStrictEqual(yield* opened({ path: pathname }), byUrl)
    })
  )

  it.effect("says that it is a draft and not the real WSDL", () =>
    Effect.gen(function* () {
      assert.match((yield* Effect.promise(bundledText)).slice(0, 200), /DRAFT, not the real WSDL/)
    })
  )
})

describe("another WSDL", () => {
  it.effect("may bind a prefix anew on each element, as svcutil writes it", () =>
    Effect.gen(function* () {
      const { input } = yield* planAsk({
        schema:
          request(
            `<x:element name="A" xmlns:q1="urn:one" type="q1:T"/><x:element name="B" xmlns:q1="urn:two" type="q1:T"/>`
          ) + plainReply,
        otherSchemas: ["one", "two"]
          .map(
            (name) =>
              `<x:schema targetNamespace="urn:${name}" elementFormDefault="qualified"><x:complexType name="T"><x:sequence>` +
              `<x:element name="${name}" type="x:string"/></x:sequence></x:complexType></x:schema>`
          )
          .join("")
      })
      const names = fieldsOf(input).map((member) => fieldsOf(member).map(({ namespace, name }) => [namespace, name]))
      assert.deepStrictEqual(names, [[["urn:one", "one"]], [["urn:two", "two"]]])
    })
  )

  it.effect("may extend types, refer to elements, choose and leave the form to the element", () =>
    Effect.gen(function* () {
      const { input } = yield* planAsk({
        schema:
          `<x:complexType name="Base"><x:sequence><x:element name="First" type="x:int"/></x:sequence></x:complexType>` +
          `<x:complexType name="More"><x:complexContent><x:extension base="t:Base"><x:sequence>` +
          `<x:element name="Second" type="t:Code"/></x:sequence></x:extension></x:complexContent></x:complexType>` +
          `<x:simpleType name="Code"><x:restriction base="t:Inner"><x:enumeration value="P"/></x:restriction></x:simpleType>` +
          `<x:simpleType name="Inner"><x:restriction base="x:token"/></x:simpleType>` +
          `<x:element name="Global" type="x:date" nillable="true"/>` +
          request(
            `<x:element name="M" type="t:More"/><x:element ref="t:Global" minOccurs="0" maxOccurs="3"/>` +
              `<x:choice><x:element name="Amount" type="x:decimal"/><x:element name="Quantity" type="x:decimal"/></x:choice>` +
              `<x:element name="Bare" form="unqualified"><x:simpleType><x:restriction base="x:string"/></x:simpleType></x:element>`
          ) +
          plainReply
      })
      assert.deepStrictEqual(
        fieldsOf(field(input, "M")).map(({ name, type }) => ({ name, type })),
        [
          { name: "First", type: { kind: "leaf", base: "int" } },
          { name: "Second", type: { kind: "leaf", base: "token", allowed: ["P"] } }
        ]
      )
      const leaf = { namespace: "urn:t", many: false, nillable: false, required: false }
      assert.deepStrictEqual(fieldsOf(input).slice(1).map(shape), [
        { ...leaf, name: "Global", many: true, nillable: true, type: "date" },
        { ...leaf, name: "Amount", type: "decimal" },
        { ...leaf, name: "Quantity", type: "decimal" },
        { ...leaf, name: "Bare", namespace: "", required: true, type: "string" }
      ])
    })
  )

  it.effect("may name the built-in types without a prefix", () =>
    Effect.gen(function* () {
      const { input } = yield* planAsk({
        schemaAttributes: `xmlns="http://www.w3.org/2001/XMLSchema"`,
        schema: request(`<x:element name="A" type="decimal"/>`) + plainReply
      })
      assert.deepStrictEqual(field(input, "A").type, { kind: "leaf", base: "decimal" })
    })
  )

  it.effect("may have types that contain themselves by name, by reference and by list", () =>
    Effect.gen(function* () {
      const { input } = yield* planAsk({
        schema:
          `<x:complexType name="Node"><x:sequence><x:element name="Child" type="t:Node" minOccurs="0"/></x:sequence></x:complexType>` +
          `<x:element name="Tree"><x:complexType><x:sequence><x:element ref="t:Tree" minOccurs="0"/></x:sequence></x:complexType></x:element>` +
          request(`<x:element name="N" type="t:Node"/><x:element ref="t:Tree"/>`) +
          plainReply
      })
      for (const name of ["N", "Tree"]) {
        const [child] = fieldsOf(field(input, name))
        assert.strictEqual(fieldsOf(child)[0]?.name, child?.name)
      }
    })
  )

  it.effect("need only describe the operation that is used", () =>
    Effect.gen(function* () {
      const text = wsdlText({ schema: request("") + plainReply })
      const wsdl = yield* openWsdl({
        text: text.replace(
          "</w:portType>",
          `<w:operation name="Odd"><w:input message="t:None"/></w:operation></w:portType>`
        )
      })
      assert.isTrue(Result.isSuccess(operationPlan(wsdl, "Ask")))
      assert.isTrue(Result.isFailure(operationPlan(wsdl, "Odd")))
    })
  )

  const twoPorts = ["One", "Two"]
    .map((name) => `<w:port name="${name}" binding="t:B"><s:address location="https://127.0.0.1/${name}"/></w:port>`)
    .join("")
  it.effect("with two SOAP 1.1 ports needs one to be named", () =>
    Effect.gen(function* () {
      const wsdl = yield* openWsdl({ text: wsdlText({ schema: request("") + plainReply, ports: twoPorts }) })
      const problem = Result.getOrThrow(Result.flip(operationPlan(wsdl, "Ask")))
      assert.strictEqual(problem.problem, "several_fitting_ports")
      assert.include(problem.message, "One, Two")
      const plan = Result.getOrThrow(operationPlan(wsdl, "Ask", { port: "Two" }))
      assert.strictEqual(plan.location, "https://127.0.0.1/Two")
      const other = Result.getOrThrow(Result.flip(operationPlan(wsdl, "Ask", { port: "Three" })))
      assert.strictEqual(other.problem, "no_fitting_port")
    })
  )

  const good = { schema: request("") + plainReply }
  const withHead = (head: string): string => wsdlText({ ...good, head })
  const withSchema = (inside: string): string => wsdlText({ schema: inside + good.schema })
  const soap12: WsdlParts = { ...good, soapNamespace: "http://schemas.xmlsoap.org/wsdl/soap12/" }
  const unusable: ReadonlyArray<readonly [string, WsdlProblem, string, string]> = [
    ["an HTML page", "not_a_wsdl", "?singleWsdl", "<html><body>Service</body></html>"],
    ["text", "not_a_wsdl", "not well-formed", "Service unavailable"],
    ["a DOCTYPE", "not_a_wsdl", "DOCTYPE", `<!DOCTYPE w []>${wsdlText(good).replace(/^<\?xml.*\?>\n/, "")}`],
    [
      "a WSDL import",
      "needs_other_documents",
      "?singleWsdl",
      withHead(`<w:import namespace="urn:o" location="o.wsdl"/>`)
    ],
    [
      "a schema import with a location",
      "needs_other_documents",
      "?singleWsdl",
      withSchema(`<x:import namespace="urn:o" schemaLocation="o.xsd"/>`)
    ],
    ["a schema include", "needs_other_documents", "?singleWsdl", withSchema(`<x:include schemaLocation="o.xsd"/>`)],
    [
      "two schemas of one namespace",
      "unsupported",
      "urn:t",
      wsdlText({ ...good, otherSchemas: `<x:schema targetNamespace="urn:t"/>` })
    ],
    ["SOAP 1.2 only", "no_fitting_port", "SOAP 1.1", wsdlText(soap12)],
    ["no port", "no_fitting_port", "SOAP 1.1", wsdlText({ ...good, ports: " " })],
    ["RPC style", "unsupported", "document/literal", wsdlText({ ...good, style: "rpc" })],
    ["encoded use", "unsupported", "document/literal", wsdlText({ ...good, use: "encoded" })],
    [
      "another service's operations",
      "unknown_operation",
      "Other",
      wsdlText(good).replaceAll(`operation name="Ask"`, `operation name="Other"`)
    ],
    ["an undefined type", "undefined_name", "{urn:t}Nowhere", member(`<x:element name="A" type="t:Nowhere"/>`)],
    ["an undefined element", "undefined_name", "{urn:t}Nowhere", member(`<x:element ref="t:Nowhere"/>`)],
    ["a group", "unsupported", "xsd:group", member(`<x:group ref="t:G"/>`)],
    [
      "a repeated sequence",
      "unsupported",
      "sequence",
      member(`<x:sequence maxOccurs="unbounded"><x:element name="A" type="x:string"/></x:sequence>`)
    ],
    [
      "a required attribute",
      "unsupported",
      "attribute",
      member(`<x:element name="A"><x:complexType><x:attribute name="a" use="required"/></x:complexType></x:element>`)
    ],
    [
      "parts with types",
      "unsupported",
      "Ask",
      wsdlText({
        ...good,
        messages: `<w:message name="In"><w:part name="p" type="x:string"/></w:message><w:message name="Out"><w:part name="p" type="x:string"/></w:message>`
      })
    ]
  ]
  it.effect.each(unusable)("is refused for %s, saying what is missing", ([, problem, word, text]) =>
    Effect.gen(function* () {
      const error = yield* refusal({ text })
      assert.strictEqual(error.problem, problem)
      assert.include(error.message, word)
    })
  )

  it.effect("at a path that does not exist is unreadable, and the path stays out of the message", () =>
    Effect.gen(function* () {
      const error = yield* refusal({ path: "/nonexistent/mm.wsdl" })
      assert.strictEqual(error.problem, "unreadable")
      assert.notInclude(error.message, "nonexistent")
    })
  )

  const listening = Effect.acquireRelease(
    Effect.callback<{ readonly server: Server; readonly hits: Array<string> }>((resume) => {
      const hits: Array<string> = []
      const server = createServer((incoming, outgoing) => {
        hits.push(incoming.url ?? "")
        outgoing.end()
      })
      server.listen(0, "127.0.0.1", () => resume(Effect.succeed({ server, hits })))
    }),
    ({ server }) => Effect.sync(() => server.close())
  )
  it.effect("never makes this machine fetch what it refers to", () =>
    Effect.gen(function* () {
      const { server, hits } = yield* listening
      const address = server.address()
      const port = typeof address === "object" ? address?.port : undefined
      const base = `http://127.0.0.1:${port}`
      for (const text of [
        withHead(`<w:import namespace="urn:o" location="${base}/o.wsdl"/>`),
        withSchema(`<x:import namespace="urn:o" schemaLocation="${base}/o.xsd"/>`),
        withSchema(`<x:include schemaLocation="${base}/o.xsd"/>`),
        withSchema(`<x:redefine schemaLocation="${base}/o.xsd"/>`)
      ]) {
        assert.strictEqual((yield* refusal({ text })).problem, "needs_other_documents")
      }
      assert.isTrue(
        Result.isSuccess(yield* Effect.result(openWsdl({ text: withSchema(`<x:import namespace="urn:o"/>`) })))
      )
      assert.deepStrictEqual(hits, [])
    })
  )
})
