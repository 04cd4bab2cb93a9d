import type { Observation } from "@maksa/core"
import type { PaymentView } from "../fees/PaymentView.ts"
import { formatMoney, formatShort, toIso } from "../format.ts"
import type { Language } from "../Language.ts"
import { channelTexts, historyTexts } from "../texts/history.ts"
import { statusPageTexts } from "../texts/statusPage.ts"
import { statusTexts } from "../texts/status.ts"
import { type Html, html } from "./html.ts"
import { providerName } from "./providerName.ts"

/** The same news heard several times in a row. */
interface Entry {
  readonly news: Observation
  readonly last: Observation
  readonly times: number
}

const amountOf = ({ says }: Observation): bigint | undefined => ("amount" in says ? says.amount?.minorUnits : undefined)

const isSameNews = (a: Observation, b: Observation): boolean => {
  return (
    a.attemptId === b.attemptId &&
    a.channel === b.channel &&
    a.trust === b.trust &&
    a.says._tag === b.says._tag &&
    amountOf(a) === amountOf(b)
  )
}

const grouped = (history: ReadonlyArray<Observation>): ReadonlyArray<Entry> => {
  const entries: Array<Entry> = []
  for (const news of history) {
    const previous = entries.at(-1)
    if (previous !== undefined && isSameNews(previous.news, news)) {
      entries[entries.length - 1] = { ...previous, last: news, times: previous.times + 1 }
    } else entries.push({ news, last: news, times: 1 })
  }
  return entries
}

const sentence = ({ decision, says, trust }: Observation, language: Language): string => {
  const text = historyTexts[language]
  if (trust === "hint") return text.notice
  switch (says._tag) {
    case "received":
    case "promised":
    case "undone":
      return text[says._tag](says.amount === undefined ? undefined : formatMoney(says.amount, language))
    case "decided":
      return text.decided(statusTexts[language][says.status === "paid" ? "paid_hard" : says.status].label)
    case "working":
      return says.actionStands === true ? text.stillOpen : text.claims.working
    case "withdrawn":
      return decision?.by === "payer" ? text.canceledByPayer : text.claims.withdrawn
    default:
      return text.claims[says._tag]
  }
}

const item = ({ last, news, times }: Entry, language: Language): Html => {
  const text = historyTexts[language]
  const details = [
    ...(news.decision?.by === "payer" ? [] : [channelTexts[language][news.channel]]),
    ...(news.providerCode === undefined || news.says._tag !== "refused" ? [] : [text.code(news.providerCode)]),
    ...(times > 1 ? [text.repeated(times, formatShort(last.observedAt, language))] : [])
  ]
  return html`<li>
    <time datetime="${toIso(news.observedAt)}">${formatShort(news.observedAt, language)}</time>
    <span
      >${sentence(news, language)}${details.length === 0 ? "" : html` <span class="soft">(${details.join("; ")})</span>`}</span
    >
  </li>`
}

/** What happened, in plain words and in order, attempt by attempt. */
export const historyView = ({ history, payment }: PaymentView, language: Language): Html => {
  const text = historyTexts[language]
  const isSeveral = payment.attempts.length > 1
  const parts = payment.attempts.map((attempt, index) => {
    const own = grouped(history.filter((news) => news.attemptId === attempt.id))
    const heading = isSeveral ? html`<h3>${text.attempt(index + 1, providerName(attempt.instance))}</h3>` : html``
    const start =
      index === 0
        ? html`<li>
            <time datetime="${toIso(payment.createdAt)}">${formatShort(payment.createdAt, language)}</time
            ><span>${text.ordered}</span>
          </li>`
        : html``
    return html`${heading}
      <ol class="history">
        ${start}${own.map((entry) => item(entry, language))}
      </ol>`
  })
  return html`<section aria-labelledby="history">
    <h2 id="history">${statusPageTexts[language].history}</h2>
    ${parts}
  </section>`
}
