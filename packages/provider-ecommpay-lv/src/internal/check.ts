import type { CheckResult, PaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import { randomUUID } from "node:crypto"
import type { DataApi } from "./data-api/dataApi.ts"
import type { Gate } from "./gate.ts"

const configuration: CheckResult = { name: "configuration", isOk: true, message: "complete" }

const results = (error: PaymentError | undefined): ReadonlyArray<CheckResult> => {
  if (error === undefined) {
    return [
      configuration,
      { name: "gate", isOk: true, message: "reachable" },
      { name: "signature", isOk: true, message: "Gate accepted ours and its own was right" }
    ]
  }
  const { message } = error.reason
  // A signature that was refused, or that is not Gate's, shows that something was reached; otherwise the key is untried.
  return error.reason._tag === "AuthenticationFailed" || error.reason._tag === "MalformedResponse"
    ? [configuration, { name: "gate", isOk: true, message: "reachable" }, { name: "signature", isOk: false, message }]
    : [configuration, { name: "gate", isOk: false, message }]
}

/** Asks Gate about a payment that does not exist: it must know our signature, and answer with its own. */
export const checkGate = (gate: Gate): Effect.Effect<ReadonlyArray<CheckResult>> =>
  Effect.suspend(() =>
    Effect.match(gate.probe(`check_${randomUUID()}`), {
      onSuccess: () => results(undefined),
      onFailure: results
    })
  )

/** Asks the Data API about a payment that does not exist: it must know our token, and answer with its secret. */
export const checkDataApi = (dataApi: DataApi): Effect.Effect<ReadonlyArray<CheckResult>> =>
  Effect.suspend(() =>
    Effect.match(dataApi.ofPayment({ instance: "ecommpay-lv" }, "check", `check_${randomUUID()}`), {
      onSuccess: () => [{ name: "data_api", isOk: true, message: "it accepted the token and its signature was right" }],
      onFailure: ({ reason }) => [{ name: "data_api", isOk: false, message: reason.message }]
    })
  )
