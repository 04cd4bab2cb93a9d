import { fulfilment } from "../fees/policy.ts"
import { type PaymentView, versionOf } from "../fees/PaymentView.ts"
import { formatMoney, formatShort } from "../format.ts"
import type { Language } from "../Language.ts"
import { pageTexts } from "../texts/pages.ts"
import { statusKey, statusTexts, statusTone } from "../texts/status.ts"
import { statusPageTexts } from "../texts/statusPage.ts"
import { factsView } from "./factsView.ts"
import { historyView } from "./historyView.ts"
import { type Html, html } from "./html.ts"
import { layout } from "./layout.ts"
import { payerNotes } from "./payerNotes.ts"

const actionForm = (path: string, action: string, label: string): Html =>
  html`<form method="post" action="${path}/${action}">
    <button class="button quiet" data-action="${action}">${label}</button>
  </form>`

const actions = (view: PaymentView, path: string, language: Language): Html => {
  const text = statusPageTexts[language]
  const { canCancel, canCheck, canPayAnotherWay, canTryAgain, continueUrl } = view
  if (continueUrl === undefined && !canTryAgain && !canCheck && !canCancel) return html``
  return html`<div class="actions">
    ${continueUrl === undefined ? html`` : html`<a class="button" data-action="continue" href="${continueUrl}">${text.continue}</a>`}
    ${canTryAgain ? html`<a class="button" data-action="again" href="${path}/pay">${canPayAnotherWay ? text.again : text.againSame}</a>` : html``}
    ${canCheck ? actionForm(path, "check", text.check) : html``}
    ${canCancel ? actionForm(path, "cancel", text.cancel) : html``}
  </div>`
}

const receipts = (view: PaymentView, path: string, language: Language): Html => {
  if (!view.hasReceipt) return html``
  const text = statusPageTexts[language]
  const paid = view.payment.attempts.findLast((attempt) => attempt.status === "paid") ?? view.payment.current
  // No `download`: the answer itself says that it is a file, and one that is not there is a page that says why.
  return html`<section aria-labelledby="receipts">
    <h2 id="receipts">${text.receipts}</h2>
    <p>${paid.instance === "viss-mm" ? text.receiptMm : text.receiptEcommpay}</p>
    <div class="actions">
      <a class="button" data-action="pdf" href="${path}/receipt.pdf">${text.pdf}</a>
      <a class="button quiet" data-action="xml" href="${path}/receipt.xml">${text.xml}</a>
    </div>
  </section>`
}

const officeText = ({ office, payment, service }: PaymentView, language: Language): string | undefined => {
  const text = statusPageTexts[language]
  const name = service.office[language]
  if (office === "nothing" || office === "soon") return undefined
  if (office === "waits-amount") return text.waitsAmount(name)
  if (office === "waits-final") return text.waitsFinal(name, formatMoney(fulfilment.limit, language))
  const when = formatShort(office.toldAt, language)
  return payment.state.finality === "hard" ? text.told(name, when) : text.toldEarly(name, when)
}

/** The true state of a payment, what can be done about it, its documents and what happened. */
export const statusView = (view: PaymentView, language: Language): string => {
  const text = statusPageTexts[language]
  const { payment } = view
  const { reason, status } = payment.state
  // Who has just paid must not be asked to pay while the answer is on its way.
  const key = view.isBeingAsked ? "processing" : statusKey(payment.state)
  const words = statusTexts[language][key]
  const { toStart } = pageTexts[language]
  const path = `/${language}/orders/${payment.merchantReference}`
  const office = officeText(view, language)
  return layout({
    language,
    path: `/orders/${payment.merchantReference}`,
    title: words.title,
    script: "/assets/status.js",
    content: html`<div data-watch="${view.isPending ? `${path}/state` : ""}" data-version="${versionOf(view)}"></div>
      <nav aria-label="${toStart}"><a class="back" href="/${language}">${toStart}</a></nav>
      <p class="eyebrow">${text.payment} ${payment.merchantReference}</p>
      <section
        class="state ${statusTone[key]}"
        role="status"
        data-status="${status}"
        data-finality="${payment.state.finality}"
      >
        <h1>${words.title}</h1>
        <p>${reason === "outcome_unknown" ? text.outcomeUnknown : words.text}</p>
        ${payerNotes(payment, language).map((note) => html`<p data-value="note">${note}</p>`)}
      </section>
      ${view.isForgotten && view.isOpen ? html`<p class="note">${text.forgotten}</p>` : html``}
      ${actions(view, path, language)} ${receipts(view, path, language)}
      ${
        office === undefined
          ? html``
          : html`<section aria-labelledby="office">
              <h2 id="office">${text.office}</h2>
              <p data-value="office">${office}</p>
            </section>`
      }
      ${factsView(payment, view.service, language)} ${historyView(payment, view.history, language)}`
  })
}
