import { type ConfirmationInput, type ReceiptGenerator } from "@maksa/core"
import { type Agency, checkAgency } from "./internal/agency.ts"
import { toFacts } from "./internal/facts.ts"
import { textsOf } from "./internal/texts.ts"

export interface ConfirmationOptions {
  /** Who collects the money; stands at the head of every document. */
  readonly agency: Agency
}

/**
 * Makes payment confirmations as PDF and XML, for providers that issue no document of their own.
 *
 * A confirmation is made only of a payment that is `paid` and only from proven observations; it says how final the
 * payment is and that it is not an accounting source document. Outside the live environment it is marked as a specimen.
 * The same input gives the same bytes. Nothing about the payer is in the document, save what the agency wrote into the
 * purpose or a line.
 *
 * `generate` rejects with a `PaymentError` (operation `receipt`): `NotReady` while the payment is not proven to be paid,
 * `Conflict` when the money was returned. Throws `PaymentError` (`NotConfigured`) at once if the agency's name is empty.
 *
 * @example
 * const receipts = confirmations({ agency: { name: "Jelgavas valstspilsētas pašvaldība" } })
 */
export const confirmations = (options: ConfirmationOptions): ReceiptGenerator => {
  const agency = checkAgency(options.agency)
  return {
    generate: async (input: ConfirmationInput) => {
      const facts = toFacts(input, agency)
      const texts = textsOf(facts.language)
      // The PDF writer and the fonts cost time to load; an application that makes no document never pays for them.
      if (input.format === "pdf") return (await import("./internal/pdf.ts")).toPdf(facts, texts)
      return (await import("./internal/xml.ts")).toXml(facts, texts)
    }
  }
}
