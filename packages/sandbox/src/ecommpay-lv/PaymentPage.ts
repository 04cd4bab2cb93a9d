import type { World } from "../kernel/World.ts"
import { type BankChoice, readBankChoice } from "./bankChoice.ts"
import { banksFor } from "./Banks.ts"
import type { Clarification } from "./clarification/Clarification.ts"
import type { Lifecycle } from "./Lifecycle.ts"
import {
  bankChoicePage,
  bankConfirmationPage,
  methodPage,
  recordHead,
  resultPage,
  type PageHead,
  type ResultKind
} from "./pageHtml.ts"
import { checkPageCall, PageRefusal, readBestBefore, type PageParameters } from "./pageParameters.ts"
import type { PayerDetails } from "./payerDetails.ts"
import {
  automaticUrls,
  type MerchantButton,
  merchantButton,
  merchantUrls,
  pageLanguage,
  requestOf,
  withPaymentId,
  type PageSession
} from "./PageSession.ts"
import { payerOutcome, type PayerJourney } from "./PayerJourney.ts"
import type { PaymentBook } from "./PaymentBook.ts"
import type { PaymentRecord } from "./PaymentRecord.ts"
import type { FindProject, Project } from "./Project.ts"

/** A page to show, or an address to send the payer to. */
export type PageAnswer = { readonly html: string } | { readonly location: string }

export interface PaymentPage {
  /** Opens the page for a call of the merchant. Throws `PageRefusal`: nothing is registered, nobody is called. */
  open(parameters: PageParameters, acceptLanguage?: string): PageSession
  show(session: PageSession, isMethodChosen?: boolean): PageAnswer
  /** The payer confirmed a bank: registers the payment; answers where the payer goes: to further questions or to the bank. */
  chooseBank(session: PageSession, bankId: number): Promise<string>
  result(record: PaymentRecord): PageAnswer
  /** The banks once more, after a refusal. */
  again(record: PaymentRecord): PageAnswer
  /** The first bank that the page offers. */
  firstBank(session: PageSession): number
  /** Where a payer goes who gives up before choosing a bank. */
  leaveUrl(session: PageSession): string | undefined
  session(token: string): PageSession | undefined
  /** The page last opened for a payment id. */
  opened(projectId: number, paymentId: string): PageSession | undefined
  list(): ReadonlyArray<PageSession>
  /** The page on which a registered payment was begun. */
  sessionOf(record: PaymentRecord): PageSession | undefined
  clear(): void
}

const headOf = (session: PageSession): PageHead => ({
  language: session.language,
  amountMinor: BigInt(session.parameters["payment_amount"] ?? "0"),
  currency: session.parameters["payment_currency"] ?? "",
  description: session.parameters["payment_description"] ?? "",
  paymentId: session.paymentId
})

const kindOf = (record: PaymentRecord): ResultKind => {
  if (record.status === "success") return "paid"
  if (record.status === "expired") return "expired"
  const outcome = payerOutcome(record.status)
  if (outcome === "success") return "accepted"
  return outcome === "decline" ? "declined" : "open"
}

const leaveUrl = (session: PageSession): string | undefined => {
  const url = merchantUrls(session.parameters).return
  return url === undefined ? undefined : withPaymentId(url, session.paymentId)
}

const leaveButton = (session: PageSession): MerchantButton | undefined => {
  const url = leaveUrl(session)
  return url === undefined ? undefined : merchantButton(session.parameters, "merchant_return", url)
}

/** The button under a result, to the address of that result or of every return. */
const resultButton = (
  record: PaymentRecord,
  outcome: "success" | "decline" | "open",
  parameters: PageParameters
): MerchantButton | undefined => {
  const { paymentId, returnUrls } = record.request
  const own = outcome === "open" ? undefined : returnUrls[outcome]
  const url = own ?? returnUrls.return
  if (url === undefined) return undefined
  const name = own === undefined ? "merchant_return" : outcome === "success" ? "merchant_success" : "merchant_fail"
  return merchantButton(parameters, name, withPaymentId(url, paymentId))
}

/** What the merchant offers, less the banks that do not take the sum. */
const choiceFor = (parameters: PageParameters, { settings }: Project): BankChoice => {
  const choice = readBankChoice(parameters)
  const able = banksFor(BigInt(parameters["payment_amount"] ?? "0"), settings)
  const banks = choice.banks.filter((bank) => able.includes(bank))
  if (banks.length === 0) throw new PageRefusal("value", "payment_amount")
  return { ...choice, banks }
}

const checkOffered = ({ choice }: PageSession, bankId: number): void => {
  if (!choice.banks.some((bank) => bank.id === bankId)) throw new PageRefusal("value", "bank_id")
}

const isSamePayment = (record: PaymentRecord, session: PageSession): boolean =>
  record.request.channel === "payment_page" &&
  record.request.amountMinor === BigInt(session.parameters["payment_amount"] ?? "0") &&
  record.request.currency === session.parameters["payment_currency"]

