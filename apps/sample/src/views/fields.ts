// Form fields with their labels, hints and errors tied together for people who hear the page.
import { type Html, html } from "./html.ts"

interface Field {
  readonly name: string
  readonly label: string
  readonly value?: string
  readonly hint?: string
  readonly error?: string | undefined
}

const describedBy = ({ error, hint, name }: Field): Html => {
  const ids = [...(hint === undefined ? [] : [`${name}-hint`]), ...(error === undefined ? [] : [`${name}-error`])]
  return ids.length === 0 ? html`` : html` aria-describedby="${ids.join(" ")}"`
}

const errorText = ({ error, name }: Field): Html | undefined =>
  error === undefined ? undefined : html`<span class="error" id="${name}-error">${error}</span>`

const hintText = ({ hint, name }: Field): Html | undefined =>
  hint === undefined ? undefined : html`<span class="hint" id="${name}-hint">${hint}</span>`

export interface TextField extends Field {
  readonly type?: "text" | "email"
  readonly autocomplete?: string
  readonly inputmode?: "numeric"
  readonly isShort?: boolean
}

export const textField = (field: TextField): Html => {
  const { autocomplete = "off", error, inputmode, isShort, label, name, type = "text", value = "" } = field
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hintText(field)}${errorText(field)}
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value}"
      autocomplete="${autocomplete}"
      maxlength="200"
      ${
        inputmode === undefined ? html`` : html` inputmode="${inputmode}"`
      }${isShort === true ? html` class="short"` : html``}${error === undefined ? html`` : html` aria-invalid="true"`}${describedBy(field)}
    />
  </div>`
}

export interface Choice {
  readonly value: string
  readonly label: Html
  /** Shown while the choice is made. */
  readonly more?: Html
}

/** Radio buttons; the first one has the id that a link in the error summary goes to. */
export const radios = (field: Field & { readonly choices: ReadonlyArray<Choice> }): Html => {
  const { choices, error, name, value } = field
  const items = choices.map(({ label, more, value: own }, index) => {
    const id = index === 0 ? name : `${name}-${own}`
    return html`<div class="choice">
      <input
        type="radio"
        id="${id}"
        name="${name}"
        value="${own}"
        ${
          own === value ? html` checked` : html``
        }${error === undefined ? html`` : html` aria-describedby="${name}-error"`}
      /><label for="${id}">${label}</label>${more === undefined ? html`` : html`<div class="more">${more}</div>`}
    </div>`
  })
  return html`${errorText(field)}
    <div class="choices">${items}</div>`
}

export const select = (
  field: Field & { readonly choices: ReadonlyArray<readonly [value: string, label: string]> }
): Html => {
  const { choices, error, label, name, value } = field
  const items = choices.map(
    ([own, shown]) => html`<option value="${own}" ${own === value ? html` selected` : html``}>${shown}</option>`
  )
  return html`<div class="field">
    <label for="${name}">${label}</label>${hintText(field)}${errorText(field)}
    <select
      id="${name}"
      name="${name}"
      ${error === undefined ? html`` : html` aria-invalid="true"`}${describedBy(field)}
    >
      ${items}
    </select>
  </div>`
}
