// What callers of `create` and `attempt` write, decoded once at the border.
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { Manifest } from "../Manifest.ts"
import { Currency, Money } from "../Money.ts"
import { PayerInput } from "../Payer.ts"
import { InvalidRequest, type Operation, PaymentError } from "../PaymentError.ts"
import { AmountLine, PriceLine, total } from "../PriceLine.ts"

/** A moment: an ISO 8601 text with a zone, or a `Date`. */
const Moment = Schema.Union([Schema.DateTimeUtcFromString, Schema.DateTimeUtcFromDate, Schema.DateTimeUtc])

const shared = {
  /** The caller's key: a repeat of the call with the same key and input gives the same result. */
  idempotencyKey: Schema.NonEmptyString.check(Schema.isMaxLength(255)),
  /** Name of the configured provider instance. */
  provider: Schema.NonEmptyString,
  /** Until when the payer may pay; default: the engine's. */
  deadline: Schema.optionalKey(Moment),
  payer: Schema.optionalKey(PayerInput),
  language: Schema.optionalKey(Schema.Literals(["lv", "en", "ru"])),
  /** The agency's page to which the payer comes back in the end. */
  returnUrl: Schema.NonEmptyString,
  options: Schema.Unknown
}

const Sum = Schema.Struct({ minorUnits: Schema.BigInt, currency: Currency })

const LineInput = Schema.Union([
  Schema.Struct({
    amount: Sum,
    position: Schema.optionalKey(Schema.NonEmptyString),
    description: Schema.optionalKey(Schema.String)
  }),
  Schema.Struct({
    position: Schema.NonEmptyString,
    quantity: Schema.String,
    description: Schema.optionalKey(Schema.String)
  })
])

const CreateFields = Schema.Struct({
  ...shared,
  merchantReference: Schema.NonEmptyString.check(Schema.isMaxLength(255)),
  /** Shown to the payer and on the bank statement; default: the merchant reference. */
  purpose: Schema.optionalKey(Schema.NonEmptyString),
  /** The sum, when there are no lines. */
  amount: Schema.optionalKey(Sum),
  lines: Schema.optionalKey(Schema.Array(LineInput))
})
const AttemptFields = Schema.Struct({ ...shared, paymentId: Schema.NonEmptyString })

export interface CreateRequest {
  readonly idempotencyKey: string
  readonly provider: string
  readonly deadline: number | undefined
  readonly payer: PayerInput | undefined
  readonly language: "lv" | "en" | "ru"
  readonly returnUrl: string
  readonly options: unknown
  readonly merchantReference: string
  readonly purpose: string
  readonly lines: ReadonlyArray<PriceLine>
  readonly total: Money | undefined
}

const decodeCreate = Schema.decodeUnknownEffect(CreateFields, { onExcessProperty: "error" })
const decodeAttempt = Schema.decodeUnknownEffect(AttemptFields, { onExcessProperty: "error" })
const decodeLines = Schema.decodeUnknownEffect(Schema.NonEmptyArray(PriceLine))

const invalid = (operation: Operation, message: string, field?: string): PaymentError =>
  new PaymentError({
    operation,
    reason: new InvalidRequest({ message, ...(field === undefined ? {} : { field }) })
  })

/** Schema messages name paths and expectations, never values. */
const schemaError = (operation: Operation) => (error: { readonly message: string }) => invalid(operation, error.message)

