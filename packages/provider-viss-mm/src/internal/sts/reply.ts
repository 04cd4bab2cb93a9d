import * as Result from "effect/Result"

import { MalformedMessage, type MalformedProblem } from "../MalformedMessage.ts"
import type { XmlNode } from "../xml/parse.ts"
import { namespaces } from "./names.ts"

/**
 * A SOAP 1.2 fault. `subcode` is the local part of the innermost Subcode, or of the Code where there is none. Its text
 * may name a person's case: it is data, not for logs.
 */
export interface Fault {
  readonly subcode: string
  /** Whether our message is to blame, by the fault's Code. */
  readonly isSender: boolean
  readonly text: string
  readonly detail?: XmlNode
}

export type Reply =
  | { readonly _tag: "Content"; readonly content: XmlNode }
  | { readonly _tag: "Fault"; readonly fault: Fault }

type Read<A> = Result.Result<A, MalformedMessage>

const malformed = (problem: MalformedProblem, message: string): Read<never> =>
  Result.fail(new MalformedMessage({ problem, message }))

export const childrenNamed = (node: XmlNode, namespace: string, name: string): ReadonlyArray<XmlNode> =>
  node.children.filter((child) => child.name === name && child.namespace === namespace)

/** The one child of that name. */
export const childNamed = (node: XmlNode, namespace: string, name: string): Read<XmlNode> => {
  const [found, ...others] = childrenNamed(node, namespace, name)
  if (found === undefined) return malformed("missing_element", `${node.name} has no ${name}`)
  return others.length === 0
    ? Result.succeed(found)
    : malformed("duplicate_element", `${node.name} has several ${name}`)
}

const understood: ReadonlySet<string> = new Set([
  `${namespaces.addressing} Action`,
  `${namespaces.addressing} RelatesTo`,
  `${namespaces.addressing} To`,
  `${namespaces.addressing} MessageID`,
  // WCF's own Timestamp: the channel is TLS to a server that was verified, so it proves nothing more here.
  `${namespaces.security} Security`
])

const demandsMore = (block: XmlNode): boolean =>
  !understood.has(`${block.namespace} ${block.name}`) &&
  block.attributes.some(
    ({ name, namespace, value }) =>
      namespace === namespaces.soap && name === "mustUnderstand" && /^\s*(?:1|true)\s*$/.test(value)
  )

const localPart = (qname: string): string => qname.trim().split(":").at(-1) ?? ""

const innermostCode = (code: XmlNode): Read<string> =>
  Result.gen(function* () {
    const [subcode] = childrenNamed(code, namespaces.soap, "Subcode")
    if (subcode !== undefined) return yield* innermostCode(subcode)
    return localPart((yield* childNamed(code, namespaces.soap, "Value")).text)
  })

const readFault = (fault: XmlNode): Read<Fault> =>
  Result.gen(function* () {
    const code = yield* childNamed(fault, namespaces.soap, "Code")
    const subcode = yield* innermostCode(code)
    const isSender = localPart((yield* childNamed(code, namespaces.soap, "Value")).text) === "Sender"
    const [reason] = childrenNamed(fault, namespaces.soap, "Reason")
    const text = reason?.children.map((one) => one.text).join("\n") ?? ""
    const [detail] = childrenNamed(fault, namespaces.soap, "Detail")
    return { subcode, isSender, text, ...(detail === undefined ? {} : { detail }) }
  })

const checkRelation = (header: XmlNode, messageId: string): Read<true> => {
  const relations = childrenNamed(header, namespaces.addressing, "RelatesTo")
  return relations.every(({ text }) => text.trim() === messageId)
    ? Result.succeed(true)
    : malformed("unexpected_content", "The reply belongs to another message")
}

/** Reads a SOAP 1.2 envelope: what is in its Body, or the fault. `messageId` is of the message that it must answer. */
export const readReply = (root: XmlNode, messageId: string): Read<Reply> =>
  Result.gen(function* () {
    if (root.name !== "Envelope" || root.namespace !== namespaces.soap) {
      return yield* malformed("not_soap", "The document is not a SOAP 1.2 envelope")
    }
    const [header] = childrenNamed(root, namespaces.soap, "Header")
    if (header !== undefined) {
      if (header.children.some(demandsMore)) {
        return yield* malformed("must_understand", "The reply has a SOAP header that must be understood and is not")
      }
      yield* checkRelation(header, messageId)
    }
    const body = yield* childNamed(root, namespaces.soap, "Body")
    const [content, ...others] = body.children
    if (content === undefined) return yield* malformed("empty_body", "The SOAP Body is empty")
    if (others.length > 0) return yield* malformed("several_bodies", "The SOAP Body has several elements")
    return content.name === "Fault" && content.namespace === namespaces.soap
      ? ({ _tag: "Fault", fault: yield* readFault(content) } satisfies Reply)
      : ({ _tag: "Content", content } satisfies Reply)
  })
