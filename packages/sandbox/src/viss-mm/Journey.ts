import type { BankResult } from "../kernel/BankDesk.ts"
import { impossible } from "../kernel/ControlError.ts"
import type { World } from "../kernel/World.ts"
import type { Bank, Catalogue } from "./catalogue.ts"
import type { PaymentRequest } from "./PaymentRequest.ts"
import type { Requests } from "./Requests.ts"
import type { Settings } from "./settings.ts"
import { withId } from "./urls.ts"

/** Path of the payer's page, with the trailing slash of the guide's links. */
export const pagePath = "/MM/WebUI2/Payments/"

/** What the payer's page takes from its link. */
export interface PageLook {
  readonly language: "LAT" | "ENG"
  readonly fs?: string
  readonly bm?: string
}

/** What a payer can do with a request, on the pages or through the control API. */
export interface Journey {
  /** Where the payer's page of a request is. */
  pageUrl(id: string, look?: PageLook): string
  returnUrl(request: PaymentRequest): string
  banks(request: PaymentRequest): ReadonlyArray<Bank>
  /** Goes to a bank; answers the URL of its page. Throws ControlError 409 when the request is not payable or the bank not offered. */
  chooseBank(request: PaymentRequest, swiftCode: string, look: PageLook): string
  /** Decides on the bank's page that was opened last; answers where the payer goes next. */
  decide(request: PaymentRequest, result: BankResult): Promise<string>
}

export const createJourney = (parts: {
  readonly world: World
  readonly settings: () => Settings
  readonly catalogue: Catalogue
  readonly requests: Requests
}): Journey => {
  const { catalogue, requests, settings, world } = parts

  const pageUrl = (id: string, look?: PageLook): string => {
    const url = new URL(pagePath, world.base.pages)
    url.searchParams.set("id", id)
    if (look?.bm !== undefined) url.searchParams.set("bm", look.bm)
    if (look?.fs !== undefined) url.searchParams.set("fs", look.fs)
    if (look?.language === "ENG") url.searchParams.set("language", "ENG")
    return url.href
  }
  const returnUrl = (request: PaymentRequest): string => withId(request.responseUrl, request.id, settings().appendId)

  const banks = (request: PaymentRequest): ReadonlyArray<Bank> => {
    const allowed = catalogue
      .banks()
      .filter((bank) => request.allowedBanks.length === 0 || request.allowedBanks.includes(bank.swiftCode))
    // The bank with which the payer signed in comes first.
    const isOwn = (bank: Bank): boolean => bank.swiftCode === request.swiftCode
    return [...allowed.filter(isOwn), ...allowed.filter((bank) => !isOwn(bank))]
  }

  const onBankResult = async (
    request: PaymentRequest,
    bank: Bank,
    look: PageLook,
    result: BankResult
  ): Promise<string> => {
    if (result === "leave") {
      requests.note(request, `left ${bank.swiftCode} without deciding`)
      return returnUrl(request)
    }
    const late = request.expired && settings().latePayments && result === "confirm"
    // Another tab or the deadline was faster: no money moves, and the page says so.
    if (request.status !== "P" && !late) return pageUrl(request.id, look)
    if (result === "confirm") {
      await requests.settle(request, { status: "E", bank: bank.swiftCode, force: late })
      return returnUrl(request)
    }
    await requests.refuse(request, bank.swiftCode)
    return settings().rejectEndsRequest ? returnUrl(request) : pageUrl(request.id, look)
  }

  return {
    pageUrl,
    returnUrl,
    banks,
    chooseBank: (request, swiftCode, look) => {
      if (request.status !== "P") throw impossible(`the request is not payable (${request.status})`)
      const bank = banks(request).find((offered) => offered.swiftCode === swiftCode)
      if (bank === undefined) throw impossible("this bank is not offered for the request")
      const url = world.bank.open({
        simulator: "vissMm",
        paymentId: request.id,
        payee: request.payee,
        iban: request.iban,
        amountMinor: request.totalCents,
        currency: request.currency,
        purpose: request.paymentObject ?? request.serviceName.lv,
        language: look.language === "ENG" ? "en" : "lv",
        bankName: bank.name,
        onResult: (result) => onBankResult(request, bank, look, result)
      })
      request.bankPage = { url, bank: bank.swiftCode }
      requests.note(request, `went to ${bank.swiftCode}`)
      return url
    },
    decide: (request, result) => {
      if (request.bankPage === undefined) throw impossible("no bank page is open; choose_bank comes first")
      return world.bank.decide(request.bankPage.url, result)
    }
  }
}
