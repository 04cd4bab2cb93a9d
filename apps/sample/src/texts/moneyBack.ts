import type { Language } from "../Language.ts"

const en = {
  title: "Money back",
  ask: "Ask for a payout",
  note: "One clerk asks and another one approves; only then the money leaves. A real application takes the names from its sign-in.",
  amount: "Sum, in euro",
  iban: "Payee's account (IBAN)",
  name: "Payee's first name and family name",
  email: "Payee's e-mail",
  address: "Payee's street and house",
  city: "Payee's town",
  postalCode: "Payee's postal code",
  reason: "Why",
  by: "Clerk who asks",
  approver: "Clerk who approves",
  send: "Ask",
  approve: "Approve and send",
  to: "To",
  refusedTitle: "That was not done",
  refusedText: "Nothing was sent. The reason, for the clerk:"
}
export type MoneyBackTexts = typeof en

const lv: MoneyBackTexts = {
  title: "Naudas atmaksa",
  ask: "Pieprasīt izmaksu",
  note: "Viens darbinieks pieprasa, cits apstiprina; tikai tad nauda tiek nosūtīta. Īsta lietotne vārdus ņem no pieteikšanās.",
  amount: "Summa, eiro",
  iban: "Saņēmēja konts (IBAN)",
  name: "Saņēmēja vārds un uzvārds",
  email: "Saņēmēja e-pasts",
  address: "Saņēmēja iela un māja",
  city: "Saņēmēja pilsēta",
  postalCode: "Saņēmēja pasta indekss",
  reason: "Pamatojums",
  by: "Darbinieks, kurš pieprasa",
  approver: "Darbinieks, kurš apstiprina",
  send: "Pieprasīt",
  approve: "Apstiprināt un nosūtīt",
  to: "Saņēmējs",
  refusedTitle: "Tas netika izdarīts",
  refusedText: "Nekas nav nosūtīts. Iemesls darbiniekam:"
}

export const moneyBackTexts: Readonly<Record<Language, MoneyBackTexts>> = { lv, en }
