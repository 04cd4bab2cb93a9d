// Who a payout goes to, sealed with the payment's key.
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { Payee, PayeeInput } from "../../Payer.ts"
import { NotFound, type PaymentError } from "../../PaymentError.ts"
import { failWith, type Runtime, transact } from "../Runtime.ts"

const Text = Schema.NonEmptyString.check(Schema.isMaxLength(255), Schema.isPattern(/^[^\p{Cc}]*$/u))
/** A payee as callers write it. */
export const PayeeFields = Schema.Struct({
  iban: Schema.NonEmptyString,
  name: Schema.NonEmptyString.check(Schema.isMaxLength(140), Schema.isPattern(/^[^\p{Cc}]*\S[^\p{Cc}]*$/u)),
  email: Schema.optionalKey(Text),
  address: Schema.optionalKey(Text),
  city: Schema.optionalKey(Text),
  postalCode: Schema.optionalKey(Text)
})
const SealedPayee = Schema.fromJsonString(PayeeFields)
export const encodePayee = Schema.encodeSync(SealedPayee)
export const decodePayee = Schema.decodeUnknownSync(SealedPayee)

export const redactPayee = ({ iban, name, ...more }: PayeeInput): Payee => ({
  iban: Redacted.make(iban, { label: "payee.iban" }),
  name: Redacted.make(name, { label: "payee.name" }),
  ...Object.fromEntries(
    Object.entries(more).map(([field, value]) => [field, Redacted.make(value, { label: `payee.${field}` })])
  )
})

/** Who the payout goes to, for the person who is to approve it. */
export const payee = (runtime: Runtime, repaymentId: string): Effect.Effect<PayeeInput, PaymentError> =>
  Effect.flatMap(
    transact(runtime, "repay", (tx) => tx.getSealed(repaymentId, "input")),
    (sealed) =>
      sealed === undefined
        ? Effect.fail(failWith("repay", new NotFound({ message: "This repayment names no payee, or it was erased." })))
        : Effect.succeed(decodePayee(sealed))
  )
