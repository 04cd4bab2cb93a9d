// Whether bytes are a whole document of the kind that was asked for, said as they come.
import type { ReceiptFormat } from "../Manifest.ts"
import { xmlProblem } from "./xmlProblem.ts"

export const mediaTypes = { pdf: "application/pdf", xml: "application/xml" } as const

/** Says what is wrong, as soon as it shows; the words quote nothing of the document. */
export interface DocumentCheck {
  /** Of the next bytes. */
  take(part: Uint8Array): string | undefined
  /** Of the document, once all its bytes have come. */
  end(): string | undefined
}

/** XML is read whole; a receipt has a few kilobytes. */
const maxXmlBytes = 2 * 1024 * 1024
const pdfMark = "%PDF-"
/** The last part of a PDF, in which its end mark must stand (ISO 32000-1, annex H, note 18). */
const tailBytes = 1024

const latin1 = new TextDecoder("latin1")
const utf8 = new TextDecoder("utf-8", { fatal: true })

const joined = (parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.byteLength
  }
  return whole
}

const pdfCheck = (): DocumentCheck => {
  let head = ""
  let tail: Uint8Array = new Uint8Array()
  return {
    take: (part) => {
      head += latin1.decode(part.subarray(0, pdfMark.length - head.length))
      // A copy: a view would keep the whole part.
      tail = joined([tail, part.subarray(-tailBytes)]).slice(-tailBytes)
      return pdfMark.startsWith(head) ? undefined : "the document is not a PDF"
    },
    end: () =>
      head === pdfMark && latin1.decode(tail).includes("%%EOF") ? undefined : "the PDF has no end: it is not complete"
  }
}

const xmlCheck = (): DocumentCheck => {
  const parts: Array<Uint8Array> = []
  return {
    take: (part) => {
      parts.push(part)
      return undefined
    },
    end: () => {
      let text: string
      try {
        text = utf8.decode(joined(parts))
      } catch {
        return "the XML is not UTF-8"
      }
      const problem = xmlProblem(text)
      return problem === undefined ? undefined : `the XML is not well formed: ${problem}`
    }
  }
}

/** A check of one document of at most `maxBytes`. */
export const checkOf = (format: ReceiptFormat, maxBytes: number): DocumentCheck => {
  const most = format === "xml" ? Math.min(maxBytes, maxXmlBytes) : maxBytes
  const inner = format === "xml" ? xmlCheck() : pdfCheck()
  let size = 0
  return {
    take: (part) => {
      size += part.byteLength
      return size > most ? `the document has more than ${most} bytes` : inner.take(part)
    },
    end: () => (size === 0 ? "the document is empty" : inner.end())
  }
}
