import type { Facts } from "./facts.ts"
import { finalityText } from "./finalityText.ts"
import { amountText, dateAndTime } from "./format.ts"
import { colours, decorate, heightOf, left, panel, type Sheet, type Style, width, write } from "./sheet.ts"
import type { Texts } from "./texts.ts"

const small: Style = { size: 8.5, colour: colours.muted }

/** The agency on the left; number and time of issue on the right. */
export const letterhead = (sheet: Sheet, facts: Facts, texts: Texts): void => {
  const { doc } = sheet
  const { agency } = facts
  decorate(doc, () => {
    doc.rect(0, 0, doc.page.width, 8).fill(colours.accent)
  })
  const rightWidth = 178
  const leftWidth = width - rightWidth - 16
  const top = 40
  write(sheet, "P", agency.name, { size: 13, isBold: true, colour: colours.accent }, left, top, leftWidth)
  const details = [
    agency.registrationNumber === undefined ? undefined : `${texts.registrationNumber} ${agency.registrationNumber}`,
    agency.address,
    agency.email
  ].filter((line) => line !== undefined)
  for (const line of details) write(sheet, "P", line, small, left, doc.y + 1, leftWidth)
  const below = doc.y
  const x = left + width - rightWidth
  write(sheet, "P", texts.number, { ...small, align: "right" }, x, top, rightWidth)
  write(sheet, "P", facts.number, { size: 9.5, isBold: true, align: "right" }, x, doc.y + 1, rightWidth)
  write(sheet, "P", texts.issuedAt, { ...small, align: "right" }, x, doc.y + 5, rightWidth)
  write(
    sheet,
    "P",
    dateAndTime(facts.issuedAt, facts.language),
    { size: 9.5, align: "right" },
    x,
    doc.y + 1,
    rightWidth
  )
  doc.y = Math.max(below, doc.y) + 26
}

/** A bordered note over the whole width; used for what nobody may overlook. */
const note = (sheet: Sheet, heading: string, detail: string, colour: string, background: string): void => {
  const { doc } = sheet
  const head: Style = { size: 10.5, isBold: true, colour }
  const body: Style = { size: 9, colour }
  const inner = width - 28
  const height = heightOf(doc, heading, head, inner) + heightOf(doc, detail, body, inner) + 18
  const { y } = doc
  panel(doc, left, y, width, height, background)
  decorate(doc, () => {
    doc.rect(left, y, 4, height).fill(colour)
  })
  write(sheet, "P", heading, head, left + 16, y + 8, inner)
  write(sheet, "P", detail, body, left + 16, doc.y + 2, inner)
  doc.y = y + height + 10
}

/** The title, the note that this is no accounting source document and, outside live, that it is a specimen. */
export const titleAndNotes = (sheet: Sheet, facts: Facts, texts: Texts): void => {
  const { doc } = sheet
  write(sheet, "H1", texts.title, { size: 22, isBold: true }, left, doc.y, width)
  doc.y += 10
  note(sheet, texts.notice, texts.noticeDetail, colours.caution, colours.cautionPanel)
  if (facts.environment !== "live") {
    note(sheet, texts.specimen, texts.specimenDetail, colours.specimen, "#fbe9e7")
  }
}

/** The sum in large figures and how final it is. */
export const amountPanel = (sheet: Sheet, facts: Facts, texts: Texts): void => {
  const { doc } = sheet
  const isFirm = facts.finality === "hard"
  const words = finalityText(facts, texts)
  const wordsStyle: Style = { size: 10, isBold: true, colour: isFirm ? colours.firm : colours.caution }
  const wordsWidth = 178
  const wordsHeight = heightOf(doc, words, wordsStyle, wordsWidth - 24)
  const y = doc.y + 2
  const height = 78
  panel(doc, left, y, width, height, colours.panel)
  write(sheet, "P", texts.paid, { size: 9, colour: colours.muted }, left + 16, y + 12, 250)
  const amount = amountText(facts.amount, facts.language)
  // Sums of ten and more figures would break the line at the usual size.
  const size = amount.length > 14 ? 20 : 30
  write(sheet, "P", amount, { size, isBold: true, colour: colours.accent }, left + 16, y + 27 + (30 - size) / 2, 290)
  const badgeHeight = wordsHeight + 14
  const badgeX = left + width - wordsWidth - 14
  const badgeY = y + (height - badgeHeight) / 2
  panel(doc, badgeX, badgeY, wordsWidth, badgeHeight, isFirm ? colours.firmPanel : colours.cautionPanel)
  write(sheet, "P", words, wordsStyle, badgeX + 12, badgeY + 7.5, wordsWidth - 24)
  doc.y = y + height + 14
}
