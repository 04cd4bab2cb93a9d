import type { CheckResult, CreateInput, ReceiptFormat } from "@maksa/core"
import type * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import type { Trouble } from "./errors.ts"
import type { XmlNode } from "./xml/parse.ts"
import type { RefusedValue } from "./RefusedValue.ts"
import type { PaymentRequest } from "./wire.ts"

/** What a saved payment request is called, and where the payer goes. */
export interface Saved {
  readonly id: string
  /** As MM gave it, unchecked. */
  readonly url?: string
  readonly evidence: Uint8Array
}

/** A payment request that MM takes without telling its id: the payer finds it at `place` and pays there. */
export interface PaidElsewhere {
  readonly place: string
  readonly url: string | undefined
  /** Last moment to pay, epoch milliseconds. */
  readonly until: number
  readonly evidence: Uint8Array
}

/** What a request is saved for, beyond what MM is told in it. */
export type Order = Pick<CreateInput<unknown>, "attemptId" | "deadline" | "urls">

/** What became of a request whose id was not told: it has one after all, or MM refused it. */
export type Found = { readonly id: string } | { readonly providerCode: string; readonly evidence: Uint8Array }

/** The state of a payment request in MM's own letter. */
export interface StatusAnswer {
  readonly word: string
  /** Banks and card schemes that the payer used, as MM spells them; empty where MM does not tell. */
  readonly paidVia: ReadonlyArray<string>
  readonly evidence: Uint8Array
}

/** The state of a single price-list position. */
export interface PositionStatus {
  readonly word: string
  /** The bank that paid it, or was to. */
  readonly paidVia?: string
}

/** A supporting document with all its bytes; `root` of an XML one. */
export interface WholeDocument {
  readonly bytes: Uint8Array
  readonly root?: XmlNode
}
/** A supporting document on its way: a PDF, of which nothing but its bytes is used. */
export interface StreamedDocument {
  readonly bytes: ReadableStream<Uint8Array>
}

/**
 * What MM can be asked, whichever way it is reached. Answers are in MM's own words; `mapping.ts` makes observations of
 * them. Ids are GUIDs. Nothing is ever repeated by a service.
 */
export interface Service {
  /** Makes a payment request: a command, whose lost reply must not be repeated. */
  readonly save: (request: PaymentRequest, order: Order) => Effect.Effect<Saved | PaidElsewhere, Trouble | RefusedValue>
  /** Looks for a request by the attempt that it was saved for. Absent where nothing but the id finds one. */
  readonly find?: (attemptId: string) => Effect.Effect<Found | undefined, Trouble>
  readonly status: (paymentRequestId: string) => Effect.Effect<StatusAnswer, Trouble | RefusedValue>
  /** Absent where this way of reaching MM serves no supporting documents. */
  readonly document?: (
    paymentRequestId: string,
    format: ReceiptFormat
  ) => Effect.Effect<WholeDocument | StreamedDocument, Trouble, Scope.Scope>
  /** Absent where this way of reaching MM does not tell positions apart. */
  readonly position?: (
    paymentRequestId: string,
    position: string
  ) => Effect.Effect<PositionStatus, Trouble | RefusedValue>
  /** Configuration, credentials and reachability. Never fails: what is wrong is in the results. */
  readonly checks: () => Effect.Effect<ReadonlyArray<CheckResult>>
}
