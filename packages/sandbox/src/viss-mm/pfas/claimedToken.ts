import { ns } from "../sts/names.ts"
import type { Message } from "../sts/soap12.ts"
import type { XmlElement } from "../xmlRead.ts"

const find = (node: XmlElement, names: ReadonlySet<string>): XmlElement | undefined => {
  if (names.has(`${node.namespace} ${node.name}`)) return node
  for (const child of node.children) {
    const found = find(child, names)
    if (found !== undefined) return found
  }
  return undefined
}

const subjects: ReadonlySet<string> = new Set([`${ns.saml2} NameID`, `${ns.saml1} NameIdentifier`])

/** Whom the message's token names, without checking anything: for the list of calls. Unreadable in a sealed one. */
export const claimedToken = ({ security }: Message): string | undefined =>
  find(security, subjects)?.text.replace(/^AU:/, "")
