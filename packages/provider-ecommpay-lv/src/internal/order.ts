// What both flows send, checked once: texts as they will be signed, sums as integers that JSON can carry.
import { type CreateInput, InvalidRequest, PaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { bankIds, type EcommpayLvPaymentOptions } from "../options.ts"
import type { Credentials } from "./credentials.ts"
import { shownTextProblem, textProblem } from "./plainText.ts"
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

const maxAmount = 10_000_000_000_000n

export const invalid = (input: CreateInput<unknown>, field: string, message: string): PaymentError =>
  new PaymentError({
    instance: input.instance,
    operation: "create",
    reason: new InvalidRequest({ message: `${field}: ${message}`, field }),
    paymentId: input.paymentId
  })

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

  const checked = (problemOf: (text: string) => string | undefined) => (field: string, value: string) => {
    const problem = problemOf(value)
    return problem === undefined ? Effect.succeed(value) : Effect.fail(fail(field, problem))
  }
  const text = checked((value) => textProblem(value))
  const shown = checked(shownTextProblem)

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
