import type { Attention, Finality, PaymentStatus } from "@maksa/core"
import type { Language } from "../Language.ts"

export interface StatusText {
  /** One or two words, for lists. */
  readonly label: string
  readonly title: string
  readonly text: string
}

/** `paid` differs by what is certain about it; the others read the same. */
export type StatusKey = Exclude<PaymentStatus, "paid"> | "paid_unconfirmed" | "paid_soft" | "paid_hard"

export const statusKey = (state: {
  readonly status: PaymentStatus
  readonly finality: Finality
  readonly attention: ReadonlyArray<Attention>
}): StatusKey => {
  if (state.status !== "paid") return state.status
  // VISS MM says "paid" before its document says how much.
  return state.attention.includes("amount_unconfirmed") ? "paid_unconfirmed" : `paid_${state.finality}`
}

export const statusTexts: Readonly<Record<Language, Readonly<Record<StatusKey, StatusText>>>> = {
  lv: {
    created: {
      label: "Nav sākts",
      title: "Maksājums vēl nav sākts",
      text: "Pieprasījums vēl nav nonācis pie maksājumu pakalpojuma sniedzēja. Varat mēģināt vēlreiz."
    },
    requires_action: {
      label: "Gaida apmaksu",
      title: "Gaidām jūsu maksājumu",
      text: "Maksājums ir sagatavots, bet vēl nav samaksāts. Varat to turpināt līdz termiņam."
    },
    processing: {
      label: "Pārbauda",
      title: "Pārbaudām maksājumu",
      text: "Maksājumu pakalpojuma sniedzējs vēl nav paziņojis rezultātu. Lūdzu, nemaksājiet vēlreiz; šī lapa atjaunosies pati."
    },
    provisional: {
      label: "Pieņemts bankā",
      title: "Banka maksājumu ir pieņēmusi",
      text: "Nauda vēl ir ceļā. Tiklīdz tās saņemšana būs apstiprināta, šeit tas būs redzams."
    },
    paid_unconfirmed: {
      label: "Apstiprina summu",
      title: "Maksājums veikts, apstiprinām summu",
      text: "Maksājumu pakalpojuma sniedzējs paziņojis, ka maksājums ir veikts. Tiklīdz viņa dokuments apstiprinās summu, šeit tas būs redzams."
    },
    paid_soft: {
      label: "Samaksāts",
      title: "Samaksāts",
      text: "Maksājumu pakalpojuma sniedzējs maksājumu apstiprina. Jums vairs nekas nav jādara."
    },
    paid_hard: { label: "Samaksāts, galīgi", title: "Samaksāts", text: "Maksājums ir galīgs." },
    declined: {
      label: "Noraidīts",
      title: "Maksājums netika veikts",
      text: "Jūs vai banka maksājumu neapstiprināja. Nodeva nav samaksāta, un varat mēģināt vēlreiz."
    },
    expired: {
      label: "Termiņš beidzies",
      title: "Apmaksas termiņš ir beidzies",
      text: "Maksājums laikus netika veikts. Varat to sākt no jauna."
    },
    canceled: {
      label: "Atcelts",
      title: "Maksājums ir atcelts",
      text: "Tas vairs netiek piedāvāts. Nemaksājiet, ja apmaksas lapa jums vēl ir atvērta citā cilnē."
    },
    reversed: {
      label: "Nauda atgriezta",
      title: "Nauda ir atgriezta",
      text: "Maksājums bija veikts, bet banka naudu atsauca vai tā ir atmaksāta. Nodeva nav samaksāta."
    },
    under_review: {
      label: "Izskata darbinieks",
      title: "Maksājumu izskata darbinieks",
      text: "Saņemtās ziņas nesakrīt ar prasīto. Lūdzu, nemaksājiet vēlreiz; darbinieks to pārbaudīs."
    }
  },
  en: {
    created: {
      label: "Not started",
      title: "The payment has not started yet",
      text: "The request has not reached the payment provider. You can try again."
    },
    requires_action: {
      label: "To be paid",
      title: "We are waiting for your payment",
      text: "The payment is ready but not paid yet. You can continue until the deadline."
    },
    processing: {
      label: "Being checked",
      title: "We are checking the payment",
      text: "The payment provider has not told the result yet. Please do not pay again; this page updates by itself."
    },
    provisional: {
      label: "Accepted by the bank",
      title: "The bank has accepted the payment",
      text: "The money is still on its way. As soon as its arrival is confirmed, you will see it here."
    },
    paid_unconfirmed: {
      label: "Confirming the sum",
      title: "Paid; the sum is being confirmed",
      text: "The payment provider says that the payment was made. As soon as its document confirms the sum, you will see it here."
    },
    paid_soft: {
      label: "Paid",
      title: "Paid",
      text: "The payment provider confirms the payment. There is nothing more for you to do."
    },
    paid_hard: { label: "Paid, final", title: "Paid", text: "The payment is final." },
    declined: {
      label: "Refused",
      title: "The payment was not made",
      text: "You or the bank did not confirm it. The fee is not paid, and you can try again."
    },
    expired: {
      label: "Expired",
      title: "The time to pay is over",
      text: "The payment was not made in time. You can start it again."
    },
    canceled: {
      label: "Canceled",
      title: "The payment is canceled",
      text: "It is no longer offered. Do not pay if you still have the payment page open in another tab."
    },
    reversed: {
      label: "Money returned",
      title: "The money was returned",
      text: "The payment was made, but the bank took it back or it was repaid. The fee is not paid."
    },
    under_review: {
      label: "Under review",
      title: "A clerk is looking at the payment",
      text: "What we were told does not match what was asked. Please do not pay again; a clerk will check it."
    }
  }
}

export const attentionTexts: Readonly<Record<Language, Readonly<Record<Attention, string>>>> = {
  lv: {
    unknown_status: "nezināms stāvoklis",
    overpaid: "pārmaksāts",
    underpaid: "samaksāts par maz",
    amount_unconfirmed: "summa vēl nav apstiprināta",
    late_money: "nauda pēc beigām",
    contract_drift: "neparasta atbilde"
  },
  en: {
    unknown_status: "unknown status",
    overpaid: "overpaid",
    underpaid: "underpaid",
    amount_unconfirmed: "sum not confirmed yet",
    late_money: "money after the end",
    contract_drift: "unusual answer"
  }
}

/** Colour family of a status; the label always says it in words too. */
export const statusTone: Readonly<Record<StatusKey, "wait" | "good" | "bad" | "calm">> = {
  created: "calm",
  requires_action: "wait",
  processing: "wait",
  provisional: "wait",
  paid_unconfirmed: "wait",
  paid_soft: "good",
  paid_hard: "good",
  declined: "bad",
  expired: "calm",
  canceled: "calm",
  reversed: "bad",
  under_review: "bad"
}
