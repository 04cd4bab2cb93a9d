// The Data API: signed by a token's own secret in both directions, and listing by the time of completion
// (api-data.ecommpay.com, "Operations").
import { type Asking, type Connection, InvalidRequest, type PaymentError, paymentError, retryAfter } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { JsonObject, SignableObject } from "../../signature.ts"
import type { DataApiSettings } from "../configuration.ts"
import { makeDataCredentials } from "../credentials.ts"
import { gateError, malformed } from "../errors.ts"
import { type DataOperation, toDataOperation, toDataTime } from "./DataOperation.ts"
import { askedFields, decodeOperations, decodePurses, isProblem, type Purse, type WireDataOperation } from "./wire.ts"

export type DataOperationName = "list" | "check" | "balance"

export interface DataApi {
  /** Operations of this project that ended from one moment to another, both seconds included, each once. */
  completed(asking: Asking, from: number, until: number): Effect.Effect<ReadonlyArray<DataOperation>, PaymentError>
  /** All operations of one payment of this project. */
  ofPayment(
    asking: Asking,
    operation: DataOperationName,
    paymentId: string
  ): Effect.Effect<ReadonlyArray<DataOperation>, PaymentError>
  /** What `read` finds in each of the merchant's purses; one in which it finds nothing is a broken answer. */
  balances<A>(asking: Asking, read: (purse: Purse) => ReadonlyArray<A>): Effect.Effect<ReadonlyArray<A>, PaymentError>
}

/** Far below 1 MiB, the most that is read; the documentation allows 1000. */
const pageSize = 500
/** A list that never ends is a broken one. */
const maxPages = 10_000
const maxWalks = 3
/** Requests over more than 180 days are queued ("Restrictions"): longer spans are asked in pieces. */
const longestMillis = 180 * 86_400_000

export const makeDataApi = (connection: Connection, settings: DataApiSettings, projectId: number): DataApi => {
  const credentials = makeDataCredentials(settings.token, settings.secret)

  const post = Effect.fnUntraced(function* <A>(
    asking: Asking,
    operation: DataOperationName,
    path: string,
    body: SignableObject,
    decode: (body: JsonObject) => Option.Option<A>
  ): Effect.fn.Return<A, PaymentError> {
    const signed = credentials.signed(body)
    if (Result.isFailure(signed)) {
      const { message, path: field } = signed.failure
      return yield* paymentError(asking, operation, new InvalidRequest({ message, field }))
    }
    const request = {
      method: "POST",
      url: new URL(`${settings.url.href}${path}`),
      headers: { "content-type": "application/json", accept: "application/json" },
      body: new TextEncoder().encode(JSON.stringify(signed.success))
    } as const
    const response = yield* Effect.mapError(connection.send(request), (error) =>
      gateError(asking, operation, { phase: error.phase, detail: error.code }, "Data API")
    )
    const { status: http } = response
    if (http !== 200) {
      const isGenuine = isProblem(new TextDecoder().decode(response.body))
      const pause = retryAfter(response.headers)
      return yield* gateError(asking, operation, { phase: "answered", http, isGenuine, ...pause }, "Data API")
    }
    const read = credentials.readSigned(response.body)
    if (!read.verified) {
      const detail = `its signature was not accepted (${read.problem})`
      return yield* malformed(asking, operation, detail, "Data API")
    }
    const answer = decode(read.body)
    if (Option.isNone(answer)) return yield* malformed(asking, operation, "its members have other types", "Data API")
    return answer.value
  })

  /** A token sees every project of the merchant. */
  const ownOf = Effect.fnUntraced(function* (
    wires: ReadonlyArray<WireDataOperation>
  ): Effect.fn.Return<ReadonlyArray<DataOperation>> {
    const own = wires.filter(({ project_id: project }) => String(project) === String(projectId))
    const operations = own.map(toDataOperation).filter((one) => one !== undefined)
    const homeless = own.length - operations.length
    if (homeless > 0) yield* Effect.logWarning(`${homeless} operations in ecommpay's list are about no payment.`)
    return operations
  })

  const page = (asking: Asking, from: number, until: number, offset: number) =>
    post(
      asking,
      "list",
      "/operations/get",
      {
        interval: { from: toDataTime(from), to: toDataTime(until) },
        tz: "UTC",
        project_id: [projectId],
        fields: askedFields,
        limit: pageSize,
        offset
      },
      decodeOperations
    )

  /**
   * All pages, up to one that brings nothing new: a service may give less than is asked for. Each page begins with the last
   * item of the one before; where another stands there, or an older item comes again, the list has moved in between, and
   * `undefined` says so.
   */
  const walk = Effect.fnUntraced(function* (
    asking: Asking,
    from: number,
    until: number
  ): Effect.fn.Return<ReadonlyArray<WireDataOperation> | undefined, PaymentError> {
    const found: Array<WireDataOperation> = []
    const seen = new Set<string>()
    for (let pages = 0; pages < maxPages; pages++) {
      const last = found.at(-1)
      const operations = yield* page(asking, from, until, Math.max(found.length - 1, 0))
      if (last !== undefined && String(operations[0]?.operation_id) !== String(last.operation_id)) return undefined
      const fresh = last === undefined ? operations : operations.slice(1)
      if (fresh.length === 0) return found
      const ids = fresh.map((one) => String(one.operation_id))
      // Operations of one second may change places. One that comes twice then stands where another should have come.
      if (ids.some((id) => seen.has(id))) return undefined
      for (const id of ids) seen.add(id)
      found.push(...fresh)
    }
    return yield* malformed(asking, "list", "the list does not end", "Data API")
  })

  const piece = Effect.fnUntraced(function* (
    asking: Asking,
    from: number,
    until: number
  ): Effect.fn.Return<ReadonlyArray<WireDataOperation>, PaymentError> {
    for (let walks = 0; walks < maxWalks; walks++) {
      const found = yield* walk(asking, from, until)
      if (found !== undefined) return found
    }
    return yield* malformed(asking, "list", "its pages do not follow one another", "Data API")
  })

  return {
    completed: Effect.fnUntraced(function* (asking, from, until) {
      // An operation that ended anew in the meantime is told by a later piece, and that is how it stands.
      const found = new Map<string, DataOperation>()
      for (let start = from; ; start += longestMillis) {
        const end = Math.min(start + longestMillis, until)
        for (const one of yield* ownOf(yield* piece(asking, start, end))) found.set(one.id, one)
        if (end >= until) return [...found.values()]
      }
    }),
    ofPayment: (asking, operation, paymentId) =>
      Effect.flatMap(
        post(asking, operation, "/operations/get-by-payment", { payment_id: paymentId }, decodeOperations),
        (operations) =>
          Effect.map(ownOf(operations), (own) => own.filter((one) => one.paymentId === paymentId.toLowerCase()))
      ),
    balances: Effect.fnUntraced(function* (asking, read) {
      const found = (yield* post(asking, "balance", "/balance/get", {}, decodePurses)).map(read)
      const isRead = found.every((sums) => sums.length > 0)
      return isRead ? found.flat() : yield* malformed(asking, "balance", "a balance names no sum", "Data API")
    })
  }
}
