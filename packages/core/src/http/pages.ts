// The pages that core serves to payers: nothing cached, nothing framed, and no script of anybody else but a provider's
// widget, on a page of its own.
import { sha256 } from "../engine/ledger.ts"
import { type Money, toDecimal } from "../Money.ts"
import type { Collect, LoadWidget, NextAction, SubmitForm } from "../NextAction.ts"
import type { Presentation } from "./presentation.ts"
import { type Language, texts } from "./texts.ts"

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  // A browser reads any line break in markup as a line feed: what a payer consents to would not be the text.
  "\r": "&#13;"
}
const escape = (text: string): string => text.replace(/[&<>"'\r]/g, (character) => escapes[character] ?? "")

const style =
  "body{font:18px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#f5f6f8;margin:0;display:grid;min-height:100vh;place-items:center}" +
  "main{background:#fff;padding:2.5rem;border-radius:.75rem;max-width:34rem;box-shadow:0 1px 6px #0002;margin:1rem}" +
  "h1{font-size:1.5rem;margin:0 0 .75rem}label{display:block;margin:1rem 0}input[type=text]{font:inherit;width:100%;padding:.5rem;box-sizing:border-box}" +
  "button{font:inherit;background:#0b4f8a;color:#fff;border:0;border-radius:.4rem;padding:.7rem 1.4rem;cursor:pointer}" +
  "button:focus-visible,a:focus-visible{outline:3px solid #f2a900;outline-offset:2px}.consent{white-space:pre-wrap}" +
  ".agency{font-weight:600;margin:0 0 1.25rem}.about{color:#4a4f57;margin:-.5rem 0 1rem}.back{margin:1.5rem 0 0}a{color:#0b4f8a}"

/** Whose page it is, what is paid and where the payer may turn back. */
export interface PageFrame {
  readonly language: Language
  readonly presentation?: Presentation | undefined
  /** Known only to who came with the payment's token. */
  readonly payment?: { readonly reference: string; readonly amount: Money | undefined } | undefined
  /** The agency's page, absolute http(s). */
  readonly backUrl?: string | undefined
}

interface Page {
  readonly frame: PageFrame
  readonly title: string
  readonly body: string
  /** Seconds after which the page loads itself again. */
  readonly refresh?: number
  /** Where forms may go; only this page's own origin unless given. */
  readonly formAction?: string
  readonly script?: string
  /** A script of the provider, loaded before `script`; it may talk to its own origin and to `hostOrigin`, and to no other. */
  readonly foreign?: { readonly url: string; readonly hostOrigin: string }
}

const locales = { lv: "lv-LV", en: "en-GB", ru: "ru-RU" } as const

/** Intl formats decimal text exactly, so a sum never becomes a float. */
const sumText = (amount: Money, language: Language): string =>
  new Intl.NumberFormat(locales[language], { style: "currency", currency: amount.currency }).format(
    // `toDecimal` writes nothing but a decimal number.
    toDecimal(amount) as `${number}`
  )

const aboutOf = ({ language, payment }: PageFrame): string => {
  if (payment === undefined) return ""
  const { amount, reference } = payment
  const parts = [reference, ...(amount === undefined ? [] : [sumText(amount, language)])]
  return `<p class="about">${escape(parts.join(" · "))}</p>`
}

const foreignSources = ({ hostOrigin, url }: NonNullable<Page["foreign"]>): ReadonlyArray<string> => {
  const origins = [...new Set([new URL(url).origin, hostOrigin])].join(" ")
  return ["connect-src", "img-src", "font-src"].map((kind) => `${kind} ${origins}`)
}

const page = ({ frame, title, body, refresh, formAction, script, foreign }: Page): Response => {
  const { backUrl, language, presentation } = frame
  const agency = presentation === undefined ? undefined : (presentation.agency[language] ?? presentation.agency.lv)
  const nonce = crypto.randomUUID()
  const html =
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    (refresh === undefined ? "" : `<meta http-equiv="refresh" content="${refresh}">`) +
    `<meta name="robots" content="noindex"><title>${escape([title, ...(agency === undefined ? [] : [agency])].join(" · "))}</title>` +
    `<style nonce="${nonce}">${style}</style></head><body><main>` +
    (agency === undefined ? "" : `<p class="agency">${escape(agency)}</p>`) +
    `<h1>${escape(title)}</h1>${aboutOf(frame)}${body}` +
    (backUrl === undefined
      ? ""
      : `<p class="back"><a data-action="back" href="${escape(backUrl)}">${escape(texts[language].back)}</a></p>`) +
    "</main>" +
    (foreign === undefined ? "" : `<script nonce="${nonce}" src="${escape(foreign.url)}"></script>`) +
    (script === undefined ? "" : `<script nonce="${nonce}">${script}</script>`) +
    "</body></html>"
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(script === undefined ? [] : [`script-src 'nonce-${nonce}'`]),
    ...(foreign === undefined ? [] : foreignSources(foreign)),
    `form-action ${formAction ?? "'self'"}`,
    "base-uri 'none'",
    "frame-ancestors 'none'"
  ]
  return new Response(html, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": policy.join("; "),
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff"
    }
  })
}

