/** Markup that is safe to send: made by `html` only, which escapes everything that is put into it. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Part = Html | string | number | undefined | false | ReadonlyArray<Html>

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}

const toText = (part: Part): string => {
  if (part === undefined || part === false) return ""
  if (part instanceof Html) return part.text
  if (typeof part === "string") return part.replace(/[&<>"']/g, (character) => escapes[character] ?? "")
  if (typeof part === "number") return String(part)
  return part.map((one) => one.text).join("")
}

/** A template whose values are escaped unless they are markup themselves; attributes must be quoted. */
export const html = (strings: TemplateStringsArray, ...parts: ReadonlyArray<Part>): Html =>
  new Html(strings.map((string, index) => string + toText(parts[index])).join(""))
