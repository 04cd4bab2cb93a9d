import type { Observation, Payment } from "@maksa/core"
import type { Service } from "../fees/services.ts"
import type { Language } from "../Language.ts"
import { clerkTexts } from "../texts/clerk.ts"
import { attentionBadges } from "./clerkView.ts"
import { factsView } from "./factsView.ts"
import { historyView } from "./historyView.ts"
import { type Html, html } from "./html.ts"
import { layout } from "./layout.ts"
import { statusBadge } from "./statusBadge.ts"

/** One payment as the clerk sees it: what is known of it and what happened, without the payer's buttons. */
export const clerkPaymentView = (input: {
  readonly language: Language
  readonly payment: Payment
  /** Absent for a service that is no longer offered. */
  readonly service: Service | undefined
  readonly history: ReadonlyArray<Observation>
  readonly moneyBack: Html
}): string => {
  const { history, language, moneyBack, payment, service } = input
  const text = clerkTexts[language]
  const { merchantReference: reference } = payment
  const references = payment.attempts.flatMap(({ providerReference }) =>
    providerReference === undefined ? [] : [html`<dd>${providerReference}</dd>`]
  )
  return layout({
    language,
    path: `/clerk/payments/${reference}`,
    title: `${text.payment} ${reference}`,
    content: html`<nav aria-label="${text.back}"><a class="back" href="/${language}/clerk">${text.back}</a></nav>
      <h1>${text.payment} ${reference}</h1>
      <p>${statusBadge(payment.state, language)} ${attentionBadges(payment, language)}</p>
      ${factsView(payment, service, language)}
      <dl class="facts">
        <dt>${text.paymentId}</dt>
        <dd>${payment.id}</dd>
        ${references.length === 0 ? html`` : html`<dt>${text.providerReference}</dt>`}${references}
      </dl>
      ${moneyBack} ${historyView(payment, history, language)}`
  })
}
