import * as Result from "effect/Result"

import { MalformedMessage } from "../MalformedMessage.ts"
import type { XmlNode } from "../xml/parse.ts"

/**
 * A SOAP 1.1 fault. Its texts are the provider's and may name a person's case: they are data, not for logs.
 *
 * `code` is the local part of `faultcode` (`Client`, `Server`, WCF's `DeserializationFailed`); `detail` has what the
 * first detail entry says, in whatever namespace, and the entry's own local name.
 */
export interface SoapFault {
  readonly code: string
  readonly text: string
  readonly detail?: { readonly entry?: string; readonly errorCode?: string; readonly message?: string }
}

/** What may be shown of a code that MM or WCF gives: anything else might be a text about a person. */
export const codeLike = /^[\w.:-]{1,40}$/

const childNamed = (node: XmlNode | undefined, name: string): XmlNode | undefined =>
  node?.children.find((child) => child.name === name)

const textNamed = (nodes: ReadonlyArray<XmlNode>, name: string): string | undefined => {
  for (const node of nodes) {
    const text = childNamed(node, name)?.text.trim()
    if (text !== undefined && text !== "") return text
  }
  return undefined
}

/**
 * Reads a fault by local names in any namespace: MM's own fault has a namespace that is not public, and the faults of
 * WCF itself come in two others.
 */
export const decodeFault = (fault: XmlNode): Result.Result<SoapFault, MalformedMessage> => {
  const code = childNamed(fault, "faultcode")?.text.trim().split(":").at(-1)
  if (code === undefined || code === "") {
    return Result.fail(new MalformedMessage({ problem: "missing_element", message: "The fault has no faultcode" }))
  }
  const text = childNamed(fault, "faultstring")?.text.trim() ?? ""
  const detail = childNamed(fault, "detail")
  if (detail === undefined) return Result.succeed({ code, text })
  const entries = [...detail.children, detail]
  const entry = detail.children[0]?.name
  const errorCode = textNamed(entries, "ErrorCode")
  const message = textNamed(entries, "Message")
  return Result.succeed({
    code,
    text,
    detail: {
      ...(entry === undefined ? {} : { entry }),
      ...(errorCode === undefined ? {} : { errorCode }),
      ...(message === undefined ? {} : { message })
    }
  })
}
