import type { PageLanguage } from "../pages/texts.ts"

interface KdvTexts {
  readonly title: string
  readonly ask: string
  readonly code: string
  readonly show: string
  readonly notice: string
  readonly unpaid: string
  readonly others: string
  readonly nothing: string
  readonly pay: string
  readonly until: string
  readonly state: Readonly<Record<"P" | "E" | "R" | "O", string>>
}

export const kdvTexts: Readonly<Record<PageLanguage, KdvTexts>> = {
  LAT: {
    title: "Mani dokumenti",
    ask: "Testa vidē nav jāpierakstās. Norādiet personas kodu, kas bija maksāšanas pieprasījumā.",
    code: "Personas kods",
    show: "Rādīt manus dokumentus",
    notice: "Jums ir jāveic apmaksa",
    unpaid: "Neapmaksātie maksāšanas pieprasījumi",
    others: "Citi maksāšanas pieprasījumi",
    nothing: "Neapmaksātu pieprasījumu nav.",
    pay: "Apmaksāt",
    until: "līdz",
    state: { P: "neapmaksāts", E: "apmaksāts", R: "noraidīts vai beidzies termiņš", O: "tiek pārbaudīts" }
  },
  ENG: {
    title: "My documents",
    ask: "Nobody signs in here. Give the personal code that was in the payment request.",
    code: "Personal code",
    show: "Show my documents",
    notice: "You have something to pay",
    unpaid: "Unpaid payment requests",
    others: "Other payment requests",
    nothing: "There is nothing to pay.",
    pay: "Pay",
    until: "until",
    state: { P: "unpaid", E: "paid", R: "rejected or lapsed", O: "being checked" }
  }
}
