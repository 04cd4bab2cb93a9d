import type { Channel, ClaimTag } from "@maksa/core"
import type { Language } from "../Language.ts"

/** How a piece of news reached us. */
export const channelTexts: Readonly<Record<Language, Readonly<Record<Channel, string>>>> = {
  lv: {
    reply: "atbilde uz mūsu pieprasījumu",
    query: "atbilde uz mūsu jautājumu",
    webhook: "maksājumu pakalpojuma sniedzēja ziņa",
    return: "maksātājs",
    listing: "maksājumu saraksts",
    receipt: "no dokumenta",
    operator: "lēmums"
  },
  en: {
    reply: "answer to our request",
    query: "answer to our question",
    webhook: "message of the payment provider",
    return: "the payer",
    listing: "list of payments",
    receipt: "from the document",
    operator: "decision"
  }
}

interface HistoryTexts {
  readonly claims: Readonly<Record<Exclude<ClaimTag, "received" | "promised" | "undone" | "decided">, string>>
  readonly stillOpen: string
  /** Asked after the deadline, the provider knows of nothing. */
  readonly nothingPaid: string
  readonly notice: string
  readonly received: (amount: string | undefined) => string
  readonly promised: (amount: string | undefined) => string
  readonly undone: (amount: string | undefined) => string
  readonly decided: (status: string) => string
  readonly canceledByPayer: string
  readonly ordered: string
  readonly code: (code: string) => string
  readonly repeated: (times: number, last: string) => string
  readonly attempt: (ordinal: number, way: string) => string
}

export const historyTexts: Readonly<Record<Language, HistoryTexts>> = {
  lv: {
    claims: {
      accepted: "Pieprasījums pieņemts",
      action_needed: "Maksājums sagatavots; gaidām apstiprinājumu",
      working: "Maksājums tiek apstrādāts",
      refused: "Maksājums noraidīts",
      lapsed: "Apmaksas termiņš beidzies",
      withdrawn: "Maksājums atcelts",
      consented: "Maksātājs piekrita parādītajam tekstam",
      absent: "Maksājumu pakalpojuma sniedzējs šādu maksājumu vēl nezina",
      unknown_word: "Saņemta atbilde, kuru nesaprotam; jautāsim vēlreiz"
    },
    stillOpen: "Vēl nav samaksāts",
    nothingPaid: "Maksājumu pakalpojuma sniedzējs apstiprina, ka nekas nav samaksāts",
    notice: "Saņemts paziņojums, ka kaut kas mainījies; tas vēl neko nepierāda, tāpēc pārbaudām",
    received: (amount) => (amount === undefined ? "Samaksāts" : `Nauda saņemta: ${amount}`),
    promised: (amount) => (amount === undefined ? "Banka pieņēma maksājumu" : `Banka pieņēma maksājumu: ${amount}`),
    undone: (amount) => (amount === undefined ? "Nauda atgriezta" : `Nauda atgriezta: ${amount}`),
    decided: (status) => `Darbinieks nolēma: ${status}`,
    canceledByPayer: "Maksātājs atcēla maksājumu",
    ordered: "Maksājums pieteikts",
    code: (code) => `kods ${code}`,
    repeated: (times, last) => `tas pats ${times} reizes, pēdējo reizi ${last}`,
    attempt: (ordinal, way) => `${ordinal}. mēģinājums, ${way}`
  },
  en: {
    claims: {
      accepted: "The request was accepted",
      action_needed: "The payment is ready; waiting for its confirmation",
      working: "The payment is being processed",
      refused: "The payment was refused",
      lapsed: "The time to pay ran out",
      withdrawn: "The payment was canceled",
      consented: "The payer agreed to the text that was shown",
      absent: "The payment provider does not know this payment yet",
      unknown_word: "We got an answer that we do not understand; we will ask again"
    },
    stillOpen: "Not paid yet",
    nothingPaid: "The payment provider confirms that nothing was paid",
    notice: "We were notified that something changed; that proves nothing yet, so we asked",
    received: (amount) => (amount === undefined ? "Paid" : `The money was received: ${amount}`),
    promised: (amount) =>
      amount === undefined ? "The bank accepted the payment" : `The bank accepted the payment: ${amount}`,
    undone: (amount) => (amount === undefined ? "The money was returned" : `The money was returned: ${amount}`),
    decided: (status) => `A clerk decided: ${status}`,
    canceledByPayer: "The payer canceled the payment",
    ordered: "The payment was ordered",
    code: (code) => `code ${code}`,
    repeated: (times, last) => `the same ${times} times, last on ${last}`,
    attempt: (ordinal, way) => `Attempt ${ordinal}, ${way}`
  }
}
