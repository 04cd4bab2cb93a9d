import type { Payment } from "@maksa/core"
import { waysFor } from "../fees/ways.ts"
import { pageTexts } from "../texts/pages.ts"
import { statusPageTexts } from "../texts/statusPage.ts"
import { serviceFacts } from "./factsView.ts"
import { html } from "./html.ts"
import { layout } from "./layout.ts"
import { errorSummary, type FormView, payingFields } from "./payingFields.ts"

/** Another try at a payment that was not made: only who and how are asked again. */
export const againView = (form: FormView & { readonly ticket: string; readonly payment: Payment }): string => {
  const { language, payment, service, ticket } = form
  const text = pageTexts[language]
  const status = statusPageTexts[language]
  const title = waysFor(service).length > 1 ? text.againTitle : text.againSameTitle
  const path = `/orders/${payment.merchantReference}`
  return layout({
    language,
    path: `${path}/pay`,
    title,
    content: html`<nav aria-label="${status.back}"><a class="back" href="/${language}${path}">${status.back}</a></nav>
      <h1>${title}</h1>
      <p class="lead">${text.againText}</p>
      <dl class="facts">${serviceFacts(payment, service, language)}</dl>
      ${errorSummary(form)}
      <form method="post" action="/${language}${path}/pay" novalidate>
        <input type="hidden" name="ticket" value="${ticket}" />
        ${payingFields(form)}
      </form>`
  })
}
