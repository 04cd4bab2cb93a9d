import type { BankVisit } from "../kernel/BankDesk.ts"
import { bankTexts, type BankLanguage } from "./bankTexts.ts"
import { escapeHtml, formatAmount } from "./html.ts"

const style = `
*{box-sizing:border-box}
body{margin:0;background:#e9edf1;color:#1b2733;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.top{background:#0b4f3c;color:#fff}
.top div,main{max-width:36rem;margin:0 auto;padding:1rem 1.25rem}
.top strong{font-size:1.15rem;letter-spacing:.01em}
.top span{margin-left:.5rem;padding:.1rem .5rem;border:1px solid rgb(255 255 255/.6);border-radius:1rem;font-size:.8rem}
.note{margin:0;background:#fff4cf;color:#5c4300;text-align:center;padding:.5rem 1.25rem;font-size:.9rem}
.card{background:#fff;border-radius:.5rem;padding:1.5rem;margin-top:1rem;box-shadow:0 1px 3px rgb(16 32 48/.18)}
h1{font-size:1.35rem;margin:0 0 1rem}
dl{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.6rem 1rem;margin:0 0 1.5rem}
dt{color:#51606e}
dd{margin:0;overflow-wrap:anywhere}
.amount{font-size:1.6rem;font-weight:600;font-variant-numeric:tabular-nums}
form{display:flex;flex-direction:column;gap:.75rem}
button,a.button{display:block;width:100%;min-height:2.9rem;padding:.7rem 1rem;border-radius:.35rem;border:1px solid #0b4f3c;
font:inherit;font-weight:600;cursor:pointer;text-align:center;text-decoration:none;background:#fff;color:#0b4f3c}
button.main,a.button{background:#0b4f3c;color:#fff}
button.quiet{border-color:transparent;font-weight:400;text-decoration:underline;color:#33424f}
button:focus-visible,a:focus-visible{outline:3px solid #e08a00;outline-offset:2px}
.hint{margin:0;text-align:center;color:#51606e;font-size:.9rem}
@media(max-width:26rem){dl{grid-template-columns:1fr;gap:.1rem}dd{margin-bottom:.6rem}}
`

const layout = (language: BankLanguage, bankName: string, content: string): string => {
  const texts = bankTexts[language]
  return `<!DOCTYPE html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(`${texts.title} · ${bankName}`)}</title><style>${style}</style></head>
<body><header><p class="note">${escapeHtml(texts.sandbox)}</p>
<div class="top"><div><strong>${escapeHtml(bankName)}</strong> <span>sandbox</span></div></div></header>
<main><div class="card">${content}</div></main></body></html>
`
}

const row = (term: string, value: string, attributes = ""): string =>
  `<dt>${escapeHtml(term)}</dt><dd${attributes}>${escapeHtml(value)}</dd>`

/** The page on which the payer decides. */
export const decisionPage = (visit: BankVisit, action: string): string => {
  const texts = bankTexts[visit.language]
  const amount = formatAmount(visit.amountMinor, visit.currency)
  return layout(
    visit.language,
    visit.bankName ?? texts.anyBank,
    `<h1>${escapeHtml(texts.title)}</h1><dl>
${row(texts.amount, amount, ` class="amount" data-value="amount"`)}
${row(texts.payTo, visit.payee)}${row(texts.account, visit.iban)}${row(texts.purpose, visit.purpose)}</dl>
<form method="post" action="${escapeHtml(action)}">
<button class="main" name="result" value="confirm" data-action="pay">${escapeHtml(texts.pay)}</button>
<button name="result" value="refuse" data-action="refuse">${escapeHtml(texts.refuse)}</button>
<button class="quiet" name="result" value="leave" data-action="leave">${escapeHtml(texts.leave)}</button>
<p class="hint">${escapeHtml(texts.leaveHint)}</p></form>`
  )
}

/** What somebody sees who comes back to a page that is done with. */
export const donePage = (visit: BankVisit, isLeft: boolean, next: string): string => {
  const texts = bankTexts[visit.language]
  return layout(
    visit.language,
    visit.bankName ?? texts.anyBank,
    `<h1>${escapeHtml(isLeft ? texts.left : texts.decided)}</h1>
<a class="button" data-action="continue" href="${escapeHtml(next)}">${escapeHtml(texts.goOn)}</a>`
  )
}

export const unknownPage = (language: BankLanguage): string =>
  layout(language, bankTexts[language].anyBank, `<h1>${escapeHtml(bankTexts[language].unknown)}</h1>`)
