import { escapeHtml, formatAmount } from "../bank/html.ts"
import type { BankChoice } from "./bankChoice.ts"
import type { Bank } from "./Banks.ts"
import type { MerchantButton, PageLanguage } from "./PageSession.ts"
import type { PaymentRecord } from "./PaymentRecord.ts"
import { pageTexts } from "./pageTexts.ts"

const style = `
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:#f3f4f8;color:#1d2030;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.note{margin:0;background:#ffe9b8;color:#4d3800;text-align:center;padding:.5rem 1.25rem;font-size:.9rem}
main{max-width:30rem;margin:0 auto;padding:1.25rem}
.card{background:#fff;border-radius:.75rem;overflow:hidden;box-shadow:0 4px 18px rgb(29 32 48/.1)}
.sum{background:#25306b;color:#fff;padding:1.25rem 1.5rem}
.sum p{margin:0}
.sum .what{opacity:.85;font-size:.92rem;overflow-wrap:anywhere}
.sum .amount{font-size:1.9rem;font-weight:650;font-variant-numeric:tabular-nums}
.part{padding:1.5rem}
h1{font-size:1.2rem;margin:0 0 1rem}
p.hint{margin:.75rem 0 0;color:#565b70;font-size:.92rem}
ul{list-style:none;margin:0;padding:0;display:grid;gap:.6rem}
button,a.button{display:flex;align-items:center;gap:.75rem;width:100%;min-height:3.2rem;padding:.6rem 1rem;border-radius:.5rem;
border:1px solid #c5c9d8;background:#fff;color:#1d2030;font:inherit;font-weight:600;text-align:left;text-decoration:none;cursor:pointer}
button:hover,a.button:hover{border-color:#25306b;background:#f6f7ff}
a.main{background:#25306b;border-color:#25306b;color:#fff;justify-content:center;margin-top:1rem}
a.main:hover{background:#1b2452;color:#fff}
a.quiet{justify-content:center;margin-top:.6rem}
.mark{display:grid;place-items:center;width:2.9rem;height:2.2rem;border-radius:.4rem;background:#e7e9f5;color:#25306b;font-size:.7rem}
.other{margin:.6rem 0 0;padding:.75rem 1rem;border:1px dashed #8a8fa3;border-radius:.5rem;color:#565b70}
label{display:block;margin:1rem 0 .3rem;font-weight:600}
input{width:100%;min-height:2.9rem;padding:.5rem .75rem;border:1px solid #6b7086;border-radius:.5rem;font:inherit}
input[aria-invalid]{border:2px solid #b3261e}
.error{margin:.3rem 0 0;color:#b3261e;font-weight:600}
.consent{margin:0;padding:1rem;border:1px solid #c5c9d8;border-radius:.5rem;white-space:pre-wrap;overflow-wrap:anywhere}
h2{font-size:1rem;margin:1.25rem 0 .5rem}
button.main{background:#25306b;border-color:#25306b;color:#fff;justify-content:center;margin-top:1rem}
button.main:hover{background:#1b2452;color:#fff}
button.quiet{justify-content:center;margin-top:.6rem}
.back{display:block;text-align:center;margin-top:1.25rem;color:#25306b}
button:focus-visible,a:focus-visible,input:focus-visible{outline:3px solid #e08a00;outline-offset:2px}
`

/** What a page shows at its top. */
export interface PageHead {
  readonly language: PageLanguage
  readonly amountMinor: bigint
  readonly currency: string
  readonly description: string
  readonly paymentId: string
}

export const recordHead = ({ request }: PaymentRecord): PageHead => ({
  language: request.language,
  amountMinor: request.amountMinor,
  currency: request.currency,
  description: request.description,
  paymentId: request.paymentId
})

/** @param card HTML. @param foot HTML below the card. */
export const shell = (language: PageLanguage, card: string, foot = ""): string => {
  const texts = pageTexts[language]
  return `<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(texts.title)} · Payment Page sandbox</title><style>${style}</style></head>
<body><header><p class="note">${escapeHtml(texts.sandbox)}</p></header><main><div class="card">${card}</div>${foot}</main></body></html>
`
}

export const sumOf = (head: PageHead): string => {
  const texts = pageTexts[head.language]
  return `<div class="sum"><p>${escapeHtml(texts.amount)}</p>
<p class="amount" data-value="amount">${escapeHtml(formatAmount(head.amountMinor, head.currency))}</p>
<p class="what">${escapeHtml(head.description)}</p>
<p class="what">${escapeHtml(texts.order)}: ${escapeHtml(head.paymentId)}</p></div>`
}

const targetOf = ({ target }: MerchantButton): string => (target === undefined ? "" : ` target="${target}"`)

export const backLink = (language: PageLanguage, back: MerchantButton | undefined): string =>
  back === undefined
    ? ""
    : `<a class="back" data-action="leave" href="${escapeHtml(back.url)}"${targetOf(back)}>${escapeHtml(pageTexts[language].back)}</a>`

