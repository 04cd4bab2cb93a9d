import { type Observed, type PaymentError, SubmitForm } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { Settings } from "./configuration.ts"
import type { Credentials } from "./credentials.ts"
import { type Input, toOrder } from "./order.ts"

/** Prepares the payer's own call: nothing is sent, and the provider knows nothing before the payer's browser posts it. */
export const createByForm = Effect.fnUntraced(function* (
  input: Input,
  settings: Settings,
  credentials: Credentials
): Effect.fn.Return<ReadonlyArray<Observed>, PaymentError> {
  const order = JSON.stringify(yield* toOrder(input, settings))
  const action = new SubmitForm({
    url: `${settings.pages}/form`,
    fields: { account: settings.account, order, signature: credentials.signForm(order) }
  })
  return [{ says: { _tag: "action_needed", action }, trust: "proven", providerTime: input.createdAt }]
})
