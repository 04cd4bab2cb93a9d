// Whether bytes are really the document that they claim to be.
import { SaxesParser } from "saxes"

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1")

/** What is wrong with a PDF's frame (ISO 32000-1, 7.5), or nothing: header, trailer, and a cross-reference where the trailer says. */
export const pdfFault = (bytes: Uint8Array): string | undefined => {
  const text = latin1(bytes)
  if (!text.startsWith("%PDF-")) return "the PDF does not begin with %PDF-"
  if (!/%%EOF\s*$/.test(text)) return "the PDF does not end with %%EOF"
  const offset = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1]
  if (offset === undefined) return "the PDF does not say where its cross-reference is"
  const table = text.slice(Number(offset))
  if (!/^xref\s/.test(table) && !/^\d+ \d+ obj\b/.test(table)) return "the PDF's cross-reference is not where it says"
  if (!/\/Type\s*\/Catalog\b/.test(text) && !text.includes("/ObjStm")) return "the PDF has no catalogue"
  return undefined
}

/** The document's character data; throws where it is not well formed. */
export const xmlText = (bytes: Uint8Array): string => {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  const parser = new SaxesParser({ xmlns: true })
  const found: Array<string> = []
  parser.on("error", (error) => {
    throw new Error(`the XML is not well formed: ${error.message}`)
  })
  parser.on("text", (part) => {
    found.push(part)
  })
  parser.on("attribute", ({ value }) => {
    found.push(value)
  })
  parser.write(text).close()
  return found.join(" ")
}