const bankButton = (bank: Bank, text: string): string =>
  `<button name="bank_id" value="${bank.id}" data-action="choose-bank" data-bank="${bank.id}">
<span class="mark" aria-hidden="true">${escapeHtml(bank.abbr)}</span>${escapeHtml(text)}</button>`

const bankForm = (banks: ReadonlyArray<Bank>, action: string): string => {
  const items = banks.map((bank) => `<li>${bankButton(bank, bank.name)}</li>`)
  return `<form method="post" action="${escapeHtml(action)}"><ul>${items.join("")}</ul></form>`
}

/** Addresses that the pages before the bank lead to. */
export interface ChoiceUrls {
  readonly banks: string
  readonly choose: string
  readonly back: MerchantButton | undefined
}

/** The list of methods; of those, this sandbox has one, as a button of its own or by its banks. */
export const methodPage = (head: PageHead, choice: BankChoice, urls: ChoiceUrls): string => {
  const texts = pageTexts[head.language]
  const own =
    choice.begins === "split"
      ? bankForm(choice.banks, urls.choose)
      : `<a class="button" data-action="choose-method" href="${escapeHtml(urls.banks)}"><span class="mark" aria-hidden="true">LV</span>${escapeHtml(texts.method)}</a>`
  const other = choice.hasOtherMethods ? `<p class="other" data-method="card">${escapeHtml(texts.card)}</p>` : ""
  return shell(
    head.language,
    `${sumOf(head)}<div class="part"><h1>${escapeHtml(texts.chooseMethod)}</h1>${own}${other}</div>`,
    backLink(head.language, urls.back)
  )
}

export const bankChoicePage = (
  head: PageHead,
  banks: ReadonlyArray<Bank>,
  action: string,
  back: MerchantButton | undefined,
  isAgain = false
): string => {
  const texts = pageTexts[head.language]
  const refused = isAgain ? `<p class="error" role="status" data-value="refused">${escapeHtml(texts.again)}</p>` : ""
  return shell(
    head.language,
    `${sumOf(head)}<div class="part"><h1>${escapeHtml(texts.chooseBank)}</h1>${refused}
${bankForm(banks, action)}
<p class="hint">${escapeHtml(texts.toBank)}</p></div>`,
    backLink(head.language, back)
  )
}

/** One bank was chosen by the merchant; the payer confirms that the way leads there. */
export const bankConfirmationPage = (
  head: PageHead,
  bank: Bank,
  action: string,
  back: MerchantButton | undefined
): string => {
  const texts = pageTexts[head.language]
  return shell(
    head.language,
    `${sumOf(head)}<div class="part"><h1>${escapeHtml(texts.confirmBank)}</h1>
<form method="post" action="${escapeHtml(action)}">${bankButton(bank, `${texts.toThisBank}: ${bank.name}`)}</form>
<p class="hint">${escapeHtml(texts.toBank)}</p></div>`,
    backLink(head.language, back)
  )
}

export type ResultKind = "paid" | "accepted" | "declined" | "expired" | "open"

const link = (to: MerchantButton | undefined, action: string, text: string, look: "main" | "quiet"): string =>
  to === undefined
    ? ""
    : `<a class="button ${look}" data-action="${action}" href="${escapeHtml(to.url)}"${targetOf(to)}>${escapeHtml(text)}</a>`

export const resultPage = (
  head: PageHead,
  kind: ResultKind,
  urls: { readonly merchant: MerchantButton | undefined; readonly bank: string | undefined }
): string => {
  const texts = pageTexts[head.language]
  const isOpen = kind === "open"
  const toBank = link(urls.bank === undefined ? undefined : { url: urls.bank }, "continue", texts.goOn, "main")
  const toMerchant = link(urls.merchant, isOpen ? "leave" : "return", texts.toMerchant, isOpen ? "quiet" : "main")
  return shell(
    head.language,
    `${sumOf(head)}<div class="part" data-result="${kind}" role="status"><h1>${escapeHtml(texts[kind])}</h1>
<p class="hint">${escapeHtml(texts[`${kind}Hint`])}</p>${toBank}${toMerchant}</div>`
  )
}

/** Shown instead of the payment form; says nothing about why (missing parameter, signature, unknown project). */
export const brokenPage = (language: PageLanguage, isExpired: boolean): string => {
  const texts = pageTexts[language]
  const [title, hint] = isExpired ? [texts.expired, texts.expiredHint] : [texts.broken, texts.brokenHint]
  return shell(
    language,
    `<div class="part" data-result="${isExpired ? "expired" : "broken"}" role="alert"><h1>${escapeHtml(title)}</h1>
<p class="hint">${escapeHtml(hint)}</p></div>`
  )
}
