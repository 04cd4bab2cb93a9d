// What both flows send, checked once: texts as they will be signed, sums as integers that JSON can carry.
import { type CreateInput, InvalidRequest, PaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { bankIds, type EcommpayLvPaymentOptions } from "../options.ts"
import type { Credentials } from "./credentials.ts"
import { toWireDate } from "./wireDate.ts"

/** The payer's data that is sent on when the application gave it; names save the payer a form. */
export interface Person {
  readonly firstName?: string
  readonly lastName?: string
  readonly email?: string
  /** Digits only. */
  readonly phone?: string
}

export interface Order {
  readonly paymentId: string
  /** Minor units of euro, at most 10^13 and so a safe integer. */
  readonly amount: number
  readonly customerId: string
  readonly person: Person
  readonly description: string
  readonly bankId: number | undefined
  readonly bestBefore: string
  readonly language: CreateInput<unknown>["language"] | undefined
  readonly urls: CreateInput<unknown>["urls"]
}

// A Latvian personal code: the new form begins with 32, the old one with a date of birth.
const personalCode = /(?<!\d)(?:\d{6}-\d{5}|32\d{9}|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{7})(?!\d)/

const maxAmount = 10_000_000_000_000n

export const invalid = (input: CreateInput<unknown>, field: string, message: string): PaymentError =>
  new PaymentError({
    instance: input.instance,
    operation: "create",
    reason: new InvalidRequest({ message: `${field}: ${message}`, field }),
    paymentId: input.paymentId
  })

/** Why a text cannot be sent. A form turns line breaks into other ones, so that the signature would no longer fit. */
const textProblem = (text: string): string | undefined => {
  if (text.includes(";")) return "must not hold ';', which separates the signed values."
  if (/[\p{Cc}\p{Surrogate}]/u.test(text)) return "must not hold line breaks, control characters or broken Unicode."
  return text.length > 255 ? "at most 255 characters." : undefined
}

const bankOf = (bank: EcommpayLvPaymentOptions["bank"]): number | undefined =>
  typeof bank === "string" ? bankIds[bank] : bank

/** Reads and checks the input. Pure but for the failure: the same input gives the same order. */
export const toOrder = Effect.fnUntraced(function* (
  input: CreateInput<EcommpayLvPaymentOptions>,
  credentials: Credentials
): Effect.fn.Return<Order, PaymentError> {
  const { options, payer, total } = input
  const fail = (field: string, message: string) => invalid(input, field, message)
  if (total === undefined) return yield* fail("amount", "the sum must be known; ecommpay has no tariffs.")
  if (total.currency !== "EUR") return yield* fail("amount", "only EUR can be paid by this method.")
  if (total.minorUnits < 1n || total.minorUnits > maxAmount) return yield* fail("amount", "must be 1 to 10^13 cents.")

  const text = (field: string, value: string): Effect.Effect<string, PaymentError> => {
    const problem = textProblem(value)
    return problem === undefined ? Effect.succeed(value) : Effect.fail(fail(field, problem))
  }
  // Shown on bank statements and in ecommpay's dashboard.
  const shown = (field: string, value: string): Effect.Effect<string, PaymentError> =>
    personalCode.test(value)
      ? Effect.fail(fail(field, "looks like a personal code: give a case number instead."))
      : text(field, value)

  const description =
    options.description === undefined
      ? yield* shown("purpose", input.purpose)
      : yield* shown("options.description", options.description)
  const customerId =
    options.customer?.id === undefined
      ? credentials.pseudonym(
          payer?.reference === undefined ? `payment\0${input.paymentId}` : `payer\0${payer.reference}`
        )
      : yield* shown("options.customer.id", options.customer.id)

  const person: { -readonly [K in keyof Person]: Person[K] } = {}
  for (const field of ["firstName", "lastName", "email"] as const) {
    const given = payer?.[field]
    if (given !== undefined) person[field] = yield* text(`payer.${field}`, Redacted.value(given))
  }
  if (payer?.phone !== undefined) {
    const digits = Redacted.value(payer.phone).replaceAll(/[\s()+-]/g, "")
    if (!/^\d{4,24}$/.test(digits)) return yield* fail("payer.phone", "must be a number of 4 to 24 digits.")
    person.phone = digits
  }
  return {
    paymentId: input.attemptId,
    amount: Number(total.minorUnits),
    customerId,
    person,
    description,
    bankId: bankOf(options.bank),
    bestBefore: toWireDate(input.deadline),
    language: input.language,
    urls: input.urls
  }
})
