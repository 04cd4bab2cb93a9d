import type { Payment } from "@maksa/core"
import type { Service } from "../fees/services.ts"
import { formatMoment, formatMoney, toIso } from "../format.ts"
import type { Language } from "../Language.ts"
import { statusPageTexts } from "../texts/statusPage.ts"
import { lineText, sumText } from "./amounts.ts"
import { type Html, html } from "./html.ts"
import { providerName } from "./providerName.ts"

/** What is paid for and what it costs: name and value pairs. */
export const serviceFacts = (payment: Payment, service: Service | undefined, language: Language): Html => {
  const text = statusPageTexts[language]
  const { asked, received } = payment.state.money
  const isOther = received !== undefined && asked !== undefined && received.minorUnits !== asked.minorUnits
  const lines = payment.lines.map((line) => html`<br /><span class="soft">${lineText(line, service, language)}</span>`)
  return html`<dt>${text.service}</dt>
    <dd>${service?.title[language] ?? payment.purpose}${lines}</dd>
    <dt>${text.amount}</dt>
    <dd class="sum" data-value="amount">${sumText(payment, language, text.amountUnknown)}</dd>
    ${
      isOther
        ? html`<dt>${text.received}</dt>
            <dd class="sum" data-value="received">${formatMoney(received, language)}</dd>`
        : html``
    }`
}

/** Everything about a payment that does not change as it goes. */
export const factsView = (payment: Payment, service: Service | undefined, language: Language): Html => {
  const text = statusPageTexts[language]
  const { deadline, instance } = payment.current
  const isOpen = payment.status === "requires_action" || payment.status === "created"
  return html`<dl class="facts">
    ${serviceFacts(payment, service, language)}
    <dt>${text.way}</dt>
    <dd>${providerName(instance)}</dd>
    <dt>${text.reference}</dt>
    <dd data-value="reference">${payment.merchantReference}</dd>
    ${
      isOpen
        ? html`<dt>${text.deadline}</dt>
            <dd><time datetime="${toIso(deadline)}">${formatMoment(deadline, language)}</time></dd>`
        : html``
    }
  </dl>`
}
