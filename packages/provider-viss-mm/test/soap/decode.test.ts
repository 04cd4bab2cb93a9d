import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"

import type { MalformedProblem } from "../../src/internal/MalformedMessage.ts"
import { saveReply } from "../support/guide.ts"
import { bundledPlan, dataNamespace, readReply, serviceNamespace } from "../support/soap.ts"

const save = await bundledPlan("SavePaymentRequest")
const statusPlan = await bundledPlan("CheckPaymentRequestStatus")

const envelopeNamespace = "http://schemas.xmlsoap.org/soap/envelope/"
const envelope = (content: string, head = ""): string =>
  `<s:Envelope xmlns:s="${envelopeNamespace}" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">${head}<s:Body>${content}</s:Body></s:Envelope>`
const saved = (result: string): string =>
  envelope(`<SavePaymentRequestResponse xmlns="${serviceNamespace}">${result}</SavePaymentRequestResponse>`)
const savedMembers = (members: string): string =>
  saved(`<SavePaymentRequestResult xmlns:a="${dataNamespace}">${members}</SavePaymentRequestResult>`)

const result = (reply: string) => {
  const read = Result.getOrThrow(readReply(save, reply))
  if (read._tag !== "Result") throw new Error("a fault")
  return read.members
}
const problem = (reply: string | Uint8Array) => {
  const read = readReply(save, reply)
  if (Result.isSuccess(read)) throw new Error("was accepted")
  return read.failure
}

const id = "08840043-1c60-e211-b74f-0050569b000e"

