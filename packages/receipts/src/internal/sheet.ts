/** Where and how things are drawn: measures, colours, tags for screen readers, and page breaks. */

export type Document = PDFKit.PDFDocument
type Element = ReturnType<Document["struct"]>

export const left = 56
export const width = 595.28 - 2 * left
export const bottomMargin = 64
export const topMargin = 56

export const colours = {
  ink: "#1b2430",
  muted: "#5b6673",
  accent: "#0f4c5c",
  panel: "#eef4f5",
  hairline: "#d5dce1",
  firm: "#1d6b3a",
  firmPanel: "#e4f3e9",
  caution: "#7a4a00",
  cautionPanel: "#fdf1d6",
  specimen: "#b3261e"
} as const

export interface Style {
  readonly size: number
  readonly isBold?: boolean
  readonly colour?: string
  readonly align?: "left" | "right"
}

export interface Sheet {
  readonly doc: Document
  /** The structure element that new content belongs to. */
  readonly parent: Element
}

const apply = (doc: Document, style: Style): Document =>
  doc
    .font(style.isBold === true ? "bold" : "regular")
    .fontSize(style.size)
    .fillColor(style.colour ?? colours.ink)

const lineGap = 1.5

export const heightOf = (doc: Document, text: string, style: Style, w: number): number =>
  apply(doc, style).heightOfString(text, { width: w, lineGap })

/** Goes to a new page unless `height` still fits; answers where to draw. */
export const room = (doc: Document, height: number): number => {
  if (doc.y + height > doc.page.height - bottomMargin && doc.y > topMargin) doc.addPage()
  return doc.y
}

/** Text under a structure tag (`H1`, `P`, `TH`, `TD`); leaves `doc.y` below it. */
export const write = (
  sheet: Sheet,
  type: string,
  text: string,
  style: Style,
  x: number,
  y: number,
  w: number
): void => {
  const { doc, parent } = sheet
  const element = doc.struct(type, {}, () => {
    apply(doc, style).text(text, x, y, { width: w, lineGap, align: style.align ?? "left" })
  })
  parent.add(element)
  element.end()
}

/** A structure element with children of its own (`Table`, `TR`). */
export const inside = (sheet: Sheet, type: string, draw: (inner: Sheet) => void): void => {
  const element = sheet.doc.struct(type)
  sheet.parent.add(element)
  draw({ doc: sheet.doc, parent: element })
  element.end()
}

/** Decoration that a screen reader skips. */
export const decorate = (doc: Document, draw: () => void): void => {
  doc.markContent("Artifact", { type: "Layout" })
  doc.save()
  draw()
  doc.restore()
  doc.endMarkedContent()
}

export const hairline = (doc: Document, y: number): void =>
  decorate(doc, () => {
    doc
      .moveTo(left, y)
      .lineTo(left + width, y)
      .lineWidth(0.6)
      .strokeColor(colours.hairline)
      .stroke()
  })

export const panel = (doc: Document, x: number, y: number, w: number, h: number, colour: string): void =>
  decorate(doc, () => {
    doc.roundedRect(x, y, w, h, 4).fill(colour)
  })
