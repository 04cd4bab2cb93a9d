import PdfWriter from "pdfkit"
import type { Facts } from "./facts.ts"
import { loadFonts } from "./fonts.ts"
import { amountPanel, letterhead, titleAndNotes } from "./pdfHead.ts"
import { factsTable, linesTable } from "./pdfTables.ts"
import {
  bottomMargin,
  colours,
  decorate,
  type Document,
  heightOf,
  left,
  room,
  topMargin,
  width,
  write
} from "./sheet.ts"
import type { Texts } from "./texts.ts"

const collect = (doc: Document): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const chunks: Array<Uint8Array> = []
    doc.on("data", (chunk: Uint8Array) => chunks.push(chunk))
    doc.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))))
    doc.on("error", reject)
  })

/** Over the content, so that no panel hides it, and faint, so that everything stays readable. */
const watermark = (doc: Document): void =>
  decorate(doc, () => {
    const { height, width: pageWidth } = doc.page
    doc.font("bold").fontSize(104)
    const word = "PARAUGS"
    const wide = doc.widthOfString(word)
    doc
      .rotate(-48, { origin: [pageWidth / 2, height / 2] })
      .fillColor(colours.specimen)
      .fillOpacity(0.11)
      .text(word, (pageWidth - wide) / 2, height / 2 - 52, { lineBreak: false })
  })

const footer = (doc: Document, text: string): void =>
  decorate(doc, () => {
    doc.font("regular").fontSize(8).fillColor(colours.muted)
    // Below the text area: with its margin in place the writer would open another page.
    doc.page.margins.bottom = 0
    doc.text(text, left, doc.page.height - 40, { width, align: "center", lineBreak: false })
  })

/** The confirmation as a tagged A4 PDF with embedded fonts. Dates and the file's id come from the facts, never from the clock. */
export const toPdf = async (facts: Facts, texts: Texts): Promise<Uint8Array> => {
  const fonts = await loadFonts()
  const issued = new Date(facts.issuedAt)
  const doc = new PdfWriter({
    size: "A4",
    margins: { top: topMargin, bottom: bottomMargin, left, right: left },
    pdfVersion: "1.7",
    lang: facts.language,
    tagged: true,
    // pdfkit 0.20 writes PDF/UA metadata; its types (0.17) do not name this value yet.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    subset: "PDF/UA" as "PDF/A-3a",
    displayTitle: true,
    bufferPages: true,
    // No default font: the standard ones have no Latvian letters and would not be embedded.
    font: "",
    info: {
      Title: `${texts.title} ${facts.number}`,
      Author: facts.agency.name,
      Subject: texts.notice,
      Creator: "Maksa",
      Producer: "@maksa/receipts",
      CreationDate: issued,
      ModDate: issued
    }
  })
  const bytes = collect(doc)
  // pdfkit's types ask for ArrayBuffer or Uint8Array; a copy keeps the cached fonts from being changed by the subsetter.
  doc.registerFont("regular", Buffer.from(fonts.regular)).registerFont("bold", Buffer.from(fonts.bold))
  const root = doc.struct("Document")
  doc.addStructure(root)
  const sheet = { doc, parent: root }
  letterhead(sheet, facts, texts)
  titleAndNotes(sheet, facts, texts)
  amountPanel(sheet, facts, texts)
  factsTable(sheet, facts, texts)
  linesTable(sheet, facts, texts)
  const small = { size: 8, colour: colours.muted }
  write(sheet, "P", texts.supersedes, small, left, room(doc, heightOf(doc, texts.supersedes, small, width)), width)
  root.end()
  const { count } = doc.bufferedPageRange()
  for (let page = 0; page < count; page++) {
    doc.switchToPage(page)
    if (facts.environment !== "live") watermark(doc)
    footer(doc, `${facts.number} · ${page + 1} / ${count}`)
  }
  doc.end()
  return bytes
}
