import { escapeHtml, formatAmount } from "../../bank/html.ts"
import type { PageLook } from "../Journey.ts"
import { layout } from "../pages/layout.ts"
import type { PaymentRequest } from "../PaymentRequest.ts"
import { kdvTexts } from "./texts.ts"

const form = (look: PageLook, path: string): string => {
  const texts = kdvTexts[look.language]
  return `<form class="card" method="post" action="${path}"><p>${escapeHtml(texts.ask)}</p>
<p><label for="code">${escapeHtml(texts.code)}</label> <input id="code" name="code" autocomplete="off" required></p>
<input type="hidden" name="language" value="${look.language}">
<button data-action="show">${escapeHtml(texts.show)}</button></form>
`
}

const day = (at: number): string => new Intl.DateTimeFormat("lv-LV", { timeZone: "Europe/Riga" }).format(at)

const describe = (request: PaymentRequest, look: PageLook): string => {
  const texts = kdvTexts[look.language]
  const { client, currency, expiresAt, payee, paymentObject, serviceName, totalCents } = request
  const what = paymentObject ?? serviceName[look.language === "ENG" ? "en" : "lv"]
  const whose = client.name === undefined ? "" : `, ${[client.firstName, client.name].join(" ").trim()}`
  return `${escapeHtml(what)}: ${formatAmount(totalCents, currency)}, ${escapeHtml(payee)}${escapeHtml(whose)}, ${escapeHtml(texts.until)} ${day(expiresAt)}`
}

/** Where a person looks for what is to be paid. */
export const askPage = (look: PageLook, path: string): string =>
  layout({ look, state: "ask", heading: kdvTexts[look.language].title, content: form(look, path) })

/** A person's requests: notices, what can be paid with the links to pay it, and the rest. */
export const listPage = (
  requests: ReadonlyArray<PaymentRequest>,
  parts: { readonly look: PageLook; readonly path: string; readonly payUrl: (id: string) => string }
): string => {
  const { look, path, payUrl } = parts
  const texts = kdvTexts[look.language]
  const unpaid = requests.filter(({ status }) => status === "P")
  const others = requests.filter(({ status }) => status !== "P")
  // Scenario 2.1 of the guide: whoever pays later is told that there is something to pay.
  const notices = unpaid
    .filter(({ portal }) => portal?.mode === "async")
    .map((request) => `<p class="warn" data-notice>${escapeHtml(texts.notice)}: ${describe(request, look)}</p>\n`)
  const rows = unpaid.map(
    (request) =>
      `<li>${describe(request, look)} <a class="button" data-action="pay" href="${escapeHtml(payUrl(request.id))}">${escapeHtml(texts.pay)}</a></li>\n`
  )
  const rest = others.map(
    (request) => `<li>${describe(request, look)}, ${escapeHtml(texts.state[request.status])}</li>\n`
  )
  const content = `${notices.join("")}<section class="card"><h2>${escapeHtml(texts.unpaid)}</h2>
${rows.length === 0 ? `<p>${escapeHtml(texts.nothing)}</p>` : `<ul>${rows.join("")}</ul>`}</section>
${rest.length === 0 ? "" : `<section class="card"><h2>${escapeHtml(texts.others)}</h2><ul>${rest.join("")}</ul></section>`}
${form(look, path)}`
  return layout({ look, state: unpaid.length === 0 ? "nothing" : "unpaid", heading: texts.title, content })
}
