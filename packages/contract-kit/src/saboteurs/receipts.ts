// Adapters that give wrong documents.
import { NotFound, PaymentError, type ReceiptResult } from "@maksa/core"
import * as Effect from "effect/Effect"
import { type WholeDocument, wholeReceipt } from "../provider/wholeReceipt.ts"
import type { Saboteur } from "./Saboteur.ts"
import { spoilAdapter, spoilManifest } from "./spoiling.ts"

/** Every document that the adapter gives, given otherwise. */
const regiven = (change: (right: WholeDocument) => ReceiptResult): Saboteur["spoil"] =>
  spoilAdapter(({ receipt }) => ({
    receipt: (attempt, format) =>
      Effect.map(wholeReceipt(receipt(attempt, format)), (right) => (right._tag === "document" ? change(right) : right))
  }))

const bytes = (content: string): Uint8Array => new TextEncoder().encode(content)

/** A document of its own making, where the provider gives none. */
const invented = (isExcuse: (error: PaymentError) => boolean): Saboteur["spoil"] =>
  spoilAdapter(({ receipt }) => ({
    receipt: (attempt, format) =>
      Effect.catch(receipt(attempt, format), (error) =>
        isExcuse(error)
          ? Effect.succeed<ReceiptResult>({
              _tag: "document",
              mediaType: `application/${format}`,
              bytes: bytes(format === "pdf" ? "%PDF-1.4\nPaid.\n%%EOF\n" : "<receipt>Paid.</receipt>"),
              observations: []
            })
          : Effect.fail(error)
      )
  }))

export const receiptSaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "declares-a-receipt-that-it-cannot-give",
    sentence: "Declares documents and finds none.",
    kind: "adapter",
    killedBy: "receipt-belongs-to-the-payment",
    spoil: spoilAdapter(({ receipt }) => ({
      receipt: (attempt, format) =>
        Effect.flatMap(receipt(attempt, format), () =>
          Effect.fail(
            new PaymentError({
              instance: attempt.instance,
              operation: "receipt",
              reason: new NotFound({ message: "There is no document." })
            })
          )
        )
    }))
  },
  {
    id: "gives-another-payments-receipt",
    sentence: "Gives the first document that it ever fetched to everybody.",
    kind: "adapter",
    killedBy: "receipt-belongs-to-the-payment",
    spoil: spoilAdapter(({ receipt }) => {
      const first = new Map<string, ReceiptResult>()
      return {
        receipt: (attempt, format) =>
          Effect.map(wholeReceipt(receipt(attempt, format)), (own) => {
            const known = first.get(format) ?? own
            first.set(format, known)
            return known
          })
      }
    })
  },
  {
    id: "gives-a-truncated-document",
    sentence: "Gives half of the document.",
    kind: "adapter",
    killedBy: "receipt-belongs-to-the-payment",
    spoil: regiven((right) => ({ ...right, bytes: right.bytes.subarray(0, right.bytes.byteLength / 2) }))
  },
  {
    id: "cuts-a-pdf-and-mends-its-end",
    sentence: "Gives half of a PDF with the right last line.",
    kind: "adapter",
    killedBy: "receipt-belongs-to-the-payment",
    spoil: regiven((right) =>
      right.mediaType === "application/pdf"
        ? {
            ...right,
            bytes: Buffer.concat([right.bytes.subarray(0, right.bytes.byteLength / 2), Buffer.from("\n%%EOF\n")])
          }
        : right
    )
  },
  {
    id: "names-the-wrong-media-type",
    sentence: "Calls an XML document a PDF, and a PDF an XML document.",
    kind: "adapter",
    killedBy: "receipt-belongs-to-the-payment",
    spoil: regiven((right) => ({
      ...right,
      mediaType: right.mediaType === "application/pdf" ? "application/xml" : "application/pdf"
    }))
  },
  {
    id: "gives-a-receipt-before-payment",
    sentence: "Gives a document of a payment that nobody paid.",
    kind: "adapter",
    killedBy: "receipt-belongs-to-the-payment",
    spoil: invented(({ reason }) => reason._tag === "NotReady" || reason._tag === "NotFound")
  },
  {
    id: "gives-a-document-of-its-own",
    sentence: "Gives a document of its own making where the provider's is broken.",
    kind: "adapter",
    killedBy: "broken-document-is-no-receipt",
    spoil: invented(({ reason }) => reason._tag === "MalformedResponse" || reason._tag === "Unavailable")
  },
  {
    id: "leaves-documents-to-the-core",
    sentence: "Lets the core generate a confirmation although the provider issues documents.",
    kind: "adapter",
    killedBy: "receipt-belongs-to-the-payment",
    spoil: regiven(() => ({ _tag: "generate" }))
  },
  {
    id: "declares-a-format-less",
    sentence: "Does not declare a format that the provider issues.",
    kind: "adapter",
    killedBy: "documented-facts",
    spoil: spoilManifest((right) => ({
      ...right,
      receipt: { ...right.receipt, formats: right.receipt.formats.slice(0, 1) }
    }))
  }
]
