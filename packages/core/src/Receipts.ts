import type { Payment } from "./Payment.ts"
import type { Observation } from "./Observation.ts"

/** What a generated confirmation is built from: the payment and its proven observations. */
export interface ConfirmationInput {
  readonly payment: Payment
  readonly observations: ReadonlyArray<Observation>
  readonly format: "pdf" | "xml"
  readonly language: "lv" | "en" | "ru"
  /** How payers know the providers of this payment, by instance. */
  readonly providerNames?: Readonly<Record<string, string>>
  /** Until when the money may still be undone by the provider's rules, epoch milliseconds; absent when it is hard. */
  readonly softUntil?: number
  /** When it is issued, epoch milliseconds. */
  readonly issuedAt: number
}

/** Makes payment confirmations where the provider issues no document. `@maksa/receipts` implements it. */
export interface ReceiptGenerator {
  generate(input: ConfirmationInput): Promise<Uint8Array>
}

/** A document for the payer. */
export interface Receipt {
  readonly origin: "provider" | "generated"
  readonly mediaType: "application/pdf" | "application/xml"
  readonly fileName: string
  readonly bytes: Uint8Array
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string
  /** Its id in the archive; absent without one. */
  readonly documentId?: string
}
