import type { EventRow, Finality, InvoiceRow, PaymentRow, RepaymentRow, Trust, WorkRow } from "@maksa/core"
import type { Generated } from "kysely"

/**
 * The tables as both dialects answer them: integers are `bigint` everywhere (money, epoch milliseconds, counters),
 * absent values are `null`, and nothing is boolean, because SQLite has none and the drivers differ in pretending.
 * What a `string` status or channel may be is checked by the tables themselves.
 */
export interface Tables {
  readonly store_meta: { readonly name: string; readonly value: string }
  readonly payment: PaymentTable
  readonly attempt: AttemptTable
  readonly observation: ObservationTable
  readonly payment_key: { readonly payment_id: string; readonly wrapped: Uint8Array }
  readonly sealed_text: SealedTextTable
  readonly event: EventTable
  readonly work: WorkTable
  readonly repayment: RepaymentTable
  readonly invoice: InvoiceTable
  readonly archive_entry: ArchiveEntryTable
  readonly archive_document: { readonly key: string; readonly sealed: Uint8Array }
}

export interface PaymentTable {
  readonly id: string
  readonly idempotency_digest: string
  readonly input_digest: string
  readonly merchant_reference: string
  readonly environment: PaymentRow["environment"]
  readonly purpose: string
  readonly lines: string
  readonly asked_minor: bigint | null
  readonly currency: string | null
  readonly created_at: bigint
  readonly updated_at: bigint
  readonly status: string
  readonly finality: Finality
  readonly state: string
  readonly epoch: bigint
  readonly fulfilment: PaymentRow["fulfilment"]
}

export interface AttemptTable {
  readonly id: string
  readonly payment_id: string
  readonly instance: string
  readonly ordinal: bigint
  readonly idempotency_digest: string | null
  readonly input_digest: string | null
  readonly created_at: bigint
  readonly deadline: bigint
  readonly submission: "none" | "started" | "answered" | "not_sent"
  readonly submitted_at: bigint | null
  readonly provider_reference: string | null
  readonly payer_token_digest: string
  readonly webhook_token_digest: string
  readonly status: string
  readonly finality: Finality
  readonly since: bigint
  readonly last_query_at: bigint | null
  readonly answered_at: bigint | null
}

export interface ObservationTable {
  /** Order of insertion. */
  readonly seq: Generated<bigint>
  readonly id: string
  readonly attempt_id: string | null
  readonly payment_id: string | null
  readonly instance: string
  readonly reference: string | null
  readonly channel: string
  readonly trust: Trust
  readonly content: string
  readonly digest: string
  readonly observed_at: bigint
  /** `unfolded`: no fold has seen it. `parked`: seen while its payment was unknown. `folded`: tied to its attempt. */
  readonly fold: "unfolded" | "parked" | "folded"
  /** Ciphertext; its first byte tells which key opens it. `null`: there was none, or it was erased. */
  readonly evidence: Uint8Array | null
}

export interface SealedTextTable {
  readonly attempt_id: string
  readonly kind: "input" | "action"
  readonly payment_id: string
  readonly sealed: Uint8Array
}

export interface EventTable {
  readonly seq: Generated<bigint>
  readonly id: string
  readonly payment_id: string
  readonly type: string
  readonly created_at: bigint
  readonly payload: string
  readonly due_at: bigint
  readonly tries: bigint
  readonly status: EventRow["status"]
  readonly last_error: string | null
}

export interface WorkTable {
  readonly seq: Generated<bigint>
  readonly kind: WorkRow["kind"]
  readonly attempt_id: string
  readonly due_at: bigint
  readonly lease_until: bigint
  readonly tries: bigint
}

export interface RepaymentTable {
  readonly seq: Generated<bigint>
  readonly id: string
  readonly payment_id: string
  readonly attempt_id: string | null
  readonly idempotency_digest: string
  readonly input_digest: string
  readonly amount_minor: bigint
  readonly currency: string
  readonly route: RepaymentRow["route"]
  readonly status: string
  readonly finality: Finality
  readonly since: bigint
  readonly submitted_at: bigint | null
  readonly last_query_at: bigint | null
  readonly attention: string
  readonly history: string
  readonly created_at: bigint
  readonly updated_at: bigint
}

export interface InvoiceTable {
  readonly attempt_id: string
  readonly payment_id: string
  readonly input_digest: string
  readonly status: InvoiceRow["status"]
  readonly document_id: string | null
  readonly submitted_at: bigint
  readonly history: string
}

export interface ArchiveEntryTable {
  readonly sequence: bigint
  readonly payment_id: string
  readonly content: string
  readonly digest: string
}
