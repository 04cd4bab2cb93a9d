export type PageLanguage = "LAT" | "ENG"

interface PageTexts {
  readonly lang: "lv" | "en"
  readonly key: "lv" | "en"
  readonly title: string
  readonly sandbox: string
  readonly payee: string
  readonly account: string
  readonly purpose: string
  readonly until: string
  readonly total: string
  readonly rows: string
  readonly position: string
  readonly service: string
  readonly serviceName: string
  readonly quantity: string
  readonly amount: string
  readonly chooseBank: string
  readonly chooseHint: string
  readonly signedIn: string
  readonly refusedBefore: string
  readonly leave: string
  readonly back: string
  readonly otherLanguage: string
  readonly paidTitle: string
  readonly paidText: string
  readonly expiredTitle: string
  readonly expiredText: string
  readonly rejectedTitle: string
  readonly rejectedText: string
  readonly otherTitle: string
  readonly otherText: string
  readonly unknownTitle: string
  readonly unknownText: string
}

export const pageTexts: Readonly<Record<PageLanguage, PageTexts>> = {
  LAT: {
    lang: "lv",
    key: "lv",
    title: "Maksāšanas pieprasījums",
    sandbox: "Šī ir testa vide. Nauda netiek pārskaitīta.",
    payee: "Saņēmējs",
    account: "Saņēmēja konts",
    purpose: "Maksājuma mērķis",
    until: "Apmaksas termiņš",
    total: "Kopā apmaksai",
    rows: "Apmaksājamās pozīcijas",
    position: "Pozīcija",
    service: "Nosaukums",
    serviceName: "Pakalpojums",
    quantity: "Daudzums",
    amount: "Summa",
    chooseBank: "Izvēlieties apmaksas veidu",
    chooseHint: "Maksājumu apstiprināsiet izvēlētās bankas lapā.",
    signedIn: "Jūsu banka",
    refusedBefore: "Banka maksājumu neapstiprināja. Varat izvēlēties citu apmaksas veidu.",
    leave: "Atgriezties pakalpojumā, neapmaksājot",
    back: "Atgriezties pakalpojumā",
    otherLanguage: "In English",
    paidTitle: "Maksājums jau ir veikts",
    paidText: "Šis pieprasījums ir apmaksāts. Vēlreiz maksāt nevajag un nav iespējams.",
    expiredTitle: "Apmaksas termiņš ir beidzies",
    expiredText: "Šo pieprasījumu vairs nevar apmaksāt. Atgriezieties pakalpojumā un pieprasiet to no jauna.",
    rejectedTitle: "Maksājums ir noraidīts",
    rejectedText: "Šo pieprasījumu vairs nevar apmaksāt. Atgriezieties pakalpojumā un mēģiniet vēlreiz.",
    otherTitle: "Maksājums tiek pārbaudīts",
    otherText: "Apmaksas nodrošinātājs vēl nav paziņojis rezultātu. Lūdzu, nemaksājiet vēlreiz.",
    unknownTitle: "Maksāšanas pieprasījums nav atrasts",
    unknownText: "Pārbaudiet saiti vai atgriezieties pakalpojumā, no kura nācāt."
  },
  ENG: {
    lang: "en",
    key: "en",
    title: "Payment request",
    sandbox: "This is a test environment. No money is transferred.",
    payee: "Payee",
    account: "Payee's account",
    purpose: "Purpose",
    until: "Pay until",
    total: "Total to pay",
    rows: "What you pay for",
    position: "Position",
    service: "Description",
    serviceName: "Service",
    quantity: "Quantity",
    amount: "Amount",
    chooseBank: "Choose how to pay",
    chooseHint: "You will confirm the payment on the page of the bank.",
    signedIn: "Your bank",
    refusedBefore: "The bank did not confirm the payment. You can choose another way to pay.",
    leave: "Go back to the service without paying",
    back: "Go back to the service",
    otherLanguage: "Latviski",
    paidTitle: "Already paid",
    paidText: "This request has been paid. There is no need to pay again, and it is not possible.",
    expiredTitle: "The time to pay is over",
    expiredText: "This request can no longer be paid. Go back to the service and ask for a new one.",
    rejectedTitle: "The payment was rejected",
    rejectedText: "This request can no longer be paid. Go back to the service and try again.",
    otherTitle: "The payment is being checked",
    otherText: "The payment provider has not told the result yet. Please do not pay again.",
    unknownTitle: "Payment request not found",
    unknownText: "Check the link, or go back to the service that sent you here."
  }
}
