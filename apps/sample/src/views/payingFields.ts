import type { Entered, FieldName, FormErrors } from "../fees/readForm.ts"
import type { Service } from "../fees/services.ts"
import { bankNames, banks, type Way, waysFor } from "../fees/ways.ts"
import type { Language } from "../Language.ts"
import { errorTexts, wayTexts } from "../texts/form.ts"
import { pageTexts } from "../texts/pages.ts"
import { type Choice, radios, select, textField } from "./fields.ts"
import { type Html, html } from "./html.ts"

export interface FormView {
  readonly language: Language
  readonly service: Service
  readonly entered: Entered
  readonly errors: FormErrors
}

export const errorOf = ({ errors, language }: FormView, field: FieldName): { readonly error?: string } =>
  errors[field] === true ? { error: errorTexts[language][field] } : {}

/** All errors at the top, each with a link to its field. */
export const errorSummary = ({ errors, language }: FormView): Html => {
  // The keys come from the reader of the form.
  const names = Object.keys(errors) as ReadonlyArray<FieldName>
  if (names.length === 0) return html``
  const items = names.map((name) => html`<li><a href="#${name}">${errorTexts[language][name]}</a></li>`)
  return html`<div class="summary" role="alert" tabindex="-1">
    <h2>${pageTexts[language].errorTitle}</h2>
    <ul>
      ${items}
    </ul>
  </div>`
}

const moreOf = (form: FormView, way: Way): { readonly more?: Html } => {
  const text = pageTexts[form.language]
  if (way === "viss-mm") {
    const field = { name: "code", label: text.code, hint: text.codeHint, isShort: true, ...errorOf(form, "code") }
    return { more: textField(field) }
  }
  if (way === "payment-page") return {}
  const choices = [["", text.chooseBank] as const, ...banks.map((bank) => [bank, bankNames[bank]] as const)]
  return {
    more: select({ name: "bank", label: text.bank, value: form.entered.bank, choices, ...errorOf(form, "bank") })
  }
}

/** Who pays and how; the same for a first and for a further try. */
export const payingFields = (form: FormView): Html => {
  const { entered, language, service } = form
  const text = pageTexts[language]
  const offered = waysFor(service)
  const choices = offered.map((way): Choice => {
    const { text: explanation, title } = wayTexts[language][way]
    const label = html`<strong>${title}</strong><span class="hint">${explanation}</span>`
    return { value: way, label, ...moreOf(form, way) }
  })
  const [only] = offered
  const value = offered.length === 1 && only !== undefined ? only : entered.way
  return html`<fieldset>
      <legend>${text.whoTitle}</legend>
      <div class="pair">
        ${textField({ name: "firstName", label: text.firstName, value: entered.firstName, autocomplete: "given-name", ...errorOf(form, "firstName") })}
        ${textField({ name: "lastName", label: text.lastName, value: entered.lastName, autocomplete: "family-name", ...errorOf(form, "lastName") })}
      </div>
      ${textField({ name: "email", label: text.email, hint: text.emailHint, type: "email", value: entered.email, autocomplete: "email", ...errorOf(form, "email") })}
    </fieldset>
    <fieldset>
      <legend>${text.howTitle}</legend>
      ${offered.length === 1 ? html`<p class="hint">${text.onlyMm}</p>` : html``}
      ${radios({ name: "way", label: text.howTitle, value, choices, ...errorOf(form, "way") })}
    </fieldset>
    <p class="actions"><button class="button" data-action="pay">${text.submit}</button></p>
    <p class="hint">${text.submitHint}</p>`
}
