// Gate's lookup by the id of a request, which tells what became of one that never got as far as a payment.
import { type Asking, AttemptId, type Connection, money, type Money, type PaymentError, RepaymentId } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { findResultCode, type ResultCode } from "./codes.ts"
import type { Settings } from "./configuration.ts"
import { makeCredentials } from "./credentials.ts"
import { codeText, fieldName, malformed } from "./errors.ts"
import { makeGatePost, unwanted } from "./gatePost.ts"
import { decodeRequestStatus, type RequestStatus, type WireOperation } from "./wire.ts"

/** A result code, and what the registry says of it; its text, not the answer's, which may repeat what was sent. */
export interface ToldResult {
  readonly code: string
  /** Absent for a code that the registry had not when this version was made. */
  readonly meaning?: ResultCode
}

/** What Gate found wrong with a request. */
export interface RequestProblem {
  readonly result?: ToldResult
  /** The member of the request, such as `account.bank_id`. */
  readonly field?: string
}

/** What was done for a request, in ecommpay's words. */
export interface AskedOperation {
  readonly type?: string
  readonly status?: string
  readonly amount?: Money
  readonly result?: ToldResult
}

/** What ecommpay says of one request. Whatever could name a person is left out, so that it may be shown and logged. */
export interface AskedRequest {
  /** The request's status as ecommpay spells it, such as `error` or `success`; absent where it is no plain word. */
  readonly status?: string
  /** Our id of the attempt or repayment that the request was for; absent for a payment of another system. */
  readonly providerReference?: string
  readonly problems: ReadonlyArray<RequestProblem>
  readonly operations: ReadonlyArray<AskedOperation>
}

const isOurId = Schema.is(Schema.Union([AttemptId, RepaymentId]))

/** ecommpay's words, also `awaiting 3ds result`; no digits beside each other, which could be somebody's number. */
const wordOf = (text: string | null | undefined): string | undefined =>
  /^(?:\d?[a-z _-]){1,64}$/i.test(text ?? "") ? (text ?? undefined) : undefined

const resultOf = (wire: string | bigint | null | undefined): { readonly result?: ToldResult } => {
  const code = codeText(wire)
  if (code === undefined) return {}
  const meaning = findResultCode(code)
  return { result: { code, ...(meaning === undefined ? {} : { meaning }) } }
}

const toOperation = (wire: WireOperation): AskedOperation => {
  const { code, sum_initial: sum } = wire
  const type = wordOf(wire.type)
  const status = wordOf(wire.status)
  return {
    ...(type === undefined ? {} : { type }),
    ...(status === undefined ? {} : { status }),
    ...(sum ? { amount: money(sum.amount, sum.currency) } : {}),
    ...resultOf(code)
  }
}

const toRequest = (answer: RequestStatus): AskedRequest => {
  const status = wordOf(answer.status)
  const providerReference = answer.general?.payment_id?.toLowerCase()
  return {
    ...(status === undefined ? {} : { status }),
    ...(isOurId(providerReference) ? { providerReference } : {}),
    problems: (answer.errors ?? []).map(({ code, field }) => {
      const name = fieldName(field)
      return { ...resultOf(code), ...(name === undefined ? {} : { field: name }) }
    }),
    operations: (answer.operations ?? []).map(toOperation)
  }
}

/** Asks about one request of this project; undefined if Gate knows no such request. */
export const makeFindRequest = (connection: Connection, settings: Settings) => {
  const credentials = makeCredentials(settings.projectId, settings.secrets)
  const post = makeGatePost(connection, settings, credentials)

  return Effect.fnUntraced(function* (
    asking: Asking,
    requestId: string
  ): Effect.fn.Return<AskedRequest | undefined, PaymentError> {
    const body = { project_id: settings.projectId, request_id: requestId }
    const response = yield* post(asking, "status", "/v2/payment/status/request", body)
    if (response.status !== 200) {
      const error = unwanted(asking, "status", response)
      // ASSUMPTION(ecommpay-lv#13): a 404 about an unknown request is worded like Gate's other refusals. One that is not may
      // come from anything on the way, and says nothing of the request.
      if (response.status === 404 && error.reason._tag === "Refused") return undefined
      return yield* error
    }
    // Only refusals and general information come unsigned ("Gate: authentication").
    const read = yield* credentials.readSigned(response.body)
    if (!read.verified) return yield* malformed(asking, "status", `its signature was not accepted (${read.problem})`)
    const answer = decodeRequestStatus(read.body)
    if (Result.isFailure(answer)) return yield* malformed(asking, "status", "its members have other types")
    const { general, project_id: projectId } = answer.success
    if ((projectId ?? general?.project_id) !== BigInt(settings.projectId)) {
      return yield* malformed(asking, "status", "it is about another project")
    }
    return toRequest(answer.success)
  })
}
