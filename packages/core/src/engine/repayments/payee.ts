// Who a payout goes to, sealed with the payment's key.
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { Payee } from "../../Payer.ts"
import { NotFound, type PaymentError } from "../../PaymentError.ts"
import { failWith, type Runtime, transact } from "../Runtime.ts"

const SealedPayee = Schema.fromJsonString(Schema.Struct({ iban: Schema.String, name: Schema.String }))
export const encodePayee = Schema.encodeSync(SealedPayee)
export const decodePayee = Schema.decodeUnknownSync(SealedPayee)

export const redactPayee = ({ iban, name }: typeof SealedPayee.Type): Payee => ({
  iban: Redacted.make(iban, { label: "payee.iban" }),
  name: Redacted.make(name, { label: "payee.name" })
})

/** Who the payout goes to, for the person who is to approve it. */
export const payee = (
  runtime: Runtime,
  repaymentId: string
): Effect.Effect<{ readonly iban: string; readonly name: string }, PaymentError> =>
  Effect.flatMap(
    transact(runtime, "repay", (tx) => tx.getSealed(repaymentId, "input")),
    (sealed) =>
      sealed === undefined
        ? Effect.fail(failWith("repay", new NotFound({ message: "This repayment names no payee, or it was erased." })))
        : Effect.succeed(decodePayee(sealed))
  )
