import { formatMoney } from "../format.ts"
import { pageTexts } from "../texts/pages.ts"
import { radios, textField } from "./fields.ts"
import { type Html, html } from "./html.ts"
import { layout } from "./layout.ts"
import { errorOf, errorSummary, type FormView, payingFields } from "./payingFields.ts"

const priceFields = (form: FormView): Html => {
  const { entered, language, service } = form
  const text = pageTexts[language]
  if (service.pricing === "tariff") {
    return html`<p class="hint">
        ${text.tariffHint(`${formatMoney(service.unitPrice, language)} ${service.perUnit[language]}`)}
      </p>
      ${textField({ name: "quantity", label: text.quantity, hint: text.quantityHint(service.most), value: entered.quantity, inputmode: "numeric", isShort: true, ...errorOf(form, "quantity") })}`
  }
  const choices = service.variants.map(({ id, name, price }) => ({
    value: id,
    label: html`<span class="split"
      ><span>${name[language]}</span><strong class="sum">${formatMoney(price, language)}</strong></span
    >`
  }))
  return radios({ name: "variant", label: text.variant, value: entered.variant, choices, ...errorOf(form, "variant") })
}

/** The form of one service: what, who and how on one page. */
export const serviceView = (form: FormView & { readonly ticket: string }): string => {
  const { language, service, ticket } = form
  const text = pageTexts[language]
  return layout({
    language,
    path: `/services/${service.id}`,
    title: service.title[language],
    content: html`<nav aria-label="${text.toStart}"><a class="back" href="/${language}">${text.toStart}</a></nav>
      <h1>${service.title[language]}</h1>
      <p class="lead">${service.summary[language]}</p>
      ${errorSummary(form)}
      <form method="post" action="/${language}/services/${service.id}" novalidate>
        <input type="hidden" name="ticket" value="${ticket}" />
        <fieldset>
          <legend>${text.whatTitle}</legend>
          ${priceFields(form)}
        </fieldset>
        ${payingFields(form)}
      </form>`
  })
}