/** The hosted payment form. Its payments exist at the platform only from the moment a bank is confirmed. */
export const createPaymentPage = (parts: {
  readonly world: World
  readonly book: PaymentBook
  readonly lifecycle: Lifecycle
  readonly clarification: Clarification
  readonly details: PayerDetails
  readonly journey: PayerJourney
  readonly findProject: FindProject
}): PaymentPage => {
  const { book, clarification, details, findProject, journey, lifecycle, world } = parts
  const sessions = new Map<string, PageSession>()
  let begunOn = new WeakMap<PaymentRecord, PageSession>()

  const registered = (session: PageSession): PaymentRecord | undefined => {
    const record = book.find(session.projectId, session.paymentId)
    return record?.status === "error" ? undefined : record
  }

  const result = (record: PaymentRecord): PageAnswer => {
    if (record.status === "awaiting customer") return { location: details.nextUrl(record) }
    const session = begunOn.get(record)
    const outcome = payerOutcome(record.status)
    const { paymentId } = record.request
    const automatic =
      session === undefined || outcome === "open" ? undefined : automaticUrls(session.parameters)[outcome]
    if (automatic !== undefined) return { location: withPaymentId(automatic, paymentId) }
    return {
      html: resultPage(recordHead(record), kindOf(record), {
        merchant: resultButton(record, outcome, session?.parameters ?? {}),
        bank: outcome === "open" ? `/payment/bank/${journey.pageOf(record)}` : undefined
      })
    }
  }

  const open = (parameters: PageParameters, acceptLanguage?: string): PageSession => {
    const project = checkPageCall(parameters, findProject)
    const { projectId } = project
    const now = world.clock.now()
    const paymentId = parameters["payment_id"] ?? ""
    const isKnown = (book.find(projectId, paymentId)?.status ?? "error") !== "error"
    const session: PageSession = {
      token: world.random.hex(32),
      projectId,
      paymentId,
      parameters,
      openedAt: now,
      // A link that was used shows what became of its payment even when its time is over.
      bestBefore: isKnown ? undefined : readBestBefore(parameters, now),
      choice: choiceFor(parameters, project),
      language: pageLanguage(parameters["language_code"], acceptLanguage)
    }
    const record = registered(session)
    // ASSUMPTION(ecommpay-lv#2): another sum under a used payment_id is refused like any bad call.
    if (record !== undefined && !isSamePayment(record, session)) throw new PageRefusal("value", "payment_id")
    sessions.set(session.token, session)
    return session
  }

  return {
    open,
    result,
    again: (record) => {
      const session = begunOn.get(record)
      if (session === undefined || record.status !== "awaiting customer") return result(record)
      const choose = `/payment/choose/${session.token}`
      return { html: bankChoicePage(headOf(session), session.choice.banks, choose, leaveButton(session), true) }
    },
    leaveUrl,
    firstBank: (session) => session.choice.banks[0]?.id ?? 0,
    session: (token) => sessions.get(token),
    sessionOf: (record) => begunOn.get(record),
    list: () => [...sessions.values()],
    opened: (projectId, paymentId) =>
      [...sessions.values()].findLast(
        (one) => one.projectId === projectId && one.paymentId.toLowerCase() === paymentId.toLowerCase()
      ),
    show: (session, isMethodChosen = false) => {
      const record = registered(session)
      if (record !== undefined) return result(record)
      const { choice } = session
      const back = leaveButton(session)
      const choose = `/payment/choose/${session.token}`
      const isAtMethods = choice.begins === "methods" || choice.begins === "split"
      if (isAtMethods && !isMethodChosen) {
        return { html: methodPage(headOf(session), choice, { banks: `/payment/banks/${session.token}`, choose, back }) }
      }
      const [only] = choice.banks
      return {
        html:
          choice.begins === "one bank" && only !== undefined
            ? bankConfirmationPage(headOf(session), only, choose, back)
            : bankChoicePage(headOf(session), choice.banks, choose, back)
      }
    },
    chooseBank: async (session, bankId) => {
      const record = registered(session)
      if (record !== undefined) {
        if (!isSamePayment(record, session)) throw new PageRefusal("value", "payment_id")
        if (record.status === "awaiting customer") {
          checkOffered(session, bankId)
          await lifecycle.tryAgain(record, bankId)
        }
        return details.nextUrl(record)
      }
      const { bestBefore } = session
      if (bestBefore !== undefined && bestBefore <= world.clock.now()) throw new PageRefusal("expired", "best_before")
      checkOffered(session, bankId)
      const fresh = book.register(requestOf(session, bankId), book.nextRequestId())
      begunOn.set(fresh, session)
      lifecycle.watch(fresh)
      await clarification.begin(fresh)
      return details.nextUrl(fresh)
    },
    clear: () => {
      sessions.clear()
      begunOn = new WeakMap()
    }
  }
}
