import type { BankDesk, BankResult } from "../kernel/BankDesk.ts"
import { badInput, impossible, unknownId } from "../kernel/ControlError.ts"
import type { Supplied } from "./clarification/Clarification.ts"
import type { Askable } from "./clarification/ClarificationRequest.ts"
import type { Lifecycle } from "./Lifecycle.ts"
import { PageRefusal, type PageParameters } from "./pageParameters.ts"
import type { PageSession } from "./PageSession.ts"
import type { PayerDetails } from "./payerDetails.ts"
import type { PayerJourney } from "./PayerJourney.ts"
import type { PaymentPage } from "./PaymentPage.ts"
import type { PaymentRecord } from "./PaymentRecord.ts"
import { mayGoToBank } from "./Statuses.ts"

/** The payment that an order is about, as far as it has come. */
export interface Target {
  readonly record: PaymentRecord | undefined
  readonly session: PageSession | undefined
}

/** Where the payer is now: on a page of the platform or the bank, or sent on to an address. */
export type PayerAnswer = { readonly page: string } | { readonly redirect: string }

const callOf = (body: Record<string, unknown>): PageParameters | undefined => {
  if (typeof body["url"] === "string") return Object.fromEntries(new URL(body["url"]).searchParams)
  const { parameters } = body
  if (parameters === undefined) return undefined
  if (typeof parameters !== "object" || parameters === null) throw badInput("parameters must be an object of texts")
  return Object.fromEntries(Object.entries(parameters).map(([name, value]: [string, unknown]) => [name, String(value)]))
}

const refused = <A>(work: () => A): A => {
  try {
    return work()
  } catch (error) {
    if (error instanceof PageRefusal) throw impossible(error.message)
    throw error
  }
}

/** The payment, when the page asks its payer for one of these now; Gate's merchants ask their payers themselves. */
const asked = ({ record }: Target, fields: ReadonlyArray<Askable>): PaymentRecord => {
  const isAsked =
    record?.request.channel === "payment_page" &&
    record.status === "awaiting clarification" &&
    fields.some((field) => record.clarification?.asked.includes(field))
  if (record === undefined || !isAsked) throw impossible("the page does not ask for this")
  return record
}

/** Does on the pages what a person would do, without a browser; what a person could not do is a `ControlError` 409. */
export const createPayer = (parts: {
  readonly bank: () => BankDesk
  readonly lifecycle: Lifecycle
  readonly details: PayerDetails
  readonly journey: PayerJourney
  readonly page: PaymentPage
  readonly pagesBase: string
}) => {
  const { bank, details, journey, lifecycle, page, pagesBase } = parts

  const open = (target: Target, body: Record<string, unknown>): PayerAnswer => {
    const call = callOf(body)
    if (call !== undefined) {
      const session = refused(() => page.open(call))
      return { page: `${pagesBase}/payment/banks/${session.token}` }
    }
    const { record, session } = target
    const redirect = record === undefined ? undefined : lifecycle.redirectOf(record)
    if (redirect !== undefined && record?.widgetToken !== undefined) {
      // Where the provider's script takes a browser.
      const { widget_host: host = "", widget_url: _script, ...options } = redirect.body
      return { page: `${host}widget?${new URLSearchParams(options).toString()}` }
    }
    if (redirect !== undefined) return { page: redirect.url }
    if (record?.status === "awaiting clarification") {
      if (record.request.channel === "gate") throw impossible("the merchant asks the payer, no page does")
      return { page: details.nextUrl(record) }
    }
    if (record !== undefined) return { page: journey.returnUrl(record) }
    if (session === undefined) throw unknownId("payment; open its page first, with url or parameters")
    return { page: `${pagesBase}/payment/banks/${session.token}` }
  }

  const chooseBank = async ({ record, session }: Target, body: Record<string, unknown>): Promise<PayerAnswer> => {
    const bankId = Number(body["bankId"] ?? body["bank_id"])
    if (session !== undefined && (record === undefined || record.status === "awaiting customer")) {
      try {
        return { page: await page.chooseBank(session, bankId) }
      } catch (error) {
        if (error instanceof PageRefusal) throw impossible(error.message)
        throw error
      }
    }
    if (record === undefined) throw unknownId("payment")
    if (!mayGoToBank(record.status) || record.bankId !== undefined) throw impossible("the bank is already chosen")
    record.bankId = bankId
    return { page: journey.bankUrl(record) }
  }

  const atBank = async ({ record, session }: Target, result: BankResult): Promise<PayerAnswer> => {
    if (record === undefined) {
      if (session === undefined) throw unknownId("payment")
      if (result !== "leave") throw impossible("no bank was chosen yet")
      return { redirect: page.leaveUrl(session) ?? `${pagesBase}/payment/banks/${session.token}` }
    }
    const isOnPage = record.status === "awaiting clarification" || record.status === "awaiting customer"
    if (result === "leave" && isOnPage) return { redirect: details.leaveUrl(record) }
    if (!mayGoToBank(record.status)) throw impossible(`the payment is "${record.status}"`)
    if (record.bankId === undefined) throw impossible("no bank was chosen yet")
    await lifecycle.sendAway(record)
    return { redirect: await bank().decide(journey.bankUrl(record), result) }
  }

  const give = async (target: Target, fields: ReadonlyArray<Askable>, supplied: Supplied): Promise<PayerAnswer> => ({
    page: await details.supply(asked(target, fields), supplied)
  })

  return async (target: Target, body: Record<string, unknown>): Promise<PayerAnswer> => {
    const { action } = body
    if (target.record?.request.type === "payout") throw impossible("a payout has no payer")
    switch (action) {
      case "open":
        return open(target, body)
      case "choose_bank":
        return chooseBank(target, body)
      case "confirm":
      case "refuse":
      case "leave":
        return atBank(target, action)
      case "names": {
        const { firstName = "Paraugs", lastName = "Piemērs" } = body
        return give(target, ["first_name", "last_name"], { firstName, lastName })
      }
      case "iban":
        // The published example of a Latvian IBAN; no such account exists.
        return give(target, ["number"], { number: body["iban"] ?? "LV80BANK0000435195001" })
      case "consent":
        return give(target, ["psu_consent"], { psuConsent: "1" })
      case "refuse_consent":
        return { redirect: await details.refuse(asked(target, ["psu_consent"])) }
      default:
        throw badInput("unknown action")
    }
  }
}

export type Payer = ReturnType<typeof createPayer>
