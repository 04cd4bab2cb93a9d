import * as Result from "effect/Result"

import { MalformedMessage, type MalformedProblem } from "../MalformedMessage.ts"
import type { XmlNode } from "../xml/parse.ts"
import { ivisEnvelope } from "./names.ts"

/** What is used of an IVISResponse or IVISRequest. Ids are as they came, unchecked. */
export interface IvisMessage {
  readonly kind: "IVISResponse" | "IVISRequest"
  readonly transactionId: string | undefined
  readonly correlationId: string | undefined
  readonly isSuccess: boolean
  readonly paymentRequestId: string | undefined
  readonly paymentRequestUrl: string | undefined
  /** Of a refusal. */
  readonly errorCode: string | undefined
}

type Read<A> = Result.Result<A, MalformedMessage>

const malformed = (problem: MalformedProblem, message: string): Read<never> =>
  Result.fail(new MalformedMessage({ problem, message }))

const soapNamespaces: ReadonlySet<string> = new Set([
  "http://www.w3.org/2003/05/soap-envelope",
  "http://schemas.xmlsoap.org/soap/envelope/"
])

/** The child of that name, in any namespace: the payment module's own is not public. */
const childOf = (parent: XmlNode, name: string, namespace?: string): Read<XmlNode | undefined> => {
  const [found, ...others] = parent.children.filter(
    (child) => child.name === name && (namespace === undefined || child.namespace === namespace)
  )
  return others.length === 0
    ? Result.succeed(found)
    : malformed("duplicate_element", `${parent.name} has several ${name}`)
}

const textAt = (root: XmlNode, ...names: ReadonlyArray<string>): Read<string | undefined> =>
  Result.gen(function* () {
    let node: XmlNode | undefined = root
    for (const name of names) node = node === undefined ? undefined : yield* childOf(node, name)
    const text = node?.children.length === 0 ? node.text.trim() : ""
    return text === "" ? undefined : text
  })

const isMessage = (node: XmlNode): boolean =>
  (node.name === "IVISResponse" || node.name === "IVISRequest") && node.namespace === ivisEnvelope

/** The message: alone, or as the only one in what an operation wraps around it. */
const messageIn = (node: XmlNode): XmlNode | undefined => {
  if (isMessage(node)) return node
  const [only, ...others] = node.children.filter(isMessage)
  return others.length === 0 ? only : undefined
}

const withoutEnvelope = (root: XmlNode): Read<XmlNode> =>
  Result.gen(function* () {
    if (root.name !== "Envelope") return root
    if (!soapNamespaces.has(root.namespace)) return yield* malformed("not_soap", "The document is no SOAP envelope")
    const body = yield* childOf(root, "Body", root.namespace)
    const [content, ...others] = body?.children ?? []
    if (content === undefined) return yield* malformed("empty_body", "The SOAP Body is empty")
    return others.length === 0 ? content : yield* malformed("several_bodies", "The SOAP Body has several elements")
  })

/**
 * Reads the IVIS message in a document: bare, in a SOAP envelope, or in an operation's element.
 *
 * ASSUMPTION(viss-mm#42): a message that tells of a request has its id in `PaymentRequestResponse`, and one that refuses it
 * has a `Result` other than `success` and an `ErrorCode` in an `ErrorList`.
 */
export const readIvisMessage = (root: XmlNode): Read<IvisMessage> =>
  Result.gen(function* () {
    const message = messageIn(yield* withoutEnvelope(root))
    if (message === undefined) return yield* malformed("unexpected_element", "The document has no single IVIS message")
    const header = yield* childOf(message, "Header", ivisEnvelope)
    const body = yield* childOf(message, "Body", ivisEnvelope)
    if (header === undefined || body === undefined) {
      return yield* malformed("missing_element", `${message.name} lacks its Header or its Body`)
    }
    const payments = (yield* childOf(body, "PaymentsDataStructure")) ?? body
    return {
      kind: message.name === "IVISResponse" ? "IVISResponse" : "IVISRequest",
      transactionId: yield* textAt(header, "TransactionID"),
      correlationId: yield* textAt(header, "CorrelationID"),
      isSuccess: (yield* textAt(header, "Result"))?.toLowerCase() === "success",
      paymentRequestId: yield* textAt(payments, "PaymentRequestResponse", "PaymentRequestId"),
      paymentRequestUrl: yield* textAt(payments, "PaymentRequestResponse", "PaymentRequestUrl"),
      errorCode: yield* textAt(body, "ErrorList", "Error", "ErrorCode")
    }
  })
