/** A piece of finished XML; made only by `element`, so that text is always escaped. */
export interface Xml {
  readonly xml: string
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#xD;",
  "\n": "&#xA;",
  "\t": "&#x9;"
}

/** XML 1.0 cannot hold most control characters and lone surrogates, even escaped; they become U+FFFD. */
const clean = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (character) => {
    const isAllowed = "\t\n\r".includes(character) || (character >= "\u007F" && character <= "\u009F")
    return isAllowed ? character : "\uFFFD"
  })

export const escapeText = (text: string): string =>
  clean(text).replace(/[&<>\r]/g, (character) => escapes[character] ?? character)

const escapeAttribute = (text: string): string =>
  clean(text).replace(/[&<>"\r\n\t]/g, (character) => escapes[character] ?? character)

export const element = (
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...content: ReadonlyArray<Xml | string>
): Xml => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
  const inside = content.map((part) => (typeof part === "string" ? escapeText(part) : part.xml)).join("")
  return { xml: `<${name}${written.join("")}${inside === "" ? "/>" : `>${inside}</${name}>`}` }
}

export const document = (root: Xml): string => `<?xml version="1.0" encoding="utf-8"?>${root.xml}`
