import { isIP } from "node:net"
import { largestAmount, smallestAmount } from "../Banks.ts"
import { codes } from "../Codes.ts"
import type { Fields } from "../fields.ts"
import type { GateRequest } from "../gateEnvelope.ts"
import { GateRefusal } from "../GateRefusal.ts"
import type { FieldError, Payee, PaymentRequest } from "../PaymentRecord.ts"
import { readCallback, readEmail } from "../saleRequest.ts"
import { isIban } from "./iban.ts"

const shortestName = 3
const longestName = 99
const longestIban = 34

const readPayee = (account: Fields): Payee => {
  const iban = account.text("number").replaceAll(" ", "")
  if (iban.length > longestIban) throw new GateRefusal(400, codes.malformed, "account.number")
  const name = account.text("customer_name", longestName)
  if (name.trim().length < shortestName) throw new GateRefusal(400, codes.malformed, "account.customer_name")
  return { iban, name }
}

/** Reads a SEPA payout: required fields and their form. What it means is judged by `judgePayout`. */
export const readPayout = ({ body, general, id, project }: GateRequest): PaymentRequest => {
  const payment = body.object("payment")
  const amountMinor = payment.integer("amount", { from: smallestAmount, to: largestAmount })
  const currency = payment.text("currency", 3)
  const customer = body.object("customer")
  const customerId = customer.text("id")
  for (const name of project.settings.payouts.customerFields) customer.text(name)
  const address = customer.optionalText("ip_address")
  if (address !== undefined && isIP(address) === 0) throw new GateRefusal(400, codes.malformed, "customer.ip_address")
  return {
    type: "payout",
    projectId: project.projectId,
    paymentId: id,
    channel: "gate",
    amountMinor,
    currency,
    description: payment.optionalText("description") ?? "",
    customerId,
    ...readEmail(customer),
    given: [],
    payee: readPayee(body.object("account")),
    language: "en",
    returnUrls: {},
    callback: readCallback(body, general)
  }
}

/** What is wrong with a well-formed payout: SEPA takes euro only, to accounts whose check digits fit. */
export const judgePayout = ({ currency, payee }: PaymentRequest): ReadonlyArray<FieldError> => [
  ...(currency === "EUR" ? [] : [{ ...codes.invalidCurrency, field: "payment.currency" }]),
  ...(payee !== undefined && isIban(payee.iban) ? [] : [{ ...codes.wrongAccount, field: "account.number" }])
]
