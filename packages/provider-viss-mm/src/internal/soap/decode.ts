import * as Result from "effect/Result"

import { decodeFault, type SoapFault } from "./fault.ts"
import { MalformedMessage, type MalformedProblem } from "../MalformedMessage.ts"
import type { XmlNode } from "../xml/parse.ts"
import { listItem, type OperationPlan } from "./plan.ts"
import type { ElementPlan, StructType } from "./typePlan.ts"

/**
 * A decoded value. Every simple value stays the text it was, numbers, booleans and dates too; `null` is `i:nil`; an
 * absent element is an absent member; a list type is an array.
 */
export type Decoded = string | null | ReadonlyArray<Decoded> | { readonly [member: string]: Decoded }

/** What the service answered: the members of the operation's reply element, or a fault. */
export type SoapReply =
  | { readonly _tag: "Result"; readonly members: { readonly [member: string]: Decoded } }
  | { readonly _tag: "Fault"; readonly fault: SoapFault }

/** Reads the envelope of one operation's reply. */
export type Decoder = (envelope: XmlNode) => Result.Result<SoapReply, MalformedMessage>

const soapEnvelope = "http://schemas.xmlsoap.org/soap/envelope/"

const malformed = (problem: MalformedProblem, message: string): MalformedMessage =>
  new MalformedMessage({ problem, message })

type Read<A> = Result.Result<A, MalformedMessage>

const readSingle = (plan: ElementPlan, node: XmlNode, path: string): Read<Decoded> => {
  const isEmpty = node.children.length === 0 && node.text.trim() === ""
  if (node.isNil) {
    return isEmpty
      ? Result.succeed(null)
      : Result.fail(malformed("unexpected_content", `${path} is declared nil and has content`))
  }
  if (plan.type.kind === "leaf") {
    return node.children.length === 0
      ? Result.succeed(node.text)
      : Result.fail(malformed("unexpected_element", `${path} has elements where the WSDL has text`))
  }
  const item = listItem(plan)
  if (item === undefined) return readMembers(plan.type, node, path)
  return Result.map(readMembers(plan.type, node, path), (members) => members[item.name] ?? [])
}

/** The place of the child among the members; -1 for one that a newer service has added, which is passed over. */
const fieldAt = ({ fields }: StructType, { name, namespace }: XmlNode): number =>
  fields.findIndex((field) => field.name === name && field.namespace === namespace)

// Written without a generator: it runs for every element of every reply.
const readMembers = (type: StructType, node: XmlNode, path: string): Read<{ readonly [member: string]: Decoded }> => {
  if (node.text.trim() !== "") {
    return Result.fail(malformed("unexpected_content", `${path} has text between its elements`))
  }
  const { fields } = type
  const found: Array<Decoded | undefined> = []
  const lists = new Map<number, Array<Decoded>>()
  for (const child of node.children) {
    const at = fieldAt(type, child)
    const field = fields[at]
    if (field === undefined) {
      // A known name in a foreign namespace is another thing by design or by attack, and reading past it would make a
      // value silently absent.
      if (fields.every(({ name }) => name !== child.name)) continue
      return Result.fail(malformed("foreign_namespace", `${path}.${child.name} is not in the WSDL's namespace`))
    }
    const read = readSingle(field, child, `${path}.${field.name}`)
    if (Result.isFailure(read)) return Result.fail(read.failure)
    if (field.many) {
      const all = lists.get(at) ?? []
      all.push(read.success)
      lists.set(at, all)
      found[at] = all
    } else if (found[at] === undefined) found[at] = read.success
    else return Result.fail(malformed("duplicate_element", `${path}.${field.name} occurs twice`))
  }
  const members: Array<readonly [string, Decoded]> = []
  for (const [at, { name, required }] of fields.entries()) {
    const value = found[at]
    if (value !== undefined) members.push([name, value])
    else if (required) {
      return Result.fail(malformed("missing_element", `${path} lacks ${name}, which the WSDL requires`))
    }
  }
  return Result.succeed(Object.fromEntries(members))
}

const isSoap = (node: XmlNode, name: string): boolean => node.namespace === soapEnvelope && node.name === name

/** SOAP 1.1, 4.2.3: a header that must be understood and is not makes the message void. */
const mustBeUnderstood = (header: XmlNode): boolean =>
  header.attributes.some(
    ({ namespace, name, value }) =>
      namespace === soapEnvelope && name === "mustUnderstand" && (value.trim() === "1" || value.trim() === "true")
  )

const bodyOf = (root: XmlNode): Read<XmlNode> => {
  if (root.name === "Envelope" && root.namespace !== soapEnvelope) {
    return Result.fail(malformed("not_soap", "The document is an envelope of something other than SOAP 1.1"))
  }
  if (!isSoap(root, "Envelope")) return Result.fail(malformed("not_soap", "The document is not a SOAP envelope"))
  const [first] = root.children
  const header = first !== undefined && isSoap(first, "Header") ? first : undefined
  const at = header === undefined ? 0 : 1
  const body = root.children[at]
  if (header?.children.some(mustBeUnderstood) === true) {
    return Result.fail(malformed("must_understand", "The reply has a SOAP header that must be understood and is not"))
  }
  if (body === undefined || !isSoap(body, "Body") || root.children.length > at + 1) {
    return Result.fail(malformed("not_soap", "The SOAP envelope is not one optional Header and one Body"))
  }
  const [content] = body.children
  if (body.text.trim() !== "" || root.text.trim() !== "") {
    return Result.fail(malformed("unexpected_content", "The SOAP envelope has text between its elements"))
  }
  if (content === undefined) return Result.fail(malformed("empty_body", "The SOAP Body is empty"))
  return body.children.length === 1
    ? Result.succeed(content)
    : Result.fail(malformed("several_bodies", "The SOAP Body has several elements"))
}

/** Reads what the Body of an operation's reply holds: by namespace and name, with nothing guessed. */
export const decodeContent = (
  { output }: OperationPlan,
  content: XmlNode
): Read<{ readonly [member: string]: Decoded }> => {
  if (content.name !== output.name) {
    return Result.fail(malformed("unexpected_element", `The SOAP Body is not ${output.name}`))
  }
  if (content.namespace !== output.namespace) {
    return Result.fail(malformed("foreign_namespace", `${output.name} is not in the WSDL's namespace`))
  }
  return content.isNil || output.type.kind === "leaf"
    ? Result.fail(malformed("unexpected_content", `${output.name} has no members`))
    : readMembers(output.type, content, output.name)
}

/** Makes a strict decoder of an operation's SOAP 1.1 replies. */
export const decoder =
  (plan: OperationPlan): Decoder =>
  (envelope) => {
    const content = bodyOf(envelope)
    if (Result.isFailure(content)) return Result.fail(content.failure)
    return isSoap(content.success, "Fault")
      ? Result.map(decodeFault(content.success), (fault) => ({ _tag: "Fault", fault }))
      : Result.map(decodeContent(plan, content.success), (members) => ({ _tag: "Result", members }))
  }
