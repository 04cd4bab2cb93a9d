// Money on its way back. The provider knows each by our id, so that a repeat is the same one.
import {
  type Adapter,
  type AttemptRecord,
  type PaymentError,
  type RepaymentObserved,
  type RepaymentRecord
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { manifest } from "../manifest.ts"
import type { TemplatePaymentOptions } from "../options.ts"
import type { Api, Call } from "./api.ts"
import { malformed } from "./errors.ts"
import { pathOf } from "./orders.ts"
import { observeRepayment } from "./repaymentMapping.ts"
import { fromMoney, RepaymentReply } from "./wire.ts"

type Verbs = Adapter<typeof manifest, TemplatePaymentOptions>

/** The provider does not know the repayment: it never arrived. */
const absent = (error: PaymentError): Effect.Effect<ReadonlyArray<RepaymentObserved>, PaymentError> =>
  error.reason._tag === "NotFound"
    ? Effect.succeed([{ says: { _tag: "absent" }, trust: "proven" }])
    : Effect.fail(error)

export const makeMoneyBack = (api: Api): Pick<Verbs, "refund" | "payout" | "repaymentStatus"> => {
  /** A reply about another repayment, or about another payment's, is not used. */
  const askAbout = Effect.fnUntraced(function* (
    attempt: AttemptRecord,
    { repaymentId }: RepaymentRecord,
    call: Omit<Call, "asking">
  ): Effect.fn.Return<ReadonlyArray<RepaymentObserved>, PaymentError> {
    const asking = { instance: attempt.instance, paymentId: attempt.paymentId }
    const { evidence, reply } = yield* api.ask({ ...call, asking }, RepaymentReply)
    if (reply.repayment.id !== repaymentId || reply.repayment.payment !== attempt.attemptId) {
      return yield* malformed(asking, call.operation, "it is about another repayment")
    }
    return [observeRepayment(reply.repayment, evidence)]
  })
  const send = (operation: "refund" | "payout", attempt: AttemptRecord, repayment: RepaymentRecord, more: object) =>
    askAbout(attempt, repayment, {
      operation,
      method: "POST",
      target: `${pathOf(attempt)}/${operation}s`,
      content: { id: repayment.repaymentId, amount: fromMoney(repayment.amount), ...more }
    })
  return {
    refund: (attempt, refund) => send("refund", attempt, refund, { reason: refund.reason }),
    payout: (attempt, payout) => {
      const { iban, name } = payout.payee
      return send("payout", attempt, payout, { iban: Redacted.value(iban), name: Redacted.value(name) })
    },
    repaymentStatus: (attempt, repayment) => {
      const target = `/v1/repayments/${encodeURIComponent(repayment.repaymentId)}`
      return Effect.catch(askAbout(attempt, repayment, { operation: "status", method: "GET", target }), absent)
    }
  }
}