describe("the reply decoder", () => {
  it("reads WCF's reply by namespaces and names, whatever the prefixes", () => {
    assert.deepStrictEqual(result(saveReply), {
      SavePaymentRequestResult: {
        PaymentRequestId: id,
        PaymentRequestUrl: `https://mm.example/Payments/?id=${id}&x=1`
      }
    })
  })

  it("reads a status as the text it is, surrounding members and a header aside", () => {
    const reply = envelope(
      `<q:CheckPaymentRequestStatusResponse xmlns:q="${serviceNamespace}"><q:CheckPaymentRequestStatusResult>E</q:CheckPaymentRequestStatusResult><q:Later>1</q:Later></q:CheckPaymentRequestStatusResponse>`,
      `<s:Header><h:Trace xmlns:h="urn:h" s:mustUnderstand="0">1</h:Trace></s:Header>`
    )
    assert.deepStrictEqual(Result.getOrThrow(readReply(statusPlan, reply)), {
      _tag: "Result",
      members: { CheckPaymentRequestStatusResult: "E" }
    })
  })

  it("tells nil, empty and absent apart", () => {
    assert.deepStrictEqual(result(saved(`<SavePaymentRequestResult i:nil="true"/>`)), {
      SavePaymentRequestResult: null
    })
    assert.deepStrictEqual(result(savedMembers(`<a:PaymentRequestId/><a:PaymentRequestUrl i:nil="1"/>`)), {
      SavePaymentRequestResult: { PaymentRequestId: "", PaymentRequestUrl: null }
    })
    assert.deepStrictEqual(result(savedMembers("")), { SavePaymentRequestResult: {} })
    assert.deepStrictEqual(result(saved("")), {})
  })

  it("takes character data from CDATA and references too", () => {
    assert.deepStrictEqual(
      result(savedMembers(`<a:PaymentRequestUrl>a<![CDATA[&<]]>&amp;&#x17E;</a:PaymentRequestUrl>`)),
      { SavePaymentRequestResult: { PaymentRequestUrl: "a&<&ž" } }
    )
  })

  const secret = "77777"
  const malformed: ReadonlyArray<readonly [string, MalformedProblem, string | Uint8Array]> = [
    ["an HTML page", "not_well_formed", `<!doctypehtml><html><body><p>${secret}<br></body></html>`],
    ["an XHTML page", "not_soap", `<html><body><p>${secret}</p></body></html>`],
    ["a reply cut in a tag", "not_well_formed", saveReply.slice(0, saveReply.indexOf("</SavePaymentRequestR") + 9)],
    ["a reply cut between tags", "not_well_formed", saveReply.slice(0, saveReply.indexOf("</s:Body>"))],
    ["mismatched tags", "not_well_formed", savedMembers(`<a:PaymentRequestId>${secret}</a:PaymentRequestUrl>`)],
    ["a DOCTYPE", "doctype", `<!DOCTYPE s [<!ENTITY e "${secret}">]>${saved("")}`],
    [
      "an unbound prefix",
      "not_well_formed",
      saved(`<b:SavePaymentRequestResult>${secret}</b:SavePaymentRequestResult>`)
    ],
    ["an empty reply", "not_well_formed", ""],
    ["plain text", "not_well_formed", `Service unavailable ${secret}`],
    ["two roots", "not_well_formed", `${saved("")}${saved("")}`],
    ["an unknown entity", "not_well_formed", savedMembers(`<a:PaymentRequestId>&e${secret};</a:PaymentRequestId>`)],
    ["garbage after the envelope", "not_well_formed", `${saved("")}${secret}`],
    [
      "a duplicate attribute",
      "not_well_formed",
      savedMembers(`<a:PaymentRequestId b="${secret}" b="2">1</a:PaymentRequestId>`)
    ],
    [
      "an attribute that is double by its namespace",
      "not_well_formed",
      savedMembers(`<a:PaymentRequestId xmlns:b="${dataNamespace}" a:x="1" b:x="${secret}"/>`)
    ],
    [
      "bytes that are not UTF-8",
      "not_utf8",
      Buffer.from(savedMembers("<a:PaymentRequestId>é</a:PaymentRequestId>"), "latin1")
    ],
    ["UTF-16", "not_utf8", Buffer.from(`\uFEFF${saved("")}`, "utf16le")],
    ["a declared foreign encoding", "not_utf8", `<?xml version="1.0" encoding="windows-1257"?>${saved("")}`],
    ["XML 1.1", "not_well_formed", `<?xml version="1.1"?>${saved("")}`],
    [
      "a SOAP 1.2 envelope",
      "not_soap",
      saved("").replace(envelopeNamespace, "http://www.w3.org/2003/05/soap-envelope")
    ],
    ["an envelope without a Body", "not_soap", `<s:Envelope xmlns:s="${envelopeNamespace}"/>`],
    ["two Bodies", "not_soap", saved("").replace("<s:Body>", "<s:Body/><s:Body>")],
    ["an empty Body", "empty_body", envelope("")],
    ["two elements in the Body", "several_bodies", envelope(`<a xmlns="urn:a"/><b xmlns="urn:b"/>`)],
    ["text in the Body", "unexpected_content", envelope(`${secret}<a xmlns="urn:a"/>`)],
    ["another operation's reply", "unexpected_element", envelope(`<PingResponse xmlns="${serviceNamespace}"/>`)],
    ["the reply element in a foreign namespace", "foreign_namespace", saved("").replace(serviceNamespace, "urn:x")],
    [
      "the result in a foreign namespace",
      "foreign_namespace",
      saved(
        `<SavePaymentRequestResult xmlns="urn:x"><PaymentRequestId>${secret}</PaymentRequestId></SavePaymentRequestResult>`
      )
    ],
    [
      "a member in a foreign namespace",
      "foreign_namespace",
      savedMembers(`<PaymentRequestId xmlns="urn:x">${secret}</PaymentRequestId>`)
    ],
    [
      "a member without a namespace",
      "foreign_namespace",
      savedMembers(`<PaymentRequestId xmlns="">${secret}</PaymentRequestId>`)
    ],
    [
      "a member that occurs twice",
      "duplicate_element",
      savedMembers(`<a:PaymentRequestId>1</a:PaymentRequestId><a:PaymentRequestId>${secret}</a:PaymentRequestId>`)
    ],
    ["text between members", "unexpected_content", savedMembers(`${secret}<a:PaymentRequestId>1</a:PaymentRequestId>`)],
    [
      "elements inside a text member",
      "unexpected_element",
      savedMembers(`<a:PaymentRequestId><a:PaymentRequestId>${secret}</a:PaymentRequestId></a:PaymentRequestId>`)
    ],
    [
      "a nil member with content",
      "unexpected_content",
      savedMembers(`<a:PaymentRequestId i:nil="true">${secret}</a:PaymentRequestId>`)
    ],
    [
      "a nil reply element",
      "unexpected_content",
      envelope(`<SavePaymentRequestResponse xmlns="${serviceNamespace}" i:nil="true"/>`)
    ],
    [
      "a header that must be understood",
      "must_understand",
      saved("").replace("<s:Body>", `<s:Header><h:X xmlns:h="urn:h" s:mustUnderstand="1"/></s:Header><s:Body>`)
    ]
  ]
  it.each(malformed)("refuses %s as %s, without its values", (_, expected, reply) => {
    const error = problem(reply)
    assert.strictEqual(error.problem, expected)
    assert.notInclude(`${String(error)} ${JSON.stringify(error)} ${error.stack}`, secret)
  })

  it("refuses a reply cut at any byte", () => {
    const bytes = Buffer.from(saveReply)
    for (let length = 0; length < bytes.length - 1; length++) {
      assert.strictEqual(problem(bytes.subarray(0, length)).problem, "not_well_formed", `cut at ${length}`)
    }
  })
})
