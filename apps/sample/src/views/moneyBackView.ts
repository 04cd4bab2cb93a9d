import { explainRepayment, type Repayment } from "@maksa/core"
import type { Language } from "../Language.ts"
import { moneyBackTexts } from "../texts/moneyBack.ts"
import { textField } from "./fields.ts"
import { type Html, html } from "./html.ts"

/** A repayment, and while it waits for approval whom it goes to. */
export interface RepaymentShown {
  readonly repayment: Repayment
  readonly payee: { readonly iban: string; readonly name: string } | undefined
}

const approval = ({ payee, repayment }: RepaymentShown, language: Language): Html => {
  const text = moneyBackTexts[language]
  if (repayment.status !== "requested") return html``
  return html`${payee === undefined ? html`` : html`<p>${text.to}: ${payee.name}, ${payee.iban}</p>`}
    <form method="post" action="/${language}/clerk/repayments/${repayment.id}/approve">
      ${textField({ name: `approver-${repayment.id}`, label: text.approver })}
      <button data-action="approve">${text.approve}</button>
    </form>`
}

/** What went back or is to go back, and the form for a payout where the provider makes one. */
export const moneyBackView = (
  reference: string,
  repayments: ReadonlyArray<RepaymentShown>,
  /** Makes a repeat of the form the same repayment; absent where nothing can be paid out. */
  ticket: string | undefined,
  language: Language
): Html => {
  const text = moneyBackTexts[language]
  if (repayments.length === 0 && ticket === undefined) return html``
  const listed = repayments.map(
    (one) =>
      html`<li data-repayment="${one.repayment.status}">
        <p>${explainRepayment(one.repayment, language)}</p>
        ${approval(one, language)}
      </li>`
  )
  const fields = ["amount", "iban", "name", "email", "address", "city", "postalCode", "reason", "by"] as const
  const form =
    ticket === undefined
      ? html``
      : html`<h3>${text.ask}</h3>
          <p class="hint">${text.note}</p>
          <form method="post" action="/${language}/clerk/payments/${reference}/payout">
            <input type="hidden" name="ticket" value="${ticket}" />
            ${fields.map((name) => textField({ name, label: text[name] }))}
            <button data-action="payout">${text.send}</button>
          </form>`
  return html`<section>
    <h2>${text.title}</h2>
    <ul>
      ${listed}
    </ul>
    ${form}
  </section>`
}
