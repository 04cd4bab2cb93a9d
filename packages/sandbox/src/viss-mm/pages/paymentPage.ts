import { escapeHtml, formatAmount } from "../../bank/html.ts"
import type { Bank } from "../catalogue.ts"
import { rigaDateTime } from "../dates.ts"
import type { PageLook } from "../Journey.ts"
import type { PaymentRequest } from "../PaymentRequest.ts"
import { layout } from "./layout.ts"
import { pageTexts } from "./texts.ts"

export type PageState = "open" | "paid" | "expired" | "rejected" | "other"

export const stateOf = (request: PaymentRequest): PageState => {
  switch (request.status) {
    case "P":
      return "open"
    case "E":
      return "paid"
    case "R":
      return request.expired ? "expired" : "rejected"
    case "O":
      return "other"
  }
}

const hidden = (name: string, value: string | undefined): string =>
  value === undefined ? "" : `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`

const hiddenLook = (request: PaymentRequest, look: PageLook): string =>
  hidden("id", request.id) + hidden("language", look.language) + hidden("fs", look.fs) + hidden("bm", look.bm)

const row = (term: string, value: string): string => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(value)}</dd>`

const details = (request: PaymentRequest, look: PageLook): string => {
  const texts = pageTexts[look.language]
  const rows = request.rows.map((one) => {
    const quantity =
      one.kind === "Quantity"
        ? `${one.itemText.replace(".", ",")} × ${formatAmount(one.unitPriceCents, request.currency)}`
        : ""
    return `<tr role="row"><td role="cell">${escapeHtml(one.position)}</td><td role="cell">${escapeHtml(one.title[texts.key])}</td>
<td role="cell" class="number">${escapeHtml(quantity)}</td><td role="cell" class="number">${formatAmount(one.amountCents, request.currency)}</td></tr>`
  })
  return `<section class="card"><dl>${row(texts.payee, request.payee)}${row(texts.account, request.iban)}
${row(texts.serviceName, request.serviceName[texts.key])}
${request.paymentObject === undefined ? "" : row(texts.purpose, request.paymentObject)}
${row(texts.until, rigaDateTime(request.expiresAt))}</dl>
<table role="table"><caption>${escapeHtml(texts.rows)}</caption><thead><tr><th scope="col">${escapeHtml(texts.position)}</th>
<th scope="col">${escapeHtml(texts.service)}</th><th scope="col" class="number">${escapeHtml(texts.quantity)}</th>
<th scope="col" class="number">${escapeHtml(texts.amount)}</th></tr></thead><tbody>${rows.join("")}</tbody>
<tfoot><tr role="row"><th role="rowheader" scope="row" colspan="3">${escapeHtml(texts.total)}</th>
<td role="cell" class="number" data-value="total">${formatAmount(request.totalCents, request.currency)}</td></tr></tfoot></table></section>`
}

const bankChoice = (request: PaymentRequest, banks: ReadonlyArray<Bank>, look: PageLook, path: string): string => {
  const texts = pageTexts[look.language]
  const wasRefused = request.rows.some((row) => row.status === "R")
  const buttons = banks.map((bank) => {
    const isOwn = bank.swiftCode === request.swiftCode
    const hint = isOwn ? `<small>${escapeHtml(texts.signedIn)}</small>` : ""
    return `<li><button name="bank" value="${escapeHtml(bank.swiftCode)}" data-action="choose-bank"
data-bank="${escapeHtml(bank.swiftCode)}"${isOwn ? ' class="own"' : ""}>${escapeHtml(bank.name)}${hint}</button></li>`
  })
  return `<section class="card" aria-labelledby="choose"><h2 id="choose">${escapeHtml(texts.chooseBank)}</h2>
${wasRefused ? `<p class="warn" role="status">${escapeHtml(texts.refusedBefore)}</p>` : ""}
<p class="soft">${escapeHtml(texts.chooseHint)}</p>
<form method="post" action="${path}bank">${hiddenLook(request, look)}<ul class="banks">${buttons.join("")}</ul></form></section>
<form method="post" action="${path}leave">${hiddenLook(request, look)}
<button class="quiet" data-action="leave">${escapeHtml(texts.leave)}</button></form>`
}

/** The page of a request in any state; only an open one offers banks. */
export const paymentPage = (options: {
  readonly request: PaymentRequest
  readonly banks: ReadonlyArray<Bank>
  readonly look: PageLook
  readonly path: string
  readonly returnUrl: string
  readonly otherLanguageUrl: string
}): string => {
  const { banks, look, otherLanguageUrl, path, request, returnUrl } = options
  const texts = pageTexts[look.language]
  const state = stateOf(request)
  const common = { look, state, otherLanguageUrl }
  if (state === "open") {
    const heading = request.serviceName[texts.key]
    return layout({ ...common, heading, content: details(request, look) + bankChoice(request, banks, look, path) })
  }
  return layout({
    ...common,
    heading: texts[`${state}Title`],
    content: `<section class="card"><p role="status">${escapeHtml(texts[`${state}Text`])}</p>
<a class="button" data-action="back" href="${escapeHtml(returnUrl)}">${escapeHtml(texts.back)}</a></section>${details(request, look)}`
  })
}

export const unknownPage = (look: PageLook): string => {
  const texts = pageTexts[look.language]
  const content = `<section class="card"><p role="status">${escapeHtml(texts.unknownText)}</p></section>`
  return layout({ look, state: "unknown", heading: texts.unknownTitle, content })
}
