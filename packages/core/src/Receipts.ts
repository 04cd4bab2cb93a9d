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

/** A document for the payer. With an archive it is read from there; without one it is held in memory. */
export interface Receipt {
  readonly origin: "provider" | "generated"
  readonly mediaType: "application/pdf" | "application/xml"
  readonly fileName: string
  /** Bytes. */
  readonly size: number
  /** SHA-256 of the bytes, hex. */
  readonly sha256: string
  /** Its id in the archive; absent without one. */
  readonly documentId?: string
  /** The whole document. Rejects with a `PaymentError` (`Unavailable`) where the archive cannot give it. */
  bytes(): Promise<Uint8Array>
  /**
   * The document at its reader's pace, for large ones and many readers: `new Response(await receipt.stream())`. Read it to
   * its end or cancel it. Rejects as `bytes` does; bytes that are not those that were kept end the stream with an error.
   */
  stream(): Promise<ReadableStream<Uint8Array>>
}
