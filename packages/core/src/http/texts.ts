export type Language = "lv" | "en" | "ru"

/** What the pages that core serves say to payers. */
export const texts = {
  lv: {
    checking: "Mēs pārbaudām maksājumu",
    checkingMore: "Ja maksājums ir veikts, rezultāts būs redzams iestādes lapā. Šo lapu var aizvērt.",
    waiting: "Sagatavojam maksājumu",
    waitingMore: "Lūdzu, uzgaidiet. Šī lapa turpināsies pati.",
    forward: "Turpināt uz maksājumu",
    forwardMore: "Tūlīt atvērsies maksājuma lapa.",
    collect: "Nepieciešami papildu dati",
    consent: "Piekrītu",
    send: "Turpināt",
    elsewhere: "Maksājumu varat veikt šeit:",
    back: "Atpakaļ uz iestādes lapu"
  },
  en: {
    checking: "We are checking the payment",
    checkingMore: "If you have paid, the agency's page will show the result. You may close this page.",
    waiting: "We are preparing the payment",
    waitingMore: "Please wait. This page goes on by itself.",
    forward: "Continue to the payment",
    forwardMore: "You are being taken to the payment page.",
    collect: "More information is needed",
    consent: "I agree",
    send: "Continue",
    elsewhere: "You can pay here:",
    back: "Back to the agency's page"
  },
  ru: {
    checking: "Мы проверяем платёж",
    checkingMore: "Если вы заплатили, результат покажет страница учреждения. Эту страницу можно закрыть.",
    waiting: "Подготавливаем платёж",
    waitingMore: "Пожалуйста, подождите. Страница продолжит сама.",
    forward: "Перейти к оплате",
    forwardMore: "Вы переходите на страницу оплаты.",
    collect: "Нужны дополнительные данные",
    consent: "Согласен",
    send: "Продолжить",
    elsewhere: "Оплатить можно здесь:",
    back: "Вернуться на страницу учреждения"
  }
} as const satisfies Record<Language, Record<string, string>>
