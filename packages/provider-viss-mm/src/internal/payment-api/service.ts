import type { Connection, ListedPayment, Span } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Ref from "effect/Ref"

import type { Trouble } from "../errors.ts"
import type { Json } from "./json.ts"
import type { XmlReader } from "../xml/parse.ts"
import { withoutHyphen } from "../order.ts"
import type { Service } from "../service.ts"
import { fetchDocument } from "../x509/receipt.ts"
import { readInvoice, readPlainStatus, readPositionStatus, readRows, readSaved, readWptStatus } from "./answers.ts"
import { type ApiCall, maxListBytes, type Path } from "./api.ts"
import { runChecks } from "./check.ts"
import type { PaymentApiSettings } from "./configuration.ts"
import { joinRows, paymentFilter, requestFilter } from "./listing.ts"
import type { MmCert } from "./mmCert.ts"
import type { ClientConnection } from "../credentials/connectAsClient.ts"
import type { Renewing } from "../credentials/renewing.ts"
import { saveBody } from "./requestBody.ts"

/** What `open` gives: the caller of the microservice, and where documents come from. */
export interface OpenedApi {
  readonly call: ApiCall
  readonly json: Json
  readonly mmCert: Renewing<MmCert>
  readonly client: ClientConnection | undefined
  readonly documents:
    | {
        readonly client: ClientConnection
        readonly connection: Connection
        readonly invoices: URL
        readonly readXml: XmlReader
      }
    | undefined
}

/** A person or company that a document is issued to. */
export interface InvoicePayer {
  readonly name: string
  readonly code: string
  readonly address: string
}

/** The JSON microservice. */
export interface PaymentApiService extends Service {
  readonly list: (span: Span) => Effect.Effect<ReadonlyArray<ListedPayment>, Trouble>
  /** ASSUMPTION(viss-mm#23): each call makes another document, so that one with a lost reply must not be repeated. */
  readonly issueInvoice: (
    paymentRequestId: string,
    payer: InvoicePayer
  ) => Effect.Effect<{ readonly documentId: string }, Trouble>
}

/** By the guide's example, and by its table. */
const wptPaths = {
  payments: "checkpaymentrequeststatuswpt",
  paymentrequest: "../paymentrequest/checkpaymentrequeststatuswpt"
} as const

/**
 * ASSUMPTION(viss-mm#22): a 404 without MM-Error is the web server's word about the path and not MM's about the id,
 * although the guide's tables have 404 for an unknown id.
 */
const isNotThere = (trouble: Trouble): boolean => trouble.situation === "not_found"

/** Asks by the path that is there; which one that is, is found out once. */
const makeWpt = (call: ApiCall, wptPath: PaymentApiSettings["wptPath"]) => {
  const known = Ref.makeUnsafe(wptPath === "auto" ? undefined : wptPath)
  return Effect.fnUntraced(function* (body: Parameters<ApiCall>[1]): Effect.fn.Return<Uint8Array, Trouble> {
    const found = yield* Ref.get(known)
    if (found !== undefined) return yield* call(wptPaths[found], body)
    const [path, answer] = yield* call(wptPaths.payments, body).pipe(
      Effect.map((read) => ["payments", read] as const),
      Effect.catch((trouble) =>
        isNotThere(trouble)
          ? Effect.map(call(wptPaths.paymentrequest, body), (read) => ["paymentrequest", read] as const)
          : Effect.fail(trouble)
      )
    )
    yield* Ref.set(known, path)
    return answer
  })
}

/** The service over an open connection. */
export const makePaymentApiService = (opened: OpenedApi, settings: PaymentApiSettings): PaymentApiService => {
  const { call, documents, json } = opened
  const callWpt = makeWpt(call, settings.wptPath)
  const callList = (path: Path, filter: Parameters<ApiCall>[1]) =>
    Effect.flatMap(call(path, filter, maxListBytes), (body) => Effect.fromResult(readRows(body, json)))
  const { maxReceiptBytes: maxBytes } = settings

  return {
    save: Effect.fnUntraced(function* (request) {
      const body = yield* Effect.fromResult(saveBody(request, json))
      return yield* Effect.fromResult(readSaved(yield* call("savepaymentrequest", body), json))
    }),
    status: Effect.fnUntraced(function* (PaymentRequestId) {
      const body = { PaymentRequestId }
      return settings.statusOperation === "CheckPaymentRequestStatus"
        ? yield* Effect.fromResult(readPlainStatus(yield* call("checkpaymentrequeststatus", body)))
        : yield* Effect.fromResult(readWptStatus(yield* callWpt(body), json))
    }),
    position: Effect.fnUntraced(function* (PaymentRequestId, Position) {
      const body = yield* call("checkpaymentstatus", { PaymentRequestId, Position })
      return yield* Effect.fromResult(readPositionStatus(body, json))
    }),
    list: Effect.fnUntraced(function* (span) {
      const requests = yield* callList("getpaymentrequests", requestFilter(span))
      if (requests.length === 0) return []
      const payments = yield* callList("getpayments", paymentFilter(span))
      return yield* Effect.fromResult(joinRows(requests, payments))
    }),
    issueInvoice: Effect.fnUntraced(function* (Id, { address: Address, code, name: Name }) {
      const body = yield* call("createinvoice", { Id, Name, Code: withoutHyphen(code), Address })
      return yield* Effect.fromResult(readInvoice(body, json))
    }),
    ...(documents === undefined
      ? {}
      : {
          document: (paymentRequestId, format) => fetchDocument({ ...documents, maxBytes, format, paymentRequestId })
        }),
    checks: () => runChecks(opened, settings)
  }
}
