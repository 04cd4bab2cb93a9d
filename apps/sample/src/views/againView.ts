import type { Payment } from "@maksa/core"
import { pageTexts } from "../texts/pages.ts"
import { statusPageTexts } from "../texts/statusPage.ts"
import { lineText, sumText } from "./amounts.ts"
import { html } from "./html.ts"
import { layout } from "./layout.ts"
import { errorSummary, type FormView, payingFields } from "./payingFields.ts"

/** Another try at a payment that was not made: only who and how are asked again. */
export const againView = (form: FormView & { readonly ticket: string; readonly payment: Payment }): string => {
  const { language, payment, service, ticket } = form
  const text = pageTexts[language]
  const status = statusPageTexts[language]
  const path = `/orders/${payment.merchantReference}`
  return layout({
    language,
    path: `${path}/pay`,
    title: text.againTitle,
    content: html`<nav aria-label="${status.back}"><a class="back" href="/${language}${path}">${status.back}</a></nav>
      <h1>${text.againTitle}</h1>
      <p class="lead">${text.againText}</p>
      <dl class="facts">
        <dt>${status.service}</dt>
        <dd>
          ${service.title[language]}${payment.lines.map((line) => html`<br /><span class="soft">${lineText(line)}</span>`)}
        </dd>
        <dt>${status.amount}</dt>
        <dd class="sum">${sumText(payment, language, status.amountUnknown)}</dd>
      </dl>
      ${errorSummary(form)}
      <form method="post" action="/${language}${path}/pay" novalidate>
        <input type="hidden" name="ticket" value="${ticket}" />
        ${payingFields(form)}
      </form>`
  })
}
