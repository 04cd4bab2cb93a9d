import type { Payment } from "@maksa/core"
import type { Service } from "../fees/services.ts"
import { formatMoment, formatShort, toIso } from "../format.ts"
import type { Language } from "../Language.ts"
import { clerkTexts } from "../texts/clerk.ts"
import { attentionTexts } from "../texts/status.ts"
import { sumText } from "./amounts.ts"
import { select } from "./fields.ts"
import { type Html, html } from "./html.ts"
import { layout } from "./layout.ts"
import { providerName } from "./providerName.ts"
import { statusBadge } from "./statusBadge.ts"

export interface ClerkRow {
  readonly payment: Payment
  /** Absent for a service that is no longer offered. */
  readonly service: Service | undefined
  readonly toldAt: number | undefined
}

const row = ({ payment, service, toldAt }: ClerkRow, language: Language): Html => {
  const flags = payment.state.attention.map(
    (flag) => html`<span class="badge bad">${attentionTexts[language][flag]}</span> `
  )
  return html`<tr>
    <td><time datetime="${toIso(payment.createdAt)}">${formatShort(payment.createdAt, language)}</time></td>
    <th scope="row">${payment.merchantReference}</th>
    <td>${service?.title[language] ?? payment.purpose}</td>
    <td class="number">${sumText(payment, language, "–")}</td>
    <td>${[...new Set(payment.attempts.map((attempt) => providerName(attempt.instance)))].join(", ")}</td>
    <td>${statusBadge(payment.state, language)}</td>
    <td>${flags}</td>
    <td>${toldAt === undefined ? "–" : formatShort(toldAt, language)}</td>
  </tr>`
}

const clockForm = (language: Language, now: number): Html => {
  const text = clerkTexts[language]
  const choices = [
    ["PT1H", text.hour],
    ["P1D", text.day],
    ["P7D", text.week],
    ["deadline", text.deadline]
  ] as const
  return html`<section class="clock" aria-labelledby="clock">
    <h2 id="clock">${text.clockTitle}</h2>
    <p>${text.clockText}</p>
    <p>
      ${text.clockNow}: <strong><time datetime="${toIso(now)}">${formatMoment(now, language)}</time></strong>
    </p>
    <form method="post" action="/${language}/clerk/clock" class="inline">
      ${select({ name: "by", label: text.clockLabel, value: "PT1H", choices })}
      <button class="button quiet" data-action="turn">${text.clockButton}</button>
    </form>
  </section>`
}

/** What the municipality's clerk sees: every payment, what needs attention, and the demonstration's clock. */
export const clerkView = (language: Language, rows: ReadonlyArray<ClerkRow>, now: number): string => {
  const text = clerkTexts[language]
  const heads = [
    text.when,
    text.reference,
    text.service,
    text.amount,
    text.provider,
    text.status,
    text.attention,
    text.office
  ]
  const table =
    rows.length === 0
      ? html`<p>${text.empty}</p>`
      : html`<div class="wide" tabindex="0" role="region" aria-label="${text.title}">
            <table>
              <caption>
                ${text.caption}
              </caption>
              <thead>
                <tr>
                  ${heads.map((head) => html`<th scope="col">${head}</th>`)}
                </tr>
              </thead>
              <tbody>
                ${rows.map((one) => row(one, language))}
              </tbody>
            </table>
          </div>
          <p class="actions">
            <a class="button quiet" data-action="csv" href="/${language}/clerk/payments.csv" download>${text.csv}</a>
          </p>`
  return layout({
    language,
    path: "/clerk",
    title: text.title,
    content: html`<h1>${text.title}</h1>
      <p class="note">${text.note}</p>
      ${table} ${clockForm(language, now)}`
  })
}
