import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

/** What the XML document says (document, 4.1). */
export interface ReceiptContent {
  readonly number: string
  readonly payment: string
  readonly charges: ReadonlyArray<{
    readonly id: string
    readonly amount: { readonly value: string; readonly currency: string }
  }>
}

const utf8 = new TextDecoder("utf-8", { fatal: true })
/** The document has a line for each charge; this only stops hostile ones. */
const maxElements = 1000

class Unfit extends Error {}
const stop = (detail: string): never => {
  throw new Unfit(detail)
}

/** Loads the XML parser, here and not at module level, to keep an application's start-up short; gives a strict reader. */
export const makeReceiptReader: Effect.Effect<(bytes: Uint8Array) => Result.Result<ReceiptContent, string>> =
  Effect.map(
    Effect.promise(() => import("saxes")),
    ({ SaxesParser }) =>
      (bytes) =>
        Result.try({
          try: () => {
            const parser = new SaxesParser()
            const charges: Array<ReceiptContent["charges"][number]> = []
            let head: Pick<ReceiptContent, "number" | "payment"> | undefined
            let elements = 0
            parser.on("doctype", () => stop("the document has a DOCTYPE"))
            parser.on("opentag", ({ attributes, name }) => {
              if (++elements > maxElements) stop("the document has too many elements")
              const text = (attribute: string): string => attributes[attribute] ?? stop(`${attribute} is missing`)
              if (elements === 1) {
                if (name !== "receipt") stop("the document is not a receipt")
                head = { number: text("number"), payment: text("payment") }
              } else if (name === "charge") {
                const amount = { value: text("value"), currency: text("currency") }
                if (!/^\d{1,15}$/.test(amount.value) || !/^[A-Z]{3}$/.test(amount.currency)) stop("a sum is wrong")
                charges.push({ id: text("id"), amount })
              }
            })
            parser.write(utf8.decode(bytes)).close()
            return { ...(head ?? stop("the document is empty")), charges }
          },
          // The parser's own messages quote the document.
          catch: (cause) => (cause instanceof Unfit ? cause.message : "the document is not well-formed XML in UTF-8")
        })
  )
