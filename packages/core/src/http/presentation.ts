import { NotConfigured, PaymentError } from "../PaymentError.ts"

/** How the pages that Maksa itself serves to payers (waiting, going on, consent) name the agency and lead back to it. */
export interface Presentation {
  /** Who collects the money, by the page's language; Latvian where a language is missing. */
  readonly agency: { readonly lv: string; readonly en?: string; readonly ru?: string }
  /** The agency's page for payers whose payment is not known, absolute http(s); others go back to their `returnUrl`. */
  readonly returnLink?: string | URL
}

const refuse = (field: string, message: string): never => {
  throw new PaymentError({ operation: "start", reason: new NotConfigured({ field, message }) })
}

/** Throws `PaymentError` (`NotConfigured`): an empty name helps nobody, and a link of another scheme would run as a script. */
export const checkPresentation = ({ agency, returnLink }: Presentation): void => {
  for (const [language, name] of Object.entries(agency)) {
    if (name.trim() === "") refuse(`presentation.agency.${language}`, "The agency's name is empty.")
  }
  if (returnLink === undefined) return
  const link = String(returnLink)
  if (!URL.canParse(link) || !/^https?:$/.test(new URL(link).protocol)) {
    refuse("presentation.returnLink", "presentation.returnLink must be an absolute http(s) URL.")
  }
}
