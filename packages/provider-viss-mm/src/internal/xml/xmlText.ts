/** Everything outside the characters that XML 1.0 allows, lone surrogates among them (XML 1.0, 2.2 Characters). */
const illegal = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u

const special = /[&<>"\r]/g
const escapes: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
  // A parser would turn a bare carriage return into a line feed (XML 1.0, 2.11 End-of-Line Handling).
  ["\r", "&#13;"]
])

/** Beside ordinary text, which is nearly all there is: one quick look spares the two slow ones. */
const unusual = /[^\t\n\u0020-\uD7FF]|[&<>"]/

/** Tells whether XML 1.0 can carry the text at all; control characters cannot even be escaped. */
export const isXmlText = (text: string): boolean => !unusual.test(text) || !illegal.test(text)

/** Escapes text for element content and for double-quoted attribute values. */
export const escapeXml = (text: string): string =>
  unusual.test(text) ? text.replace(special, (found) => escapes.get(found) ?? found) : text
