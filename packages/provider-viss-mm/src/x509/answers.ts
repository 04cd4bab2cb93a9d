// The members of SOAP replies as the service's answers: pure.
import * as Result from "effect/Result"

import { Trouble } from "../errors.ts"
import { results } from "../internal/wire.ts"
import type { Saved, StatusAnswer } from "../service.ts"
import type { SoapAnswer } from "./soap.ts"

type Read<A> = Result.Result<A, Trouble>

const unfit = (detail: string): Read<never> => Result.fail(new Trouble({ situation: "not_understood", detail }))

const textAt = (value: unknown, member: string): string | undefined => {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, member) : undefined
  return typeof found === "string" && found.trim() !== "" ? found : undefined
}

/** The answer of SavePaymentRequest. */
export const savedOf = ({ body, members }: SoapAnswer): Read<Saved> => {
  const result = members[results.save]
  const id = textAt(result, "PaymentRequestId")?.trim()
  const url = textAt(result, "PaymentRequestUrl")?.trim()
  return id === undefined
    ? unfit("the reply has no PaymentRequestId that is a GUID")
    : Result.succeed({ id, ...(url === undefined ? {} : { url }), evidence: body })
}

/** The answer of CheckPaymentRequestStatus. */
export const statusOf = ({ body, members }: SoapAnswer): Read<StatusAnswer> => {
  const word = textAt(members, results.status)
  return word === undefined ? unfit("the reply has no status") : Result.succeed({ word, paidVia: [], evidence: body })
}
