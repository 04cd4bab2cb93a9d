import type { Language } from "../Language.ts"

const en = {
  title: "Payments",
  note: "A demonstration of what a clerk sees. There is no sign-in here; a real application must have one.",
  clockTitle: "Turn the clock",
  clockText:
    "Providers and the municipality share one clock. Turn it to see what becomes of a payment that somebody left.",
  clockNow: "The demonstration's time",
  clockLabel: "Move forward",
  hour: "1 hour",
  day: "1 day",
  week: "7 days",
  deadline: "past the deadline of every open payment",
  clockButton: "Turn",
  csv: "Download CSV",
  empty: "There are no payments yet.",
  caption: "Newest first",
  reference: "Case number, started",
  service: "Service",
  amount: "Amount",
  provider: "Provider",
  status: "Status",
  office: "Office told",
  back: "To all payments",
  payment: "Payment",
  paymentId: "Payment identifier",
  providerReference: "Provider's reference"
}

export type ClerkTexts = typeof en

const lv: ClerkTexts = {
  title: "Maksājumi",
  note: "Demonstrācija tam, ko redz darbinieks. Šeit nav pieteikšanās; īstā lietotnē tai jābūt.",
  clockTitle: "Pagriezt pulksteni",
  clockText:
    "Maksājumu pakalpojumu sniedzējiem un pašvaldībai ir viens pulkstenis. Pagrieziet to, lai redzētu, kas notiek ar pamestu maksājumu.",
  clockNow: "Demonstrācijas laiks",
  clockLabel: "Pārcelt uz priekšu",
  hour: "par 1 stundu",
  day: "par 1 dienu",
  week: "par 7 dienām",
  deadline: "līdz būs pagājuši visu atvērto maksājumu termiņi",
  clockButton: "Pagriezt",
  csv: "Lejupielādēt CSV",
  empty: "Maksājumu vēl nav.",
  caption: "Jaunākie vispirms",
  reference: "Lietas numurs, sākts",
  service: "Pakalpojums",
  amount: "Summa",
  provider: "Maksājuma kanāls",
  status: "Stāvoklis",
  office: "Iestādei paziņots",
  back: "Uz visiem maksājumiem",
  payment: "Maksājums",
  paymentId: "Maksājuma identifikators",
  providerReference: "Maksājumu pakalpojuma sniedzēja atsauce"
}

export const clerkTexts: Readonly<Record<Language, ClerkTexts>> = { lv, en }
