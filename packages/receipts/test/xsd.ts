import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { XMLParser } from "fast-xml-parser"

/** A node as fast-xml-parser gives it with `preserveOrder`: one key with the name, its children, and `:@` for attributes. */
interface Node {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: ReadonlyArray<Node>
  readonly text: string
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null

const toNodes = (raw: unknown): ReadonlyArray<Node> => {
  if (!Array.isArray(raw)) return []
  return raw.flatMap((item: unknown) => {
    if (!isRecord(item)) return []
    const name = Object.keys(item).find((key) => key !== ":@" && key !== "#text")
    if (name === undefined) return []
    const content = item[name]
    const attributes = isRecord(item[":@"]) ? item[":@"] : {}
    const text = Array.isArray(content)
      ? content.map((child: unknown) => (isRecord(child) && "#text" in child ? String(child["#text"]) : "")).join("")
      : ""
    return [
      {
        name,
        attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, String(value)])),
        children: toNodes(content),
        text
      }
    ]
  })
}

export const parse = (xml: string): Node => {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    ignoreDeclaration: true
  })
  const root = toNodes(parser.parse(xml, true)).find((node) => !node.name.startsWith("?"))
  if (root === undefined) throw new Error("no root element")
  return root
}

export const child = (node: Node, name: string): Node => {
  const found = node.children.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no <${name}> in <${node.name}>`)
  return found
}

const schema = parse(readFileSync(fileURLToPath(new URL("../xsd/confirmation-1.xsd", import.meta.url)), "utf8"))

const builtIn: Readonly<Record<string, RegExp>> = {
  "xs:string": /^.*$/su,
  "xs:boolean": /^(?:true|false|1|0)$/,
  "xs:dateTime": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/
}

const typeNamed = (name: string): Node => {
  const found = schema.children.find((one) => one.attributes["name"] === name && one.name !== "xs:element")
  if (found === undefined) throw new Error(`the schema has no type ${name}`)
  return found
}

const checkText = (text: string, type: string, path: string): ReadonlyArray<string> => {
  const pattern = builtIn[type]
  if (pattern !== undefined) return pattern.test(text) ? [] : [`${path}: not a ${type}`]
  const restriction = child(typeNamed(type), "xs:restriction")
  const values = restriction.children
    .filter((one) => one.name === "xs:enumeration")
    .map((one) => one.attributes["value"])
  const own = restriction.children.flatMap((facet) => {
    const value = facet.attributes["value"] ?? ""
    if (facet.name === "xs:pattern")
      return new RegExp(`^(?:${value})$`, "u").test(text) ? [] : [`${path}: pattern ${value}`]
    if (facet.name === "xs:minLength") return text.length >= Number(value) ? [] : [`${path}: too short`]
    if (facet.name === "xs:enumeration") return values.includes(text) ? [] : [`${path}: not one of ${values.join()}`]
    throw new Error(`the checker does not know ${facet.name}`)
  })
  return [...own, ...checkText(text, restriction.attributes["base"] ?? "", path)]
}

const checkAttributes = (node: Node, holder: Node, path: string): ReadonlyArray<string> => {
  const declared = holder.children.filter((one) => one.name === "xs:attribute")
  const names = new Set(declared.map((one) => one.attributes["name"]))
  const unknown = Object.keys(node.attributes).filter((name) => name !== "xmlns" && !names.has(name))
  return [
    ...unknown.map((name) => `${path}: attribute ${name} is not declared`),
    ...declared.flatMap((one) => {
      const name = one.attributes["name"] ?? ""
      const value = node.attributes[name]
      if (value !== undefined) return checkText(value, one.attributes["type"] ?? "", `${path}@${name}`)
      return one.attributes["use"] === "required" ? [`${path}: attribute ${name} is missing`] : []
    })
  ]
}

const checkComplex = (node: Node, type: Node, path: string): ReadonlyArray<string> => {
  const simple = type.children.find((one) => one.name === "xs:simpleContent")
  if (simple !== undefined) {
    const extension = child(simple, "xs:extension")
    const surplus = node.children.map((one) => `${path}: <${one.name}> is not allowed`)
    return [
      ...surplus,
      ...checkText(node.text, extension.attributes["base"] ?? "", path),
      ...checkAttributes(node, extension, path)
    ]
  }
  const problems: Array<string> = []
  let next = 0
  for (const particle of child(type, "xs:sequence").children) {
    const name = particle.attributes["name"]
    const most = particle.attributes["maxOccurs"] === "unbounded" ? Infinity : 1
    let count = 0
    for (
      let one = node.children[next];
      one !== undefined && one.name === name && count < most;
      one = node.children[next]
    ) {
      problems.push(...checkElement(one, particle, `${path}/${one.name}`))
      next++
      count++
    }
    if (count < Number(particle.attributes["minOccurs"] ?? 1))
      problems.push(`${path}: <${name}> is missing or out of order`)
  }
  for (const one of node.children.slice(next)) problems.push(`${path}: <${one.name}> is not expected here`)
  if (node.text.trim() !== "") problems.push(`${path}: text is not allowed`)
  return [...problems, ...checkAttributes(node, type, path)]
}

const checkElement = (node: Node, declaration: Node, path: string): ReadonlyArray<string> => {
  const inline = declaration.children.find((one) => one.name === "xs:complexType")
  if (inline !== undefined) return checkComplex(node, inline, path)
  const type = declaration.attributes["type"] ?? ""
  if (builtIn[type] !== undefined || typeNamed(type).name === "xs:simpleType") {
    return [...node.children.map((one) => `${path}: <${one.name}> is not allowed`), ...checkText(node.text, type, path)]
  }
  return checkComplex(node, typeNamed(type), path)
}

/** What is wrong with a document by the package's schema; knows those parts of XML Schema that the schema uses. */
export const problemsOf = (xml: string): ReadonlyArray<string> => {
  const root = parse(xml)
  const declaration = child(schema, "xs:element")
  if (root.name !== declaration.attributes["name"]) return [`the root is <${root.name}>`]
  if (root.attributes["xmlns"] !== schema.attributes["targetNamespace"]) return ["the namespace is another one"]
  return checkElement(root, declaration, root.name)
}
