import type { Language } from "../Language.ts"

const en = {
  payment: "Payment",
  reference: "Case number",
  service: "Service",
  amount: "Amount",
  amountUnknown: "worked out by VISS MM from the price list",
  way: "Paid through",
  deadline: "Pay until",
  outcomeUnknown:
    "The connection to the payment provider broke while the payment was being started. We are asking whether it arrived. Please do not start another one.",
  continue: "Continue to payment",
  check: "Check now",
  cancel: "Cancel the payment",
  again: "Try again or pay another way",
  againSame: "Try again",
  receipts: "Receipt",
  receiptMm: "Supporting document issued by VISS MM.",
  receiptEcommpay: "Payment confirmation issued by the municipality. It is not an accounting source document.",
  pdf: "Download PDF",
  xml: "Download XML",
  noReceiptTitle: "The receipt is not available now",
  noReceiptText: "The payment provider has not issued it yet, or cannot be reached. Please try again in a minute.",
  forgottenReceipt:
    "The demonstration was restarted since: its simulated VISS MM lives in memory and no longer has this document.",
  office: "What happens next",
  told: (office: string, when: string) => `${office} was told on ${when} to go ahead.`,
  toldEarly: (office: string, when: string) =>
    `${office} was told on ${when} to go ahead and does not wait until the payment is final: for some days the bank can still take the money back, and if it does, you will see it here.`,
  waitsFinal: (office: string, limit: string) =>
    `${office} will be told when the payment is final: above ${limit} it waits until the bank can no longer take the money back, which takes some days.`,
  waitsAmount: (office: string) => `${office} will be told as soon as the sum is confirmed.`,
  overpaid: (received: string, asked: string) =>
    `You have paid more than was asked: ${received} was received, ${asked} was asked. The municipality will return the difference.`,
  underpaid: (received: string, asked: string) => `${received} was received, ${asked} was asked.`,
  lateMoney: "The money came after the deadline or the cancellation.",
  received: "Received",
  history: "What happened",
  forgotten:
    "This payment was started before the demonstration was restarted. The simulated payment providers live in memory and no longer know it, so it can be neither completed nor checked. What we knew until then is shown here.",
  back: "To the payment"
}

export type StatusPageTexts = typeof en

const lv: StatusPageTexts = {
  payment: "Maksājums",
  reference: "Lietas numurs",
  service: "Pakalpojums",
  amount: "Summa",
  amountUnknown: "pēc cenrāža aprēķina VISS MM",
  way: "Maksājuma kanāls",
  deadline: "Apmaksas termiņš",
  outcomeUnknown:
    "Sākot maksājumu, pārtrūka savienojums ar maksājumu pakalpojuma sniedzēju. Noskaidrojam, vai pieprasījums nonāca galā. Lūdzu, nesāciet citu.",
  continue: "Turpināt apmaksu",
  check: "Pārbaudīt tagad",
  cancel: "Atcelt maksājumu",
  again: "Mēģināt vēlreiz vai maksāt citādi",
  againSame: "Mēģināt vēlreiz",
  receipts: "Dokumenti",
  receiptMm: "Attaisnojuma dokuments, ko izsniedz VISS MM.",
  receiptEcommpay: "Pašvaldības izsniegts maksājuma apliecinājums. Tas nav attaisnojuma dokuments.",
  pdf: "Lejupielādēt PDF",
  xml: "Lejupielādēt XML",
  noReceiptTitle: "Dokuments pašlaik nav pieejams",
  noReceiptText:
    "Maksājumu pakalpojuma sniedzējs to vēl nav izsniedzis vai nav sasniedzams. Lūdzu, pēc minūtes mēģiniet vēlreiz.",
  forgottenReceipt:
    "Demonstrācija kopš tā laika ir pārstartēta: simulētais VISS MM dzīvo atmiņā, un šī dokumenta tam vairs nav.",
  office: "Kas notiks tālāk",
  told: (office, when) => `${office} saņēma ziņu ${when} un var sākt darbu.`,
  toldEarly: (office, when) =>
    `${office} saņēma ziņu ${when} un sāk darbu, negaidot, kad maksājums kļūs galīgs: dažas dienas banka naudu vēl var atsaukt, un, ja tā notiks, to redzēsiet šeit.`,
  waitsFinal: (office, limit) =>
    `${office} saņems ziņu, kad maksājums būs galīgs: ja summa pārsniedz ${limit}, darbu sāk tikai tad, kad banka naudu vairs nevar atsaukt, un tas prasa dažas dienas.`,
  waitsAmount: (office) => `${office} saņems ziņu, tiklīdz summa būs apstiprināta.`,
  overpaid: (received, asked) =>
    `Esat samaksājuši vairāk, nekā prasīts: saņemti ${received}, prasīti ${asked}. Pašvaldība starpību atmaksās.`,
  underpaid: (received, asked) => `Saņemti ${received}, prasīti ${asked}.`,
  lateMoney: "Nauda pienāca pēc termiņa vai atcelšanas.",
  received: "Saņemts",
  history: "Maksājuma gaita",
  forgotten:
    "Šis maksājums sākts pirms demonstrācijas pārstartēšanas. Simulētie maksājumu pakalpojumu sniedzēji dzīvo atmiņā un to vairs nezina, tāpēc to nevar ne pabeigt, ne pārbaudīt. Šeit redzams tas, ko zinājām līdz tam.",
  back: "Uz maksājumu"
}

export const statusPageTexts: Readonly<Record<Language, StatusPageTexts>> = { lv, en }