const paragraph = (text: string): string => `<p>${escape(text)}</p>`

/** What a visitor without a valid token learns, whatever they asked. */
export const checkingPage = (frame: PageFrame): Response => {
  const text = texts[frame.language]
  return page({ frame, title: text.checking, body: paragraph(text.checkingMore) })
}

export const waitingPage = (frame: PageFrame): Response => {
  const text = texts[frame.language]
  return page({ frame, title: text.waiting, body: paragraph(text.waitingMore), refresh: 3 })
}

// Browsers hold the redirects after a form against its page's policy too, and those lead to hosts that only the provider
// knows: to the bank after a form of the provider, or after the payer's consent.
const anyWebAddress = "https: http:"

const formPage = (frame: PageFrame, action: SubmitForm): Response => {
  const text = texts[frame.language]
  const fields = Object.entries(action.fields).map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`
  )
  return page({
    frame,
    title: text.forward,
    // Without script the payer presses the button.
    body:
      `${paragraph(text.forwardMore)}<form id="f" method="post" action="${escape(action.url)}" accept-charset="utf-8">` +
      `${fields.join("")}<button data-action="continue">${escape(text.forward)}</button></form>`,
    formAction: anyWebAddress,
    script: `document.getElementById("f").submit()`
  })
}

/** As a literal within a script element: no text of it can end the element or the line. */
const scriptLiteral = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
  )

const isWebAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? "")

const widgetPage = (frame: PageFrame, action: LoadWidget): Response => {
  const { call, host, parameters, scriptUrl, token } = action
  // The adapter vouches for the addresses; without a function to call, the widget is for the application's own page.
  if (call === undefined || !isWebAddress(scriptUrl) || !isWebAddress(host)) return waitingPage(frame)
  const text = texts[frame.language]
  return page({
    frame,
    title: text.forward,
    body: paragraph(text.forwardMore),
    foreign: { url: scriptUrl, hostOrigin: new URL(host).origin },
    script: `${call}(${[host, token, parameters].map(scriptLiteral).join(",")})`
  })
}

/** Tells one question to the payer from another, so that an answer is to the one that was shown. */
export const markOfAsked = (action: Collect): string => sha256("asked", JSON.stringify(action))

const collectPage = (frame: PageFrame, action: Collect): Response => {
  const text = texts[frame.language]
  const inputs = action.fields.map(
    (field) =>
      `<label>${escape(field.label)}<input type="text" name="${escape(field.name)}"${field.isRequired ? " required" : ""}></label>`
  )
  const consent =
    action.consentText === undefined
      ? ""
      : `<p class="consent">${escape(action.consentText)}</p>` +
        `<label><input type="checkbox" name="maksa-consent" value="1" required> ${escape(text.consent)}</label>`
  return page({
    frame,
    title: text.collect,
    body:
      `<form method="post"><input type="hidden" name="maksa-asked" value="${markOfAsked(action)}">` +
      `${inputs.join("")}${consent}<button data-action="consent">${escape(text.send)}</button></form>`,
    formAction: anyWebAddress
  })
}

const elsewherePage = (frame: PageFrame, place: string, url: string | undefined): Response =>
  page({
    frame,
    title: texts[frame.language].elsewhere,
    body: url === undefined ? paragraph(place) : `<p><a href="${escape(url)}">${escape(place)}</a></p>`
  })

// A header holds ASCII only; a URL that is already is passed on as it was given, because it may be signed.
const headerUrl = (url: string): string => (/^[\x21-\x7e]*$/.test(url) ? url : new URL(url).href)

export const redirectTo = (url: string): Response =>
  new Response(null, {
    status: 303,
    headers: { location: headerUrl(url), "cache-control": "no-store", "referrer-policy": "no-referrer" }
  })

/** Does or shows the payer's next action. */
export const actionPage = (frame: PageFrame, action: NextAction): Response => {
  switch (action._tag) {
    case "redirect":
      return redirectTo(action.url)
    case "submit_form":
      return formPage(frame, action)
    case "collect":
      return collectPage(frame, action)
    case "pay_elsewhere":
      return elsewherePage(frame, action.place, action.url)
    case "load_widget":
      return widgetPage(frame, action)
    case "wait":
      return waitingPage(frame)
  }
}
