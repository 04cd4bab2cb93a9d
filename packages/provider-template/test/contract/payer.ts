// What a person does with a browser, by HTTP.
import type { AttemptAtProvider, PageSeen, PayerAct } from "@maksa/contract-kit"
import type { NextAction } from "@maksa/core"
import type { TemplateSandbox } from "../../sandbox/index.ts"

/** Follows the next action; answers the address of the payer's page. */
const follow = async (sandbox: TemplateSandbox, action: NextAction | undefined): Promise<string | undefined> => {
  switch (action?._tag) {
    case "redirect":
    case "pay_elsewhere":
      return action.url
    case "load_widget": {
      const { language = "" } = action.parameters
      return `${action.host}/pay/${action.token}?lang=${language}`
    }
    case "submit_form": {
      const body = new URLSearchParams(action.fields)
      const response = await fetch(action.url, { method: "POST", body, redirect: "manual" })
      const location = response.headers.get("location")
      if (response.status !== 303 || location === null) throw new Error(`The form was answered ${response.status}.`)
      return new URL(location, sandbox.origin).href
    }
    default:
      return undefined
  }
}

/** Without an action of ours the payer still has the page open, or its address in the browser's history. */
const remembered = (sandbox: TemplateSandbox, attemptId: string): string => {
  const payment = sandbox.payments.find(attemptId)
  if (payment === undefined) throw new Error("There is no page: the provider has not heard of the payment.")
  return `${sandbox.origin}/pay/${payment.token}?lang=${payment.order.language}`
}

export const visit = async (
  sandbox: TemplateSandbox,
  { attemptId, nextAction }: AttemptAtProvider,
  act: PayerAct
): Promise<PageSeen> => {
  const url = (await follow(sandbox, nextAction)) ?? remembered(sandbox, attemptId)
  const page = await fetch(url, { redirect: "manual" })
  const html = await page.text()
  if (page.status !== 200) throw new Error(`The page was answered ${page.status}.`)
  const language = /<html lang="([a-z]{2})"/.exec(html)?.[1]
  const seen = { url, ...(language === undefined ? {} : { language }) }
  if (act === "open") return seen
  const target = new RegExp(`action="([^"]+/${act})"`).exec(html)?.[1]
  if (target === undefined) throw new Error(`The page has no button ${act}.`)
  const pressed = await fetch(new URL(target, url), { method: "POST", redirect: "manual" })
  const location = pressed.headers.get("location")
  if (pressed.status !== 303 || location === null) throw new Error(`The button was answered ${pressed.status}.`)
  return { ...seen, leadsTo: location }
}
