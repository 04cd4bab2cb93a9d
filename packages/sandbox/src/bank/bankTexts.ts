export type BankLanguage = "lv" | "ru" | "en"

interface BankTexts {
  readonly title: string
  readonly sandbox: string
  readonly payTo: string
  readonly account: string
  readonly amount: string
  readonly purpose: string
  readonly pay: string
  readonly refuse: string
  readonly leave: string
  readonly leaveHint: string
  readonly decided: string
  readonly left: string
  readonly goOn: string
  readonly unknown: string
  readonly anyBank: string
}

export const bankTexts: { readonly [language in BankLanguage]: BankTexts } = {
  lv: {
    title: "Maksājuma apstiprināšana",
    sandbox: "Šī ir testa banka. Nauda netiek pārskaitīta.",
    payTo: "Saņēmējs",
    account: "Saņēmēja konts",
    amount: "Summa",
    purpose: "Maksājuma mērķis",
    pay: "Apstiprināt maksājumu",
    refuse: "Atteikt",
    leave: "Atgriezties, neko neizlemjot",
    leaveHint: "Maksājums paliek atvērts.",
    decided: "Šis maksājums jau ir apstrādāts",
    left: "Jūs izgājāt no bankas, neko neizlemjot",
    goOn: "Turpināt",
    unknown: "Šāda bankas lapa nav atrasta",
    anyBank: "Testa banka"
  },
  ru: {
    title: "Подтвердите платёж",
    sandbox: "Это тестовый банк. Деньги не переводятся.",
    payTo: "Получатель",
    account: "Счёт получателя",
    amount: "Сумма",
    purpose: "Назначение платежа",
    pay: "Подтвердить платёж",
    refuse: "Отказаться",
    leave: "Вернуться, ничего не решив",
    leaveHint: "Платёж остаётся открытым.",
    decided: "Этот платёж уже обработан",
    left: "Вы вышли из банка, ничего не решив",
    goOn: "Продолжить",
    unknown: "Такой страницы банка нет",
    anyBank: "Тестовый банк"
  },
  en: {
    title: "Confirm the payment",
    sandbox: "This is a test bank. No money is transferred.",
    payTo: "Payee",
    account: "Payee's account",
    amount: "Amount",
    purpose: "Purpose",
    pay: "Confirm payment",
    refuse: "Refuse",
    leave: "Go back without deciding",
    leaveHint: "The payment stays open.",
    decided: "This payment has already been dealt with",
    left: "You left the bank without deciding",
    goOn: "Continue",
    unknown: "There is no such page of the bank",
    anyBank: "Test bank"
  }
}
