/** What stands with money going back, in a clerk's words. */
import { toDecimal } from "./Money.ts"
import type { Repayment, RepaymentStatus } from "./Repayment.ts"

import type { Language } from "./http/texts.ts"
type Route = Repayment["route"]

const routes: Readonly<Record<Language, Readonly<Record<Route, string>>>> = {
  lv: {
    manual: "iestādes pārskaitījums",
    refund: "maksājuma atmaksa caur maksājumu sniedzēju",
    payout: "izmaksa uz norādīto kontu"
  },
  en: {
    manual: "a transfer by the agency",
    refund: "a refund by the payment provider",
    payout: "a payout to the account named"
  },
  ru: {
    manual: "перевод учреждения",
    refund: "возврат через поставщика платёжных услуг",
    payout: "выплата на указанный счёт"
  }
}

const statuses: Readonly<Record<Language, Readonly<Record<RepaymentStatus, string>>>> = {
  lv: {
    requested: "Gaida apstiprinājumu; nauda nav nosūtīta.",
    approved: "Apstiprināta; nauda vēl nav nosūtīta.",
    submitted: "Nosūtīta izpildei; rezultāts vēl nav zināms, un nauda tiek uzskatīta par izmaksātu.",
    outcome_unknown:
      "Nav zināms, vai nauda ir nosūtīta. Tā tiek uzskatīta par izmaksātu; otrreiz nesūtiet, kamēr tas nav noskaidrots.",
    done: "Nauda ir nosūtīta.",
    refused: "Noraidīta; nauda nav izmaksāta, un to var atmaksāt citādi.",
    reversed: "Nauda ir atnākusi atpakaļ; to var atmaksāt citādi."
  },
  en: {
    requested: "Waits for approval; no money has been sent.",
    approved: "Approved; no money has been sent yet.",
    submitted: "Sent for execution; the result is not known yet, and the money counts as paid out.",
    outcome_unknown:
      "Nobody knows whether the money left. It counts as paid out; do not send it again until that is known.",
    done: "The money has been sent.",
    refused: "Refused; no money was paid out, and it can go back another way.",
    reversed: "The money came back; it can go back another way."
  },
  ru: {
    requested: "Ожидает утверждения; деньги не отправлены.",
    approved: "Утверждён; деньги ещё не отправлены.",
    submitted: "Отправлен на исполнение; результат ещё не известен, деньги считаются выплаченными.",
    outcome_unknown:
      "Неизвестно, ушли ли деньги. Они считаются выплаченными; не отправляйте их снова, пока это не выяснено.",
    done: "Деньги отправлены.",
    refused: "Отклонён; деньги не выплачены, их можно вернуть другим способом.",
    reversed: "Деньги вернулись; их можно вернуть другим способом."
  }
}

const more = {
  lv: {
    title: "Atmaksa",
    soft: "Sniedzējs savu atbildi vēl var mainīt.",
    look: "Jāpārbauda cilvēkam",
    code: "Sniedzēja kods"
  },
  en: {
    title: "Repayment",
    soft: "The provider may still change its word.",
    look: "A person should look",
    code: "The provider's code"
  },
  ru: {
    title: "Возврат",
    soft: "Поставщик ещё может изменить ответ.",
    look: "Нужна проверка человеком",
    code: "Код поставщика"
  }
} as const

const ends: ReadonlySet<RepaymentStatus> = new Set(["done", "refused", "reversed"])

/** Sentences about how far it came, why, and what that means for the money. Holds no personal data. */
export const explainRepayment = (repayment: Repayment, language: Language): string => {
  const { amount, attention, finality, history, route, status } = repayment
  const words = more[language]
  const last = history.at(-1)
  const lines = [
    `${words.title}: ${toDecimal(amount)} ${amount.currency}, ${routes[language][route]}.`,
    statuses[language][status],
    ...(last?.providerCode === undefined ? [] : [`${words.code}: ${last.providerCode}.`]),
    ...(ends.has(status) && finality === "soft" ? [words.soft] : []),
    ...(attention.length === 0 ? [] : [`${words.look}: ${attention.join(", ")}.`])
  ]
  return lines.join(" ")
}
