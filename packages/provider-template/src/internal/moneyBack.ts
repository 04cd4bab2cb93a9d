// Money on its way back. The provider knows each by our id, so that a repeat is the same one.
import type { Adapter, AttemptRecord, Money, Observed, PaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { manifest } from "../manifest.ts"
import type { TemplatePaymentOptions } from "../options.ts"
import type { Api } from "./api.ts"
import type { Settings } from "./configuration.ts"
import { askAbout, pathOf } from "./orders.ts"
import { fromMoney } from "./wire.ts"

type Verbs = Adapter<typeof manifest, TemplatePaymentOptions>

export const makeMoneyBack = (api: Api, settings: Settings): Pick<Verbs, "refund" | "payout"> => {
  const send = (
    operation: "refund" | "payout",
    attempt: AttemptRecord,
    id: string,
    amount: Money,
    more: object
  ): Effect.Effect<ReadonlyArray<Observed>, PaymentError> =>
    Effect.map(
      askAbout(api, settings, attempt, {
        operation,
        method: "POST",
        target: `${pathOf(attempt)}/${operation}s`,
        content: { id, amount: fromMoney(amount), ...more }
      }),
      // Only what this command moved: the rest is told by status and notices.
      (observed) => observed.filter((one) => one.operation === `${operation}:${id}`)
    )
  return {
    refund: (attempt, { amount, reason, repaymentId }) => send("refund", attempt, repaymentId, amount, { reason }),
    payout: (attempt, { amount, iban, name, repaymentId }) =>
      send("payout", attempt, repaymentId, amount, { iban, name })
  }
}
