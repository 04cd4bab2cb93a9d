import type { Connection, ReceiptFormat, TransportResponse } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type * as Scope from "effect/Scope"

import { Trouble } from "../errors.ts"
import { exchange, exchangeStreamed, statusTrouble } from "../exchange.ts"
import type { XmlLimits, XmlReader } from "../xml/parse.ts"
import type { StreamedDocument, WholeDocument } from "../service.ts"

// ASSUMPTION(viss-mm#6): no media type is documented. WCF's streams come as octet-stream; the contents decide.
const mediaTypes: Readonly<Record<ReceiptFormat, RegExp>> = {
  pdf: /^application\/(?:pdf|octet-stream)$/,
  xml: /^(?:(?:text|application)\/xml|application\/[\w.+-]+\+xml|application\/octet-stream)$/
}

const folders: Readonly<Record<ReceiptFormat, string>> = { pdf: "Pdf", xml: "Xml" }

/** The XML document is read whole; MM's have a few kilobytes. */
const maxXmlBytes = 2 * 1024 * 1024

const xmlLimits = (maxBytes: number): XmlLimits => ({
  maxBytes,
  maxDepth: 64,
  maxNodes: 100_000,
  maxAttributes: 64,
  maxText: maxBytes
})

const unfit = (detail: string): Trouble => new Trouble({ situation: "not_understood", detail })

/** What is wrong with an answer before its body is looked at. */
const headTrouble = (
  format: ReceiptFormat,
  { headers, status }: Pick<TransportResponse, "headers" | "status">
): Trouble | undefined => {
  const mediaType = headers["content-type"]?.split(";")[0]?.trim().toLowerCase()
  return (
    statusTrouble({ headers, status }) ??
    (mediaType === undefined || mediaTypes[format].test(mediaType)
      ? undefined
      : unfit(`the document is not ${format.toUpperCase()} by its media type`))
  )
}

/** A document that is all there: an XML one is read, a PDF is core's to check. */
export const readDocument = (
  format: ReceiptFormat,
  response: TransportResponse,
  readXml: XmlReader,
  maxBytes: number
): Result.Result<WholeDocument, Trouble> => {
  const trouble = headTrouble(format, response)
  if (trouble !== undefined) return Result.fail(trouble)
  const { body } = response
  if (format === "pdf") return Result.succeed({ bytes: body })
  return Result.mapBoth(readXml(body, xmlLimits(Math.min(maxBytes, maxXmlBytes))), {
    onFailure: ({ message }) => unfit(message),
    onSuccess: (root) => ({ bytes: body, root })
  })
}

/** Fetches the supporting document of a payment request, a PDF at its reader's pace. A read: may be repeated. */
export const fetchDocument = Effect.fnUntraced(function* (parts: {
  readonly connection: Connection
  readonly invoices: URL
  readonly readXml: XmlReader
  readonly maxBytes: number
  readonly format: ReceiptFormat
  /** A GUID. */
  readonly paymentRequestId: string
}): Effect.fn.Return<WholeDocument | StreamedDocument, Trouble, Scope.Scope> {
  const { connection, format, invoices, maxBytes, paymentRequestId, readXml } = parts
  const url = new URL(`${folders[format]}/${paymentRequestId}`, invoices)
  if (format === "xml") {
    const headers = { accept: "application/xml, text/xml" }
    const response = yield* exchange(connection, { method: "GET", url, headers }, Math.min(maxBytes, maxXmlBytes))
    return yield* Effect.fromResult(readDocument(format, response, readXml, maxBytes))
  }
  const headers = { accept: "application/pdf" }
  const response = yield* exchangeStreamed(connection, { method: "GET", url, headers }, maxBytes)
  const trouble = headTrouble(format, response)
  return trouble === undefined ? { bytes: response.body } : yield* trouble
})
