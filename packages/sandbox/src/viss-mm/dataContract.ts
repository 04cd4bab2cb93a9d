import { DeserializationError } from "./errors.ts"
import { namespaces } from "./namespaces.ts"
import type { XmlElement } from "./xmlRead.ts"

const isNil = (node: XmlElement): boolean => {
  const nil = node.attributes.get(`{${namespaces.instance}}nil`)
  return nil === "true" || nil === "1"
}

/**
 * The members of a data contract that a server finds in an element. DataContractSerializer expects them in ordinal
 * alphabetical order and its own namespace, and silently skips whatever comes elsewhere; `strict` does the same.
 * Lenient reading takes any order and namespace. `nil` members are left out.
 */
export const readMembers = (
  node: XmlElement,
  names: ReadonlyArray<string>,
  strict: boolean,
  namespace: string = namespaces.data
): ReadonlyMap<string, XmlElement> => {
  const found = new Map<string, XmlElement>()
  let next = 0
  for (const child of node.children) {
    const index = names.indexOf(child.name)
    if (index < 0) continue
    if (strict && (child.namespace !== namespace || index < next)) continue
    if (!strict && found.has(child.name)) continue
    next = index + 1
    if (!isNil(child)) found.set(child.name, child)
  }
  return found
}

/** Items of an array member. */
export const readItems = (node: XmlElement | undefined, itemName: string, strict: boolean): ReadonlyArray<XmlElement> =>
  (node?.children ?? []).filter(
    (child) => child.name === itemName && (!strict || child.namespace === namespaces.data) && !isNil(child)
  )

/** Text of a string member; absent, nil and empty are alike. */
export const readText = (members: ReadonlyMap<string, XmlElement>, name: string): string | undefined => {
  const text = members.get(name)?.text
  return text === undefined || text.trim() === "" ? undefined : text
}

/** xsd:boolean; absent and empty are false. */
export const readBoolean = (members: ReadonlyMap<string, XmlElement>, name: string): boolean => {
  const text = readText(members, name)?.trim()
  if (text === undefined || text === "false" || text === "0") return false
  if (text === "true" || text === "1") return true
  throw new DeserializationError(name)
}
