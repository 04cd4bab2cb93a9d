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

/** Flags that want a person, each in words. */
export const attentionBadges = ({ state }: Payment, language: Language): ReadonlyArray<Html> =>
  state.attention.map((flag) => html`<span class="badge bad">${attentionTexts[language][flag]}</span> `)

// Roles and labels by hand: where the window is narrow, the style sheet makes cards of the rows, and browsers then forget
// that this is a table.
const cell = (label: string, content: Html | string, kind = ""): Html =>
  html`<td role="cell" class="${kind}" data-label="${label}"><span>${content}</span></td>`

const row = ({ payment, service, toldAt }: ClerkRow, language: Language): Html => {
  const text = clerkTexts[language]
  const { merchantReference: reference } = payment
  const started = html`<time class="soft" datetime="${toIso(payment.createdAt)}"
    >${formatShort(payment.createdAt, language)}</time
  >`
  const providers = [...new Set(payment.attempts.map((attempt) => providerName(attempt.instance)))].join(", ")
  return html`<tr role="row">
    <th scope="row" role="rowheader" data-label="${text.reference}">
      <span><a href="/${language}/clerk/payments/${reference}">${reference}</a> ${started}</span>
    </th>
    ${cell(text.service, service?.title[language] ?? payment.purpose)}
    ${cell(text.amount, sumText(payment, language, "–"), "number")} ${cell(text.provider, providers)}
    ${cell(text.status, html`${statusBadge(payment.state, language)} ${attentionBadges(payment, language)}`, "badges")}
    ${cell(text.office, toldAt === undefined ? "–" : formatShort(toldAt, language))}
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
    [text.reference, ""],
    [text.service, ""],
    [text.amount, "number"],
    [text.provider, ""],
    [text.status, ""],
    [text.office, ""]
  ] as const
  const table =
    rows.length === 0
      ? html`<p>${text.empty}</p>`
      : html`<div class="wide">
            <table role="table">
              <caption>
                ${text.caption}
              </caption>
              <thead role="rowgroup">
                <tr role="row">
                  ${heads.map(([head, kind]) => html`<th scope="col" role="columnheader" class="${kind}">${head}</th>`)}
                </tr>
              </thead>
              <tbody role="rowgroup">
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
