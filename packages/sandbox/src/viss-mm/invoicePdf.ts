import { createRequire } from "node:module"
import PdfKit from "pdfkit"
import { formatAmount } from "../bank/html.ts"
import { rigaDateTime } from "./dates.ts"
import type { InvoiceView } from "./invoice.ts"

const require = createRequire(import.meta.url)
// The standard fonts of PDF lack Latvian letters; DejaVu Sans has all of them.
const regular = require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf")
const bold = require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf")

const left = 56
const right = 539
const labelWidth = 130

const markAsSpecimen = (pdf: PDFKit.PDFDocument): void => {
  pdf.save()
  pdf.rotate(-35, { origin: [297, 420] })
  pdf.font(bold).fontSize(84).fillColor("#000000", 0.07)
  pdf.text("PARAUGS", (595 - pdf.widthOfString("PARAUGS")) / 2, 370, { lineBreak: false })
  pdf.restore()
  pdf.fillColor("#111111", 1)
}

const rule = (pdf: PDFKit.PDFDocument): void => {
  pdf.moveTo(left, pdf.y).lineTo(right, pdf.y).lineWidth(0.7).strokeColor("#888888").stroke()
  pdf.y += 8
}

const field = (pdf: PDFKit.PDFDocument, label: string, value: string | undefined): void => {
  if (value === undefined || value === "") return
  const top = pdf.y
  pdf.font(regular).fontSize(9).fillColor("#555555").text(label, left, top, { width: labelWidth })
  const labelEnd = pdf.y
  pdf
    .fontSize(10)
    .fillColor("#111111")
    .text(value, left + labelWidth, top, { width: right - left - labelWidth })
  pdf.y = Math.max(labelEnd, pdf.y) + 4
}

const tableRow = (pdf: PDFKit.PDFDocument, cells: readonly [string, string, string, string]): void => {
  const top = pdf.y
  pdf.text(cells[1], left + 56, top, { width: 220 })
  const end = pdf.y
  pdf.text(cells[0], left, top, { width: 52 })
  pdf.text(cells[2], left + 284, top, { width: 110, align: "right" })
  pdf.text(cells[3], left + 400, top, { width: right - left - 400, align: "right" })
  pdf.y = Math.max(end, pdf.y) + 4
}

/** The supporting document as PDF, marked as a specimen. */
export const invoicePdf = (view: InvoiceView): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const { currency, number, request } = view
    const pdf = new PdfKit({
      size: "A4",
      margin: left,
      lang: "lv-LV",
      info: {
        Title: `Attaisnojuma dokuments ${number}`,
        Creator: "Maksa sandbox",
        CreationDate: new Date(request.createdAt)
      }
    })
    const parts: Array<Uint8Array> = []
    pdf.on("data", (part: Uint8Array) => parts.push(part))
    pdf.on("end", () => resolve(Buffer.concat(parts)))
    pdf.on("error", reject)

    const money = (cents: bigint): string => formatAmount(cents, currency)
    markAsSpecimen(pdf)
    pdf.font(bold).fontSize(17).text("Attaisnojuma dokuments", left, left)
    pdf.font(regular).fontSize(10).fillColor("#8a1f11").text("PARAUGS. Testa vides dokuments, nav derīgs norēķiniem.")
    pdf.fillColor("#111111").moveDown(1)
    field(pdf, "Numurs", number)
    field(pdf, "Maksāšanas pieprasījums", request.id)
    field(pdf, "Izrakstīts", rigaDateTime(request.invoiceIssueDate ?? request.paidAt ?? request.createdAt).slice(0, 11))
    field(pdf, "Apmaksāts", rigaDateTime(request.paidAt ?? request.createdAt))
    field(pdf, "Apmaksas veids", request.paidBank)
    pdf.y += 6
    rule(pdf)
    field(pdf, "Saņēmējs", request.payee)
    field(pdf, "Konts", request.iban)
    field(pdf, "Pakalpojums", `${request.serviceStep} ${request.serviceName.lv}`)
    field(pdf, "Maksājuma mērķis", request.paymentObject)
    pdf.y += 6
    rule(pdf)
    const { client } = request
    field(pdf, "Maksātājs", [client.firstName, client.name].filter((part) => part !== undefined).join(" "))
    field(pdf, "Kods", client.code)
    field(pdf, "Adrese", client.address)
    pdf.y += 6
    rule(pdf)
    pdf.font(bold).fontSize(9)
    tableRow(pdf, ["Pozīcija", "Nosaukums", "Daudzums x cena", "Summa"])
    pdf.font(regular).fontSize(10)
    for (const row of view.rows) {
      const priced = row.kind === "Quantity" ? `${row.itemText} x ${money(row.unitPriceCents)}` : ""
      tableRow(pdf, [row.position, row.title.lv, priced, money(row.amountCents)])
    }
    rule(pdf)
    pdf.font(bold).fontSize(12)
    pdf.text(`Kopā: ${money(view.totalCents)}`, left, pdf.y, { width: right - left, align: "right" })
    pdf.end()
  })
