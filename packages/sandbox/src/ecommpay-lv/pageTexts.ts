import type { PageLanguage } from "./PageSession.ts"

interface PageTexts {
  readonly title: string
  readonly sandbox: string
  readonly amount: string
  readonly order: string
  readonly chooseMethod: string
  readonly method: string
  readonly chooseBank: string
  readonly toBank: string
  readonly again: string
  readonly card: string
  readonly confirmBank: string
  readonly toThisBank: string
  readonly details: string
  readonly detailsHint: string
  readonly first_name: string
  readonly last_name: string
  readonly number: string
  readonly numberHint: string
  readonly first_nameError: string
  readonly last_nameError: string
  readonly numberError: string
  readonly consent: string
  readonly agree: string
  readonly goOnWithPayment: string
  readonly refuseConsent: string
  readonly back: string
  readonly accepted: string
  readonly acceptedHint: string
  readonly paid: string
  readonly paidHint: string
  readonly declined: string
  readonly declinedHint: string
  readonly expired: string
  readonly expiredHint: string
  readonly open: string
  readonly openHint: string
  readonly goOn: string
  readonly toMerchant: string
  readonly broken: string
  readonly brokenHint: string
}

export const pageTexts: { readonly [language in PageLanguage]: PageTexts } = {
  lv: {
    title: "Maksājums",
    sandbox: "Testa vide (sandbox). Nauda netiek pārskaitīta.",
    amount: "Apmaksai",
    order: "Maksājuma numurs",
    chooseMethod: "Izvēlieties maksājuma veidu",
    method: "Latvijas internetbankas (Open Banking)",
    chooseBank: "Izvēlieties savu banku",
    toBank: "Jūs tiksiet novirzīts uz bankas lapu.",
    again: "Maksājums netika apstiprināts. Varat mēģināt vēlreiz.",
    card: "Maksājumu karte (testa vidē nav)",
    confirmBank: "Apstipriniet savu banku",
    toThisBank: "Turpināt bankā",
    details: "Papildu ziņas maksājumam",
    detailsHint: "Bez tām maksājumu turpināt nevar.",
    first_name: "Vārds",
    last_name: "Uzvārds",
    number: "Jūsu konta numurs (IBAN)",
    numberHint: "No šī konta Jūs maksāsiet.",
    first_nameError: "Ierakstiet savu vārdu.",
    last_nameError: "Ierakstiet savu uzvārdu.",
    numberError: "Konta numurs nav pareizs. Pārbaudiet to.",
    consent: "Jūsu piekrišana",
    agree: "Piekrītu un turpinu",
    goOnWithPayment: "Turpināt maksājumu",
    refuseConsent: "Nepiekrītu, atgriezties pie tirgotāja",
    back: "Atgriezties pie tirgotāja",
    accepted: "Maksājums pieņemts apstrādei",
    acceptedHint: "Par naudas saņemšanu tirgotājs uzzinās, tiklīdz banka to apstiprinās.",
    paid: "Maksājums veikts",
    paidHint: "Paldies! Tirgotājs ir informēts.",
    declined: "Maksājums nav veikts",
    declinedHint: "Jūs vai banka atteicāt šo maksājumu. Nauda nav noņemta.",
    expired: "Maksājuma laiks ir beidzies",
    expiredHint: "Atgriezieties pie tirgotāja un sāciet no jauna.",
    open: "Maksājums vēl nav pabeigts",
    openHint: "Varat turpināt bankas lapā vai atgriezties pie tirgotāja.",
    goOn: "Turpināt bankā",
    toMerchant: "Atpakaļ pie tirgotāja",
    broken: "Maksājuma lapu nevar atvērt",
    brokenHint: "Saite ir bojāta vai nederīga. Atgriezieties pie tirgotāja un mēģiniet vēlreiz."
  },
  ru: {
    title: "Платёж",
    sandbox: "Тестовая среда (sandbox). Деньги не переводятся.",
    amount: "К оплате",
    order: "Номер платежа",
    chooseMethod: "Выберите способ оплаты",
    method: "Интернет-банки Латвии (Open Banking)",
    chooseBank: "Выберите свой банк",
    toBank: "Вы будете перенаправлены на страницу банка.",
    again: "Платёж не был подтверждён. Можно попробовать ещё раз.",
    card: "Платёжная карта (нет в тестовой среде)",
    confirmBank: "Подтвердите свой банк",
    toThisBank: "Продолжить в банке",
    details: "Дополнительные сведения",
    detailsHint: "Без них продолжить платёж нельзя.",
    first_name: "Имя",
    last_name: "Фамилия",
    number: "Номер вашего счёта (IBAN)",
    numberHint: "С этого счёта вы заплатите.",
    first_nameError: "Укажите имя.",
    last_nameError: "Укажите фамилию.",
    numberError: "Номер счёта неверен. Проверьте его.",
    consent: "Ваше согласие",
    agree: "Согласен и продолжаю",
    goOnWithPayment: "Продолжить платёж",
    refuseConsent: "Не согласен, вернуться к продавцу",
    back: "Вернуться к продавцу",
    accepted: "Платёж принят в обработку",
    acceptedHint: "Продавец узнает о получении денег, как только банк это подтвердит.",
    paid: "Платёж выполнен",
    paidHint: "Спасибо! Продавец уведомлён.",
    declined: "Платёж не выполнен",
    declinedHint: "Вы или банк отказались от этого платежа. Деньги не списаны.",
    expired: "Время платежа истекло",
    expiredHint: "Вернитесь к продавцу и начните заново.",
    open: "Платёж ещё не завершён",
    openHint: "Можно продолжить на странице банка или вернуться к продавцу.",
    goOn: "Продолжить в банке",
    toMerchant: "Назад к продавцу",
    broken: "Не удалось открыть платёжную страницу",
    brokenHint: "Ссылка повреждена или недействительна. Вернитесь к продавцу и попробуйте снова."
  },
  en: {
    title: "Payment",
    sandbox: "Test environment (sandbox). No money is transferred.",
    amount: "To pay",
    order: "Payment number",
    chooseMethod: "Choose how to pay",
    method: "Open Banking in Latvia",
    chooseBank: "Choose your bank",
    toBank: "You will be taken to the bank's page.",
    again: "The payment was not confirmed. You may try again.",
    card: "Payment card (not in the test environment)",
    confirmBank: "Confirm your bank",
    toThisBank: "Continue at the bank",
    details: "More is needed for this payment",
    detailsHint: "The payment cannot go on without it.",
    first_name: "First name",
    last_name: "Last name",
    number: "Number of your account (IBAN)",
    numberHint: "You will pay from this account.",
    first_nameError: "Enter your first name.",
    last_nameError: "Enter your last name.",
    numberError: "The account number is not right. Check it.",
    consent: "Your consent",
    agree: "I agree, continue",
    goOnWithPayment: "Continue with the payment",
    refuseConsent: "I do not agree, back to the merchant",
    back: "Return to the merchant",
    accepted: "Payment accepted for processing",
    acceptedHint: "The merchant will learn of the money as soon as the bank confirms it.",
    paid: "Payment completed",
    paidHint: "Thank you! The merchant has been told.",
    declined: "Payment not completed",
    declinedHint: "You or the bank refused this payment. No money was taken.",
    expired: "The time for this payment is over",
    expiredHint: "Return to the merchant and start again.",
    open: "The payment is not finished yet",
    openHint: "You can go on at the bank or return to the merchant.",
    goOn: "Continue at the bank",
    toMerchant: "Back to the merchant",
    broken: "The payment page cannot be opened",
    brokenHint: "The link is damaged or not valid. Return to the merchant and try again."
  }
}