// A Latvian personal code: the new form begins with 32, the old one with a date of birth.
const personalCode = /(?<!\d)(?:\d{6}-\d{5}|32\d{9}|(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{7})(?!\d)/

/** Refuses texts that a bank statement or a URL would show if they hold what looks like a personal code. */
export const refusePersonalCode = (
  operation: Operation,
  field: string,
  text: string
): Effect.Effect<void, PaymentError> =>
  personalCode.test(text)
    ? Effect.fail(
        invalid(
          operation,
          `${field} looks like a personal code, which banks and statements would show: use a case number.`,
          field
        )
      )
    : Effect.void

const moment = (value: DateTime.Utc | undefined): number | undefined =>
  value === undefined ? undefined : DateTime.toEpochMillis(value)

export const readCreate = Effect.fnUntraced(function* (input: unknown): Effect.fn.Return<CreateRequest, PaymentError> {
  const request = yield* Effect.mapError(decodeCreate(input), schemaError("create"))
  if ((request.amount === undefined) === (request.lines === undefined)) {
    return yield* invalid("create", "Give either amount or lines, not both and not neither.", "amount")
  }
  const rawLines =
    request.lines === undefined
      ? [new AmountLine({ amount: new Money(request.amount ?? { minorUnits: 0n, currency: "EUR" }) })]
      : request.lines.map((line) =>
          "amount" in line ? { ...line, _tag: "amount", amount: { ...line.amount } } : { ...line, _tag: "tariff" }
        )
  const lines = yield* Effect.mapError(
    decodeLines(
      rawLines.map((line) =>
        "amount" in line && !(line instanceof AmountLine) ? { ...line, amount: line.amount } : line
      )
    ),
    schemaError("create")
  )
  const currencies = new Set(lines.flatMap((line) => (line._tag === "amount" ? [line.amount.currency] : [])))
  if (currencies.size > 1) return yield* invalid("create", "All lines must be in one currency.", "lines")
  const purpose = request.purpose ?? request.merchantReference
  yield* refusePersonalCode("create", "merchantReference", request.merchantReference)
  yield* refusePersonalCode("create", "purpose", purpose)
  yield* refusePersonalCode("create", "payer.reference", request.payer?.reference ?? "")
  for (const line of lines) yield* refusePersonalCode("create", "lines", line.description ?? "")
  return {
    idempotencyKey: request.idempotencyKey,
    provider: request.provider,
    deadline: moment(request.deadline),
    payer: request.payer,
    language: request.language ?? "lv",
    returnUrl: request.returnUrl,
    options: request.options,
    merchantReference: request.merchantReference,
    purpose,
    lines,
    total: total(lines)
  }
})

export type AttemptRequest = Omit<CreateRequest, "merchantReference" | "purpose" | "lines" | "total"> & {
  readonly paymentId: string
}

export const readAttempt = Effect.fnUntraced(function* (
  input: unknown
): Effect.fn.Return<AttemptRequest, PaymentError> {
  const request = yield* Effect.mapError(decodeAttempt(input), schemaError("attempt"))
  yield* refusePersonalCode("attempt", "payer.reference", request.payer?.reference ?? "")
  return {
    idempotencyKey: request.idempotencyKey,
    provider: request.provider,
    deadline: moment(request.deadline),
    payer: request.payer,
    language: request.language ?? "lv",
    returnUrl: request.returnUrl,
    options: request.options,
    paymentId: request.paymentId
  }
})

/** Holds a request against what the adapter declares, before anything is stored or sent. */
export const checkAgainstManifest = Effect.fnUntraced(function* (
  operation: Operation,
  manifest: Manifest,
  request: { readonly lines: ReadonlyArray<PriceLine>; readonly total: Money | undefined; readonly purpose: string },
  deadline: number,
  now: number
): Effect.fn.Return<void, PaymentError> {
  const { limits, pricing } = manifest
  const fail = (message: string, field: string) => invalid(operation, message, field)
  if (request.lines.some((line) => !pricing[line._tag])) {
    return yield* fail(`${manifest.id} takes only lines priced by ${pricing.amount ? "amount" : "tariff"}.`, "lines")
  }
  if (request.lines.length > limits.maxLines) return yield* fail(`At most ${limits.maxLines} lines.`, "lines")
  if (request.purpose.length > limits.maxPurposeLength) {
    return yield* fail(`At most ${limits.maxPurposeLength} characters.`, "purpose")
  }
  for (const line of request.lines) {
    if (line._tag === "amount" && line.amount.minorUnits <= 0n) return yield* fail("Sums must be above zero.", "amount")
    if (line._tag === "amount" && !limits.currencies.includes(line.amount.currency)) {
      return yield* fail(`${manifest.id} takes only ${limits.currencies.join(", ")}.`, "amount")
    }
  }
  if (request.total !== undefined) {
    const { minorUnits } = request.total
    if (minorUnits < limits.minMinorUnits || minorUnits > limits.maxMinorUnits) {
      return yield* fail(`The sum must be ${limits.minMinorUnits} to ${limits.maxMinorUnits} minor units.`, "amount")
    }
  }
  if (deadline <= now) return yield* fail("The deadline is in the past.", "deadline")
  if (deadline > now + limits.maxDeadlineSeconds * 1000) {
    return yield* fail(`The deadline may be at most ${limits.maxDeadlineSeconds} seconds ahead.`, "deadline")
  }
})
