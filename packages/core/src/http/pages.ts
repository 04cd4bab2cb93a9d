// The pages that core serves to payers: no script of anybody else, nothing cached, nothing framed.
import type { Collect, NextAction, SubmitForm } from "../NextAction.ts"
import { type Language, texts } from "./texts.ts"

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? "")

const style =
  "body{font:18px/1.5 system-ui,sans-serif;color:#1b1b1b;background:#f5f6f8;margin:0;display:grid;min-height:100vh;place-items:center}" +
  "main{background:#fff;padding:2.5rem;border-radius:.75rem;max-width:34rem;box-shadow:0 1px 6px #0002;margin:1rem}" +
  "h1{font-size:1.5rem;margin:0 0 .75rem}label{display:block;margin:1rem 0}input[type=text]{font:inherit;width:100%;padding:.5rem;box-sizing:border-box}" +
  "button{font:inherit;background:#0b4f8a;color:#fff;border:0;border-radius:.4rem;padding:.7rem 1.4rem;cursor:pointer}" +
  "button:focus-visible{outline:3px solid #f2a900;outline-offset:2px}.consent{white-space:pre-wrap}"

interface Page {
  readonly language: Language
  readonly title: string
  readonly body: string
  /** Seconds after which the page loads itself again. */
  readonly refresh?: number
  /** Where forms may go; only this page's own origin unless given. */
  readonly formAction?: string
  readonly script?: string
}

const page = ({ language, title, body, refresh, formAction, script }: Page): Response => {
  const nonce = crypto.randomUUID()
  const html =
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    (refresh === undefined ? "" : `<meta http-equiv="refresh" content="${refresh}">`) +
    `<meta name="robots" content="noindex"><title>${escape(title)}</title><style nonce="${nonce}">${style}</style></head>` +
    `<body><main><h1>${escape(title)}</h1>${body}</main>` +
    (script === undefined ? "" : `<script nonce="${nonce}">${script}</script>`) +
    "</body></html>"
  const policy = [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    ...(script === undefined ? [] : [`script-src 'nonce-${nonce}'`]),
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
export const checkingPage = (language: Language = "lv"): Response =>
  page({ language, title: texts[language].checking, body: paragraph(texts[language].checkingMore) })

export const waitingPage = (language: Language): Response =>
  page({ language, title: texts[language].waiting, body: paragraph(texts[language].waitingMore), refresh: 3 })

const formPage = (language: Language, action: SubmitForm): Response => {
  const text = texts[language]
  const fields = Object.entries(action.fields).map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`
  )
  return page({
    language,
    title: text.forward,
    // Without script the payer presses the button.
    body:
      `${paragraph(text.forwardMore)}<form id="f" method="post" action="${escape(action.url)}" accept-charset="utf-8">` +
      `${fields.join("")}<button data-action="continue">${escape(text.forward)}</button></form>`,
    // The form's target redirects on to hosts that only the provider knows, so the policy allows any web address here.
    formAction: "https: http:",
    script: `document.getElementById("f").submit()`
  })
}

const collectPage = (language: Language, action: Collect): Response => {
  const text = texts[language]
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
    language,
    title: text.collect,
    body: `<form method="post">${inputs.join("")}${consent}<button data-action="consent">${escape(text.send)}</button></form>`
  })
}

const elsewherePage = (language: Language, place: string, url: string | undefined): Response =>
  page({
    language,
    title: texts[language].elsewhere,
    body: url === undefined ? paragraph(place) : `<p><a href="${escape(url)}">${escape(place)}</a></p>`
  })

export const redirectTo = (url: string): Response =>
  new Response(null, {
    status: 303,
    headers: { location: url, "cache-control": "no-store", "referrer-policy": "no-referrer" }
  })

/** Does or shows the payer's next action. A widget needs its own page in the agency's application. */
export const actionPage = (language: Language, action: NextAction): Response => {
  switch (action._tag) {
    case "redirect":
      return redirectTo(action.url)
    case "submit_form":
      return formPage(language, action)
    case "collect":
      return collectPage(language, action)
    case "pay_elsewhere":
      return elsewherePage(language, action.place, action.url)
    case "wait":
    case "load_widget":
      return waitingPage(language)
  }
}
