// What an order says, checked once; both the call and the form send exactly these members in this order.
import { type CreateInput, InvalidRequest, type PaymentError, paymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { TemplatePaymentOptions } from "../options.ts"
import type { Settings } from "./configuration.ts"
import { fromMoney } from "./wire.ts"

export type Input = CreateInput<TemplatePaymentOptions>

/** The personal fields that the provider takes, by its spelling. */
const personal = {
  first_name: "firstName",
  last_name: "lastName",
  company: "companyName",
  code: "code",
  email: "email",
  phone: "phone",
  address: "address"
} as const

const payerOf = ({ payer }: Input): Readonly<Record<string, string>> => {
  const fields: Record<string, string> = {}
  for (const [wire, name] of Object.entries(personal)) {
    const value = payer?.[name]
    if (value !== undefined) fields[wire] = Redacted.value(value)
  }
  return fields
}

const invalid = (input: Input, field: string, message: string): PaymentError =>
  paymentError(input, "create", new InvalidRequest({ message: `${field}: ${message}`, field }))

/** The order's content. The same input gives the same bytes. */
export const toOrder = Effect.fnUntraced(function* (
  input: Input,
  { account }: Settings
): Effect.fn.Return<object, PaymentError> {
  // Control characters would reach the payer's bank statement.
  if (/\p{Cc}/u.test(input.purpose)) return yield* invalid(input, "purpose", "must not hold control characters.")
  const payer = payerOf(input)
  return {
    account,
    id: input.attemptId,
    reference: input.merchantReference,
    description: input.purpose,
    flow: input.options.flow ?? "page",
    language: input.language ?? "lv",
    expires_at: new Date(input.deadline).toISOString(),
    return_url: input.urls.return,
    notice_url: input.urls.webhook,
    lines: input.lines.map((line) =>
      line._tag === "amount" ? { amount: fromMoney(line.amount) } : { position: line.position, quantity: line.quantity }
    ),
    ...(input.options.bank === undefined ? {} : { bank: input.options.bank }),
    ...(Object.keys(payer).length === 0 ? {} : { payer })
  }
})
