import type { CreateInput, Payer, PriceLine } from "@maksa/core"
import * as Data from "effect/Data"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

import { callbackUrl } from "../callbackUrl.ts"
import type { VissMmPaymentOptions } from "../options.ts"
import { checkQuantity, type DecimalProblem, formatEuro } from "./decimal.ts"
import { endOfRigaDay, rigaDate, rigaDateTime, rigaMidnight } from "./rigaTime.ts"
import type { ClientInfo, PaymentRequest, PriceListStructure } from "./wire.ts"

/** The caller's input cannot be put into a payment request. Nothing was sent; neither member holds the value. */
export class RefusedInput extends Data.TaggedError("RefusedInput")<{
  readonly field: string
  readonly message: string
}> {}

/** Settings that shape a request. */
export interface RequestSettings {
  /** `stripOne`: without one leading zero, as a public client of MM sends positions. */
  readonly positionsLeadingZeros: "keep" | "stripOne"
  /** Whether ExpiryDate is sent as a date alone. */
  readonly dateOnlyExpiry: boolean
}

type Made<A> = Result.Result<A, RefusedInput>

const refuse = (field: string, message: string): Result.Result<never, RefusedInput> =>
  Result.fail(new RefusedInput({ field, message }))

/**
 * The last moment to pay that MM is told for a deadline: whole seconds, or the end of the day in Riga.
 *
 * ASSUMPTION(viss-mm#8): MM reads a date alone as the end of that day.
 */
export const expiryOf = (deadline: number, { dateOnlyExpiry }: RequestSettings): number =>
  dateOnlyExpiry ? endOfRigaDay(deadline) : Math.floor(deadline / 1000) * 1000

/** MM's samples write the code without its hyphen (`31129900000`). */
export const withoutHyphen = (code: string): string => code.replace(/^(\d{6})-(\d{5})$/, "$1$2")

const clientInfo = (payer: Payer = {}): Made<ClientInfo> => {
  const { companyName, firstName, lastName } = payer
  if (companyName !== undefined && (firstName ?? lastName) !== undefined) {
    return refuse("payer", "MM takes the name of a person or of a company, not both.")
  }
  const { address: home, code, email, phone } = payer
  const name = companyName ?? lastName
  return Result.succeed({
    ...(home === undefined ? {} : { ClientAddress: Redacted.value(home) }),
    ...(code === undefined ? {} : { ClientCode: withoutHyphen(Redacted.value(code)) }),
    ...(email === undefined ? {} : { ClientEMail: Redacted.value(email) }),
    ...(firstName === undefined ? {} : { ClientFirstName: Redacted.value(firstName) }),
    ...(name === undefined ? {} : { ClientName: Redacted.value(name) }),
    ...(phone === undefined ? {} : { ClientPhone: Redacted.value(phone) })
  })
}

const decimalMessages: Readonly<Record<DecimalProblem, string>> = {
  not_a_decimal: "is not a decimal number",
  negative: "is below zero",
  zero: "is zero",
  too_precise: "has too many decimals",
  too_large: "is too large"
}

const priceRow = (line: PriceLine, field: string, settings: RequestSettings): Made<PriceListStructure> => {
  if (line.position === undefined) {
    return refuse(`${field}.position`, "MM needs the price-list position of every line.")
  }
  const position = settings.positionsLeadingZeros === "stripOne" ? line.position.replace(/^0(?=.)/, "") : line.position
  if (line._tag === "tariff") {
    return Result.mapBoth(checkQuantity(line.quantity), {
      onFailure: (problem) =>
        new RefusedInput({ field: `${field}.quantity`, message: `The quantity ${decimalMessages[problem]}.` }),
      onSuccess: (Item) => ({ Item, ItemElementName: "Quantity", Position: position }) as const
    })
  }
  if (line.amount.currency !== "EUR") return refuse(`${field}.amount`, "MM takes euro only.")
  if (line.amount.minorUnits === 0n) return refuse(`${field}.amount`, "The amount is zero.")
  return Result.mapBoth(formatEuro(line.amount.minorUnits), {
    onFailure: (problem) =>
      new RefusedInput({ field: `${field}.amount`, message: `The amount ${decimalMessages[problem]}.` }),
    onSuccess: (Item) => ({ Item, ItemElementName: "Amount", Position: position }) as const
  })
}

const address = (field: string, url: string): Made<string> =>
  Result.mapError(callbackUrl(url), ({ message }) => new RefusedInput({ field, message: `${message}.` }))

const issueDate = (date: string | undefined): Made<object> => {
  if (date === undefined) return Result.succeed({})
  const InvoiceIssueDate = rigaMidnight(date)
  return InvoiceIssueDate === undefined
    ? refuse("options.invoiceIssueDate", "This is no date.")
    : Result.succeed({ InvoiceIssueDate, InvoiceIssueDateSpecified: true })
}

/**
 * The payment request that MM is asked to save. The same input always gives the same one.
 *
 * Dates go with their `…Specified` flags: without them .NET's serialisers drop the date in silence.
 */
export const saveInput = (
  input: CreateInput<VissMmPaymentOptions>,
  settings: RequestSettings
): Made<PaymentRequest> => {
  const { deadline, lines, options, payer, purpose, urls } = input
  if (lines.length === 0) return refuse("lines", "MM needs at least one line.")
  const PriceList: Array<PriceListStructure> = []
  for (const [index, line] of lines.entries()) {
    const row = priceRow(line, `lines[${index}]`, settings)
    if (Result.isFailure(row)) return Result.fail(row.failure)
    PriceList.push(row.success)
  }
  const client = clientInfo(payer)
  if (Result.isFailure(client)) return Result.fail(client.failure)
  const issued = issueDate(options.invoiceIssueDate)
  if (Result.isFailure(issued)) return Result.fail(issued.failure)
  const responseUrl = address("urls.return", urls.return)
  if (Result.isFailure(responseUrl)) return Result.fail(responseUrl.failure)
  const serverResponseUrl = address("urls.webhook", urls.webhook)
  if (Result.isFailure(serverResponseUrl)) return Result.fail(serverResponseUrl.failure)
  return Result.succeed({
    ...(options.allowedBanks === undefined
      ? {}
      : { AllowedBanks: options.allowedBanks.map((SwiftCode) => ({ SwiftCode })) }),
    ClientInfo: client.success,
    ExpiryDate: settings.dateOnlyExpiry ? rigaDate(deadline) : rigaDateTime(deadline),
    ExpiryDateSpecified: true,
    ...issued.success,
    ...(options.noInvoice === undefined ? {} : { NoInvoice: options.noInvoice }),
    ...(options.parentPaymentRequestId === undefined ? {} : { ParentPaymentRequestID: options.parentPaymentRequestId }),
    PaymentObject: purpose,
    PriceList,
    ResponseUrl: responseUrl.success,
    ServerResponseUrl: serverResponseUrl.success,
    ServiceStep: options.serviceStep,
    ...(options.bankSwiftCode === undefined ? {} : { SwiftCode: options.bankSwiftCode })
  })
}
