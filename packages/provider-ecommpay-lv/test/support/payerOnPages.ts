// A payer with a browser that draws nothing: opens what the payment says, presses what a page offers, and is sent on.
import type { NextAction } from "@maksa/core"

export interface PayerOnPages {
  /** Where the payer is. */
  readonly url: string
  readonly html: string
  /** Opens the link or posts the form of a payment. */
  open(action: NextAction | undefined): Promise<void>
  /** Whether the page offers this. */
  offers(action: string): boolean
  /** Presses what carries this `data-action`, of a bank where one is named, after filling the fields in. */
  press(
    action: string,
    how?: { readonly bank?: number; readonly fields?: Readonly<Record<string, string>> }
  ): Promise<void>
}

const plain = (html: string): string =>
  html.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&amp;", "&")

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? undefined : plain(value)
}

/** @param home where the agency is: a payer who is sent back there has arrived. */
export const payerOnPages = (home: string): PayerOnPages => {
  let url = ""
  let html = ""

  const go = async (to: string, init: RequestInit = {}): Promise<void> => {
    url = to
    html = ""
    if (to.startsWith(home)) return
    const response = await fetch(to, { ...init, redirect: "manual" })
    html = await response.text()
    const location = response.headers.get("location")
    if (location === null) {
      if (!response.ok) throw new Error(`${to} answered ${response.status}`)
      return
    }
    await go(new URL(location, to).href)
  }

  const tagOf = (action: string, bank?: number): RegExpExecArray | null => {
    const named = bank === undefined ? "" : `[^>]*data-bank="${bank}"`
    return new RegExp(`<(?:a|button)\\s[^>]*data-action="${action}"${named}[^>]*>`).exec(html)
  }

  return {
    get url() {
      return url
    },
    get html() {
      return html
    },
    open: async (action) => {
      if (action?._tag === "redirect") return go(action.url)
      if (action?._tag !== "submit_form") throw new Error(`there is no page to open: ${action?._tag}`)
      await go(action.url, { method: "POST", body: new URLSearchParams(action.fields) })
    },
    offers: (action) => tagOf(action) !== null,
    press: async (action, { bank, fields = {} } = {}) => {
      const found = tagOf(action, bank)
      if (found === null) throw new Error(`the page offers no ${action}: ${url}`)
      const [tag] = found
      const href = attribute(tag, "href")
      if (href !== undefined) return go(new URL(href, url).href)
      const form =
        html
          .slice(0, found.index)
          .match(/<form\s[^>]*>/g)
          ?.at(-1) ?? ""
      const name = attribute(tag, "name")
      const own = name === undefined ? {} : { [name]: attribute(tag, "value") ?? "" }
      await go(new URL(attribute(form, "action") ?? "", url).href, {
        method: "POST",
        body: new URLSearchParams({ ...fields, ...own })
      })
    }
  }
}
