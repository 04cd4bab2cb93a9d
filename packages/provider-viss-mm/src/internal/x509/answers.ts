// The members of SOAP replies as the service's answers: pure.
import * as Result from "effect/Result"

import { Trouble } from "../errors.ts"
import { operations, resultOf, splitProviders } from "../wire.ts"
import type { PositionStatus, Saved, StatusAnswer } from "../service.ts"
import type { StatusPlan } from "./callPlans.ts"
import type { SoapAnswer } from "../soap/soapCall.ts"

type Read<A> = Result.Result<A, Trouble>

const unfit = (detail: string): Read<never> => Result.fail(new Trouble({ situation: "not_understood", detail }))

const textAt = (value: unknown, member: string): string | undefined => {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, member) : undefined
  return typeof found === "string" && found.trim() !== "" ? found : undefined
}

/** The answer of SavePaymentRequest. */
export const savedOf = ({ body, members }: SoapAnswer): Read<Saved> => {
  const result = members[resultOf(operations.save)]
  const id = textAt(result, "PaymentRequestId")?.trim()
  const url = textAt(result, "PaymentRequestUrl")?.trim()
  return id === undefined
    ? unfit("the reply has no PaymentRequestId that is a GUID")
    : Result.succeed({ id, ...(url === undefined ? {} : { url }), evidence: body })
}

const noStatus = (): Read<never> => unfit("the reply has no status")

/** The answer of a status operation. */
export const statusOf = (
  { body, members }: SoapAnswer,
  { form, operation }: Pick<StatusPlan, "form" | "operation">
): Read<StatusAnswer> => {
  const name = resultOf(operation)
  if (form === "word") {
    const word = textAt(members, name)
    return word === undefined ? noStatus() : Result.succeed({ word, paidVia: [], evidence: body })
  }
  const word = textAt(members[name], "RequestStatus")
  const paidVia = splitProviders(textAt(members[name], "PaymentProviders"))
  return word === undefined ? noStatus() : Result.succeed({ word, paidVia, evidence: body })
}

/** The answer of CheckPaymentStatus about one position. */
export const positionOf = ({ members }: SoapAnswer): Read<PositionStatus> => {
  const result = members[resultOf(operations.position)]
  const word = textAt(result, "RequestStatus")
  const paidVia = textAt(result, "PaymentProvider")?.trim()
  return word === undefined ? noStatus() : Result.succeed({ word, ...(paidVia === undefined ? {} : { paidVia }) })
}
