// What the payer's browser meets: the form's target and the page of a payment.
import type { Account } from "./accounts.ts"
import { isOpen, type Payments } from "./Payments.ts"
import { signature } from "./signature.ts"
import { Refusal } from "./wire.ts"

export interface Page {
  readonly status: number
  readonly html?: string
  readonly location?: string
}

const titles: Readonly<Record<string, string>> = { lv: "Maksājums", en: "Payment", ru: "Платёж" }

export const makePages = (account: Account, payments: Payments) => {
  const show = (token: string, asked: string | null): Page => {
    const payment = payments.byToken(token)
    if (payment === undefined) return { status: 404 }
    const language = asked !== null && asked in titles ? asked : "en"
    const buttons = ["pay", "refuse", "leave"].map(
      (name) =>
        `<form method="post" action="/pay/${token}/${name}"><button data-action="${name}">${name}</button></form>`
    )
    return {
      status: 200,
      html: `<!doctype html><html lang="${language}"><title>${titles[language] ?? ""}</title>${buttons.join("")}</html>`
    }
  }

  const press = (token: string, button: string): Page => {
    const payment = payments.byToken(token)
    if (payment === undefined) return { status: 404 }
    if (button !== "leave") {
      // Questions come first, and a page that is still being prepared has no buttons.
      if (!isOpen(payment) || payment.action === "questions" || payment.action === "wait") return { status: 409 }
      if (button === "pay") {
        payment.bank ??= "tiger"
        payments.charge(payment)
      } else payments.change(payment, "refused", undefined, "R-10")
    }
    return { status: 303, location: payment.order.return_url }
  }

  const takeForm = (form: URLSearchParams): Page => {
    const order = form.get("order") ?? ""
    if (form.get("signature") !== signature(account.secret, ["form", account.id], order)) return { status: 403 }
    try {
      const { payment } = payments.create(order)
      return { status: 303, location: `/pay/${payment.token}?lang=${payment.order.language}` }
    } catch (cause) {
      if (cause instanceof Refusal) return { status: cause.http }
      throw cause
    }
  }

  /** The page at `path`, or nothing where there is none. */
  return (method: string, path: string, query: URLSearchParams, body: string): Page | undefined => {
    if (method === "POST" && path === "/form") return takeForm(new URLSearchParams(body))
    const [, area, token = "", button = ""] = path.split("/")
    if (area !== "pay") return undefined
    if (method === "GET" && button === "") return show(token, query.get("lang"))
    if (method === "POST" && /^(?:pay|refuse|leave)$/.test(button)) return press(token, button)
    return undefined
  }
}
