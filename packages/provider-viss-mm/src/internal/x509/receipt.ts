import type { Connection, ReceiptFormat, TransportResponse } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { Trouble } from "../errors.ts"
import { exchange, statusTrouble } from "../exchange.ts"
import type { XmlLimits, XmlReader } from "../xml/parse.ts"
import type { SupportingDocument } from "../service.ts"

// ASSUMPTION(viss-mm#6): no media type is documented. WCF's streams come as octet-stream; the contents decide.
const mediaTypes: Readonly<Record<ReceiptFormat, RegExp>> = {
  pdf: /^application\/(?:pdf|octet-stream)$/,
  xml: /^(?:(?:text|application)\/xml|application\/[\w.+-]+\+xml|application\/octet-stream)$/
}

const folders: Readonly<Record<ReceiptFormat, string>> = { pdf: "Pdf", xml: "Xml" }

const documentLimits = (maxBytes: number): XmlLimits => ({
  maxBytes,
  maxDepth: 64,
  maxNodes: 100_000,
  maxAttributes: 64,
  maxText: maxBytes
})

const unfit = (detail: string): Result.Result<never, Trouble> =>
  Result.fail(new Trouble({ situation: "not_understood", detail }))

/** The last part of a PDF, in which its end mark must stand (ISO 32000-1, annex H, note 18). */
const tailBytes = 1024

const latin1 = (part: Uint8Array): string => Buffer.from(part).toString("latin1")

const checkPdf = (bytes: Uint8Array): Result.Result<SupportingDocument, Trouble> => {
  if (latin1(bytes.subarray(0, 5)) !== "%PDF-") return unfit("the document is not a PDF")
  return latin1(bytes.subarray(-tailBytes)).includes("%%EOF")
    ? Result.succeed({ bytes })
    : unfit("the PDF has no end: it is not complete")
}

/** Checks an answer of the document service: status, media type and content. */
export const readDocument = (
  format: ReceiptFormat,
  response: TransportResponse,
  readXml: XmlReader,
  maxBytes: number
): Result.Result<SupportingDocument, Trouble> => {
  const trouble = statusTrouble(response)
  if (trouble !== undefined) return Result.fail(trouble)
  const { body, headers } = response
  if (body.byteLength === 0) return unfit("the document is empty")
  const mediaType = headers["content-type"]?.split(";")[0]?.trim().toLowerCase()
  if (mediaType !== undefined && !mediaTypes[format].test(mediaType)) {
    return unfit(`the document is not ${format.toUpperCase()} by its media type`)
  }
  if (format === "pdf") return checkPdf(body)
  return Result.match(readXml(body, documentLimits(maxBytes)), {
    onFailure: ({ message }) => unfit(message),
    onSuccess: (root) => Result.succeed({ bytes: body, root })
  })
}

/** Fetches the supporting document of a payment request. A read: may be repeated. */
export const fetchDocument = Effect.fnUntraced(function* (parts: {
  readonly connection: Connection
  readonly invoices: URL
  readonly readXml: XmlReader
  readonly maxBytes: number
  readonly format: ReceiptFormat
  /** A GUID. */
  readonly paymentRequestId: string
}): Effect.fn.Return<SupportingDocument, Trouble> {
  const { connection, format, invoices, maxBytes, paymentRequestId, readXml } = parts
  const url = new URL(`${folders[format]}/${paymentRequestId}`, invoices)
  const accept = format === "pdf" ? "application/pdf" : "application/xml, text/xml"
  const response = yield* exchange(connection, { method: "GET", url, headers: { accept } }, maxBytes)
  return yield* Effect.fromResult(readDocument(format, response, readXml, maxBytes))
})
