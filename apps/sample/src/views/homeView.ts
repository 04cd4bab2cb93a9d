import { compare, type Payment } from "@maksa/core"
import { type Service, services } from "../fees/services.ts"
import { formatMoney, formatShort, toIso } from "../format.ts"
import type { Language } from "../Language.ts"
import { pageTexts } from "../texts/pages.ts"
import { sumText } from "./amounts.ts"
import { type Html, html } from "./html.ts"
import { layout } from "./layout.ts"
import { statusBadge } from "./statusBadge.ts"

const priceOf = (service: Service, language: Language): string => {
  if (service.pricing === "tariff") return `${formatMoney(service.unitPrice, language)} ${service.perUnit[language]}`
  const [first, ...rest] = service.variants.map((variant) => variant.price)
  const least = rest.reduce((low, price) => (compare(price, low) < 0 ? price : low), first ?? service.variants[0].price)
  return `${pageTexts[language].from} ${formatMoney(least, language)}`
}

const serviceCard = (service: Service, language: Language): Html =>
  html`<li class="service">
    <h2><a href="/${language}/services/${service.id}">${service.title[language]}</a></h2>
    <p>${service.summary[language]}</p>
    <p class="price">${priceOf(service, language)}</p>
  </li>`

export interface OwnPayment {
  readonly payment: Payment
  /** Name of the service, in the page's language. */
  readonly title: string
}

const paymentRow = ({ payment, title }: OwnPayment, language: Language): Html =>
  html`<li>
    <a href="/${language}/orders/${payment.merchantReference}">${payment.merchantReference}</a>
    <span class="soft">${title}</span>
    <span class="sum">${sumText(payment, language, "")}</span>
    <time class="soft" datetime="${toIso(payment.createdAt)}">${formatShort(payment.createdAt, language)}</time>
    ${statusBadge(payment.state, language)}
  </li>`

/** What can be paid for, and what this browser has paid or begun to pay. */
export const homeView = (language: Language, own: ReadonlyArray<OwnPayment>): string => {
  const text = pageTexts[language]
  const history =
    own.length === 0
      ? undefined
      : html`<section aria-labelledby="own">
          <h2 id="own">${text.yourPayments}</h2>
          <ul class="own">
            ${own.map((one) => paymentRow(one, language))}
          </ul>
        </section>`
  return layout({
    language,
    path: "",
    title: text.homeTitle,
    content: html`<h1>${text.homeTitle}</h1>
      <p class="lead">${text.homeIntro}</p>
      <ul class="services">
        ${services.map((service) => serviceCard(service, language))}
      </ul>
      ${history}`
  })
}
