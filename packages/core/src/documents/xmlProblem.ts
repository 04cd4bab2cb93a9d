// Whether an XML document is whole and plain: elements balanced, no DTD, nothing that XML 1.0 does not allow where it stands.
// Namespaces and meaning are the adapter's, who reads it with a parser; this tells a document from half of one, a page or a trap.

const maxDepth = 256
const name = String.raw`[\p{L}_:][\p{L}\p{M}\p{N}_:.\-·]*`
const attribute = String.raw`\s+(?:${name})\s*=\s*(?:"[^<"]*"|'[^<']*')`
const startTag = new RegExp(String.raw`<(${name})((?:${attribute})*)\s*(/?)>`, "yu")
const endTag = new RegExp(String.raw`</(${name})\s*>`, "yu")
const attributeName = new RegExp(String.raw`\s(${name})\s*=\s*(?:"[^"]*"|'[^']*')`, "gu")
// Without a DTD there are these entities and no others.
const strayAmpersand = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/
// oxlint-disable-next-line no-control-regex -- these are the characters that XML forbids
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/

/** Parts that hold no elements, by how they begin and end. */
const skipped = [
  ["<!--", "-->"],
  ["<?", "?>"],
  ["<![CDATA[", "]]>"]
] as const

const hasTwice = (attributes: string): boolean => {
  const names = [...attributes.matchAll(attributeName)].map(([, found]) => found)
  return new Set(names).size !== names.length
}

/** What is wrong with the text of an XML document; `undefined`: nothing. Quotes nothing of it. */
export const xmlProblem = (text: string): string | undefined => {
  if (forbidden.test(text)) return "it has a character that XML forbids"
  const open: Array<string> = []
  let roots = 0
  for (let at = 0; at < text.length;) {
    const next = text.indexOf("<", at)
    const between = text.slice(at, next < 0 ? text.length : next)
    if (open.length === 0 ? between.trim() !== "" : strayAmpersand.test(between)) return "it has text where none may be"
    if (next < 0) break
    const part = skipped.find(([begin]) => text.startsWith(begin, next))
    if (part !== undefined) {
      const [begin, end] = part
      const close = text.indexOf(end, next + begin.length)
      if (close < 0 || (begin === "<![CDATA[" && open.length === 0)) return "a part of it does not end"
      at = close + end.length
      continue
    }
    if (text.startsWith("<!", next)) return "it has a DOCTYPE"
    const pattern = text.startsWith("</", next) ? endTag : startTag
    pattern.lastIndex = next
    const tag = pattern.exec(text)
    if (tag === null) return "a tag in it is broken"
    const [whole, element = "", attributes = "", isEmpty] = tag
    at = next + whole.length
    if (pattern === endTag) {
      if (open.pop() !== element) return "its elements do not balance"
      continue
    }
    if (open.length === 0 && ++roots > 1) return "it has two roots"
    if (strayAmpersand.test(attributes) || hasTwice(attributes)) return "an attribute in it is broken"
    if (isEmpty === "") open.push(element)
    if (open.length > maxDepth) return "it is nested too deep"
  }
  if (open.length > 0) return "an element in it does not end"
  return roots === 0 ? "it has no element" : undefined
}
