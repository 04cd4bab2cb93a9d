import { escapeHtml } from "../bank/html.ts"
import type { Askable, ClarificationRequest } from "./clarification/ClarificationRequest.ts"
import { backLink, shell, sumOf, type PageHead } from "./pageHtml.ts"
import type { MerchantButton } from "./PageSession.ts"
import { pageTexts } from "./pageTexts.ts"

type Typed = Exclude<Askable, "psu_consent">

/** Who fills the field in, for browsers that help with it. */
const autocomplete: { readonly [Field in Typed]: string } = {
  first_name: "given-name",
  last_name: "family-name",
  number: "off"
}

/** The page for names, IBAN and consent, as far as they are asked for (method page, "Payments through Payment Page"). */
export const detailsPage = (
  head: PageHead,
  request: ClarificationRequest,
  urls: { readonly action: string; readonly back: MerchantButton | undefined }
): string => {
  const texts = pageTexts[head.language]
  const isWrong = (field: Typed): boolean => request.errors.some(({ property }) => property.endsWith(`.${field}`))

  const input = (field: Typed): string => {
    const notes = [...(field === "number" ? ["number-hint"] : []), ...(isWrong(field) ? [`${field}-error`] : [])]
    const described = notes.length === 0 ? "" : ` aria-describedby="${notes.join(" ")}"`
    const invalid = isWrong(field) ? ` aria-invalid="true"` : ""
    const hint = field === "number" ? `<p class="hint" id="number-hint">${escapeHtml(texts.numberHint)}</p>` : ""
    const error = isWrong(field) ? `<p class="error" id="${field}-error">${escapeHtml(texts[`${field}Error`])}</p>` : ""
    return `<label for="${field}">${escapeHtml(texts[field])}</label>
<input id="${field}" name="${field}" autocomplete="${autocomplete[field]}"${described}${invalid}>${hint}${error}`
  }

  const fields = request.asked.flatMap((field) => (field === "psu_consent" ? [] : [input(field)]))
  const isConsent = request.asked.includes("psu_consent")
  // Shown as it came: blanks and line breaks are part of what is agreed to.
  const consent = isConsent
    ? `<h2>${escapeHtml(texts.consent)}</h2><p class="consent" data-value="consent">${escapeHtml(request.consentText)}</p>`
    : ""
  const buttons = isConsent
    ? `<button class="main" name="psu_consent" value="1" data-action="consent">${escapeHtml(texts.agree)}</button>
<button class="quiet" name="refuse" value="1" data-action="refuse-consent">${escapeHtml(texts.refuseConsent)}</button>`
    : `<button class="main" data-action="submit-details">${escapeHtml(texts.goOnWithPayment)}</button>`
  return shell(
    head.language,
    `${sumOf(head)}<div class="part" data-page="details"><h1>${escapeHtml(texts.details)}</h1>
<p class="hint">${escapeHtml(texts.detailsHint)}</p>
<form method="post" action="${escapeHtml(urls.action)}">${fields.join("")}${consent}${buttons}</form></div>`,
    // Where consent is asked for, refusing it is the way back.
    isConsent ? "" : backLink(head.language, urls.back)
  )
}
