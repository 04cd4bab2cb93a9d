import type { CheckResult, PaymentError } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { Api } from "./api.ts"
import { AccountReply } from "./wire.ts"

const configuration: CheckResult = { name: "configuration", isOk: true, message: "complete" }

const ofKey = (expires: string): CheckResult => {
  const expiresAt = Date.parse(expires)
  return Number.isNaN(expiresAt)
    ? { name: "key", isOk: false, message: "the provider does not say when the key ends" }
    : { name: "key", isOk: true, message: "accepted", expiresAt }
}

// Whoever refuses us was reached.
const ofError = ({ reason }: PaymentError): ReadonlyArray<CheckResult> => {
  const isReached = reason._tag === "AuthenticationFailed" || reason._tag === "MalformedResponse"
  const { message } = reason
  return isReached
    ? [
        { name: "api", isOk: true, message: "reachable" },
        { name: "key", isOk: false, message }
      ]
    : [{ name: "api", isOk: false, message }]
}

/** Asks for our own account: the provider must know key and signature, and answer with its own. */
export const checkAccount = (api: Api): Effect.Effect<ReadonlyArray<CheckResult>> =>
  Effect.match(
    api.ask(
      { asking: { instance: "template" }, operation: "check", method: "GET", target: "/v1/account" },
      AccountReply
    ),
    {
      onSuccess: ({ reply }) => [
        configuration,
        { name: "api", isOk: true, message: "reachable" },
        ofKey(reply.key_expires_at)
      ],
      onFailure: (error) => [configuration, ...ofError(error)]
    }
  )
