export type Language = "lv" | "en" | "ru"

/** Every word of a confirmation in one language. */
export interface Texts {
  readonly title: string
  /** The note that the document is not an accounting source document ("attaisnojuma dokuments"). */
  readonly notice: string
  readonly noticeDetail: string
  readonly specimen: string
  readonly specimenDetail: string
  readonly registrationNumber: string
  readonly number: string
  readonly issuedAt: string
  readonly paid: string
  readonly requested: string
  readonly received: string
  readonly returned: string
  readonly merchantReference: string
  readonly purpose: string
  readonly providerName: string
  readonly providerReference: string
  readonly paidAt: string
  readonly confirmedAt: string
  readonly rigaTime: string
  readonly basis: string
  readonly basisOf: { readonly provider: string; readonly operator: string }
  readonly finality: string
  readonly fundsConfirmed: string
  readonly mayChange: string
  readonly mayChangeUntil: (date: string) => string
  readonly paymentId: string
  readonly description: string
  readonly quantity: string
  readonly sum: string
  readonly byTariff: string
  readonly supersedes: string
}

const lv: Texts = {
  title: "Maksājuma apliecinājums",
  notice: "Nav attaisnojuma dokuments",
  noticeDetail: "Apliecina maksājumu; grāmatvedībā nav izmantojams kā attaisnojuma dokuments.",
  specimen: "PARAUGS",
  specimenDetail: "Paraugs no testa vides: nauda nav maksāta.",
  registrationNumber: "Reģ. Nr.",
  number: "Numurs",
  issuedAt: "Sagatavots",
  paid: "Samaksāts",
  requested: "Pieprasītā summa",
  received: "Saņemtā summa",
  returned: "Atmaksātā summa",
  merchantReference: "Lietas vai pasūtījuma numurs",
  purpose: "Maksājuma mērķis",
  providerName: "Maksājumu pakalpojums",
  providerReference: "Pakalpojuma sniedzēja atsauce",
  paidAt: "Maksājuma laiks",
  confirmedAt: "Maksājums apstiprināts",
  rigaTime: "Rīgas laiks",
  basis: "Pamats",
  basisOf: {
    provider: "maksājumu pakalpojuma sniedzēja apstiprinājums",
    operator: "iestādes atbildīgās personas lēmums"
  },
  finality: "Galīgums",
  fundsConfirmed: "Līdzekļi apstiprināti",
  mayChange: "Vēl var mainīties, līdz līdzekļi būs galīgi apstiprināti",
  mayChangeUntil: (date) => `Vēl var mainīties vismaz līdz ${date}`,
  paymentId: "Maksājuma identifikators",
  description: "Apraksts",
  quantity: "Daudzums",
  sum: "Summa",
  byTariff: "pēc tarifa",
  supersedes:
    "Dokuments sagatavots automātiski. Vēlāk sagatavots dokuments ar to pašu numuru aizstāj šo. Ja nauda tiek atmaksāta, apliecinājums zaudē spēku."
}

const en: Texts = {
  title: "Payment confirmation",
  notice: "Not an accounting source document",
  noticeDetail: "Confirms a payment; cannot serve as a source document (attaisnojuma dokuments) in accounting.",
  specimen: "PARAUGS",
  specimenDetail: "Specimen from a test environment: no money was paid.",
  registrationNumber: "Reg. No.",
  number: "Number",
  issuedAt: "Issued",
  paid: "Paid",
  requested: "Amount requested",
  received: "Amount received",
  returned: "Amount returned",
  merchantReference: "Case or order number",
  purpose: "Purpose of payment",
  providerName: "Payment service",
  providerReference: "Provider's reference",
  paidAt: "Time of payment",
  confirmedAt: "Payment confirmed at",
  rigaTime: "Riga time",
  basis: "Based on",
  basisOf: {
    provider: "confirmation by the payment service provider",
    operator: "decision of the agency's responsible officer"
  },
  finality: "Finality",
  fundsConfirmed: "Funds confirmed",
  mayChange: "May still change until the funds are finally confirmed",
  mayChangeUntil: (date) => `May still change until ${date} or later`,
  paymentId: "Payment identifier",
  description: "Description",
  quantity: "Quantity",
  sum: "Amount",
  byTariff: "by tariff",
  supersedes:
    "Prepared automatically. A document with the same number issued later replaces this one. If the money is returned, this confirmation is no longer valid."
}

const ru: Texts = {
  title: "Подтверждение платежа",
  notice: "Не является оправдательным документом",
  noticeDetail:
    "Подтверждает платёж; не служит оправдательным документом (attaisnojuma dokuments) в бухгалтерском учёте.",
  specimen: "PARAUGS",
  specimenDetail: "Образец из тестовой среды: деньги не уплачены.",
  registrationNumber: "Рег. №",
  number: "Номер",
  issuedAt: "Подготовлено",
  paid: "Оплачено",
  requested: "Запрошенная сумма",
  received: "Полученная сумма",
  returned: "Возвращённая сумма",
  merchantReference: "Номер дела или заказа",
  purpose: "Назначение платежа",
  providerName: "Платёжный сервис",
  providerReference: "Номер у поставщика услуги",
  paidAt: "Время платежа",
  confirmedAt: "Платёж подтверждён",
  rigaTime: "рижское время",
  basis: "Основание",
  basisOf: {
    provider: "подтверждение поставщика платёжных услуг",
    operator: "решение ответственного лица учреждения"
  },
  finality: "Окончательность",
  fundsConfirmed: "Средства подтверждены",
  mayChange: "Может измениться до окончательного подтверждения средств",
  mayChangeUntil: (date) => `Может измениться до ${date} или позже`,
  paymentId: "Идентификатор платежа",
  description: "Описание",
  quantity: "Количество",
  sum: "Сумма",
  byTariff: "по тарифу",
  supersedes:
    "Документ подготовлен автоматически. Документ с тем же номером, подготовленный позже, заменяет этот. Если деньги возвращены, подтверждение теряет силу."
}

const all: Readonly<Record<Language, Texts>> = { lv, en, ru }

export const textsOf = (language: Language): Texts => all[language]
