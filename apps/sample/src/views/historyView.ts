import type { Attempt, Channel, Observation, Payment } from "@maksa/core"
import { formatMoney, formatShort, toIso, toMillis } from "../format.ts"
import type { Language } from "../Language.ts"
import { channelTexts, historyTexts } from "../texts/history.ts"
import { statusPageTexts } from "../texts/statusPage.ts"
import { statusTexts } from "../texts/status.ts"
import { type Html, html } from "./html.ts"
import { providerName } from "./providerName.ts"

/** The same news heard several times in a row, by whatever way. */
interface Entry {
  readonly news: Observation
  readonly last: Observation
  readonly channels: ReadonlyArray<Channel>
  readonly times: number
}

const amountOf = ({ says }: Observation): bigint | undefined => ("amount" in says ? says.amount?.minorUnits : undefined)

const isSameNews = (a: Observation, b: Observation): boolean => {
  return (
    a.attemptId === b.attemptId && a.trust === b.trust && a.says._tag === b.says._tag && amountOf(a) === amountOf(b)
  )
}

const grouped = (history: ReadonlyArray<Observation>): ReadonlyArray<Entry> => {
  const entries: Array<Entry> = []
  for (const news of history) {
    const previous = entries.at(-1)
    if (previous !== undefined && isSameNews(previous.news, news)) {
      const channels = [...new Set([...previous.channels, news.channel])]
      entries[entries.length - 1] = { ...previous, last: news, channels, times: previous.times + 1 }
    } else entries.push({ news, last: news, channels: [news.channel], times: 1 })
  }
  return entries
}

const sentence = ({ decision, observedAt, says, trust }: Observation, attempt: Attempt, language: Language): string => {
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
    case "absent":
      return toMillis(observedAt) < toMillis(attempt.deadline) ? text.claims.absent : text.nothingPaid
    case "withdrawn":
      return decision?.by === "payer" ? text.canceledByPayer : text.claims.withdrawn
    default:
      return text.claims[says._tag]
  }
}

interface Line {
  readonly at: Observation["observedAt"]
  readonly text: string
  readonly details: ReadonlyArray<string>
}

const lineOf = ({ channels, last, news, times }: Entry, attempt: Attempt, language: Language): Line => {
  const text = historyTexts[language]
  const details = [
    ...(news.decision?.by === "payer" ? [] : channels.map((channel) => channelTexts[language][channel])),
    ...(news.providerCode === undefined || news.says._tag !== "refused" ? [] : [text.code(news.providerCode)]),
    ...(times > channels.length ? [text.repeated(times, formatShort(last.observedAt, language))] : [])
  ]
  return { at: news.observedAt, text: sentence(news, attempt, language), details }
}

/** Where no provider says that the time ran out (ecommpay then just knows of nothing), the deadline says it. */
const withDeadline = (
  lines: ReadonlyArray<Line>,
  own: ReadonlyArray<Observation>,
  attempt: Attempt,
  language: Language
): ReadonlyArray<Line> => {
  if (attempt.status !== "expired" || own.some(({ says, trust }) => says._tag === "lapsed" && trust === "proven")) {
    return lines
  }
  const over: Line = { at: attempt.deadline, text: historyTexts[language].claims.lapsed, details: [] }
  const place = lines.findIndex(({ at }) => toMillis(at) >= toMillis(over.at))
  return place === -1 ? [...lines, over] : lines.toSpliced(place, 0, over)
}

const item = ({ at, details, text }: Line, language: Language): Html =>
  html`<li>
    <time datetime="${toIso(at)}">${formatShort(at, language)}</time>
    <span>${text}${details.length === 0 ? "" : html` <span class="soft">(${details.join("; ")})</span>`}</span>
  </li>`

/** What happened, in plain words and in order, attempt by attempt. */
export const historyView = (payment: Payment, history: ReadonlyArray<Observation>, language: Language): Html => {
  const text = historyTexts[language]
  const isSeveral = payment.attempts.length > 1
  const parts = payment.attempts.map((attempt, index) => {
    const own = history.filter((news) => news.attemptId === attempt.id)
    const told = grouped(own).map((entry) => lineOf(entry, attempt, language))
    const heading = isSeveral ? html`<h3>${text.attempt(index + 1, providerName(attempt.instance))}</h3>` : html``
    const start: ReadonlyArray<Line> = index === 0 ? [{ at: payment.createdAt, text: text.ordered, details: [] }] : []
    const lines = [...start, ...withDeadline(told, own, attempt, language)]
    return html`${heading}
      <ol class="history">
        ${lines.map((line) => item(line, language))}
      </ol>`
  })
  return html`<section aria-labelledby="history">
    <h2 id="history">${statusPageTexts[language].history}</h2>
    ${parts}
  </section>`
}
