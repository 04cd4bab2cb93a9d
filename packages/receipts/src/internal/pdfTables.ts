import type { Facts, LineFacts } from "./facts.ts"
import { amountText, dateAndTime, quantityText } from "./format.ts"
import {
  colours,
  hairline,
  heightOf,
  inside,
  left,
  room,
  type Sheet,
  type Style,
  topMargin,
  width,
  write
} from "./sheet.ts"
import type { Language, Texts } from "./texts.ts"

const label: Style = { size: 9, colour: colours.muted }
const value: Style = { size: 10 }
const strong: Style = { size: 10, isBold: true }
const labelWidth = 176
const valueWidth = width - labelWidth - 12

const rows = (facts: Facts, texts: Texts): ReadonlyArray<readonly [string, string | undefined, Style]> => {
  const sum = (amount: Facts["requested"]) => (amount === undefined ? undefined : amountText(amount, facts.language))
  return [
    [texts.requested, sum(facts.requested), value],
    [texts.received, sum(facts.received), value],
    [texts.returned, sum(facts.returned), strong],
    [texts.merchantReference, facts.merchantReference, strong],
    [texts.purpose, facts.purpose === "" ? undefined : facts.purpose, value],
    [
      facts.paidAtSource === "provider" ? texts.paidAt : texts.confirmedAt,
      `${dateAndTime(facts.paidAt, facts.language)} (${texts.rigaTime})`,
      value
    ],
    // What was paid with is the provider's own word for a method or a group of banks: in the XML only.
    [texts.providerName, facts.providerName, value],
    [texts.providerReference, facts.providerReference, value],
    [texts.basis, texts.basisOf[facts.basis], value],
    [texts.paymentId, facts.paymentId, value]
  ]
}

/** Everything that is known of the payment, a label and a value in each row. */
export const factsTable = (sheet: Sheet, facts: Facts, texts: Texts): void =>
  inside(sheet, "Table", (table) => {
    const { doc } = sheet
    for (const [name, text, style] of rows(facts, texts)) {
      if (text === undefined) continue
      const height = Math.max(heightOf(doc, name, label, labelWidth), heightOf(doc, text, style, valueWidth)) + 9
      const y = room(doc, height)
      inside(table, "TR", (row) => {
        write(row, "TH", name, label, left, y + 5, labelWidth)
        write(row, "TD", text, style, left + labelWidth + 12, y + 4, valueWidth)
      })
      // A text longer than a page has moved on by itself; otherwise the row is as high as its higher cell.
      doc.y = doc.y < y ? doc.y + 5 : Math.max(doc.y + 1, y + height)
      hairline(doc, doc.y)
    }
    doc.y += 18
  })

const sumWidth = 120
const quantityWidth = 80
const textWidth = width - sumWidth - quantityWidth - 24

// A position's code tells payers nothing; it stands here only where the agency gave no words.
const lineText = ({ description, position }: LineFacts, facts: Facts): string =>
  [description, position, facts.purpose].find((text) => text !== undefined && text !== "") ?? ""

const cells = (line: LineFacts, facts: Facts, texts: Texts): readonly [string, string, string] => {
  const language: Language = facts.language
  return [
    lineText(line, facts),
    line.quantity === undefined ? "" : quantityText(line.quantity, language),
    line.amount === undefined ? texts.byTariff : amountText(line.amount, language)
  ]
}

/** What was paid for. */
export const linesTable = (sheet: Sheet, facts: Facts, texts: Texts): void => {
  if (facts.lines.length === 0) return
  const { doc } = sheet
  const hasQuantity = facts.lines.some((line) => line.quantity !== undefined)
  const descriptionWidth = hasQuantity ? textWidth : textWidth + quantityWidth
  inside(sheet, "Table", (table) => {
    const draw = (type: "TH" | "TD", texts: readonly [string, string, string], style: Style) => {
      const height = heightOf(doc, texts[0], style, descriptionWidth) + 10
      const y = room(doc, type === "TH" ? height + 24 : height)
      inside(table, "TR", (row) => {
        write(row, type, texts[0], style, left, y + 4, descriptionWidth)
        // A description longer than a page has moved on by itself; the sum then stands where it ends.
        const beside = doc.y < y ? topMargin : y + 4
        const x = left + width - sumWidth
        if (hasQuantity) {
          write(row, type, texts[1], { ...style, align: "right" }, x - quantityWidth - 12, beside, quantityWidth)
        }
        write(row, type, texts[2], { ...style, align: "right" }, x, beside, sumWidth)
        doc.y = beside === topMargin ? doc.y + 5 : y + height
      })
      hairline(doc, doc.y)
    }
    draw("TH", [texts.description, texts.quantity, texts.sum], { ...label, isBold: true })
    for (const line of facts.lines) draw("TD", cells(line, facts, texts), value)
  })
  doc.y += 18
}
