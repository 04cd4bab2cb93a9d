import type { AttemptAtProvider, PageSeen, PayerAct } from "@maksa/contract-kit"
import type { LoadWidget } from "@maksa/core"
import type { ControlClient } from "@maksa/sandbox"
import { paymentIdOf, paymentsOf } from "./payments.ts"

/** Swedbank; what the payer takes where the order names no bank. */
const usualBank = 1981

const languageOf = (html: string): string | undefined => /<html lang="([a-z]{2})"/.exec(html)?.[1]

/** A payer with a browser: opens pages as they are linked, and presses what the control API presses without one. */
export const payerAt = (control: ControlClient) => {
  const offeredBanks = new Map<string, number>()

  /** Loads the script and does what its function does: a plain navigation with everything that it was given. */
  const openWidget = async ({ host, parameters, scriptUrl, token }: LoadWidget): Promise<PageSeen> => {
    const script = await fetch(scriptUrl)
    if (!script.ok || !(await script.text()).includes("NEOWidget")) throw new Error("the widget's script is not there")
    const url = `${host}/widget?${new URLSearchParams({ token, ...parameters }).toString()}`
    const response = await fetch(url)
    const language = languageOf(await response.text())
    if (!response.ok) throw new Error(`the widget's page answered ${response.status}`)
    return { url, ...(language === undefined ? {} : { language }) }
  }

  const open = async (attempt: AttemptAtProvider): Promise<PageSeen> => {
    const { nextAction } = attempt
    if (nextAction?._tag === "load_widget") return openWidget(nextAction)
    const isForm = nextAction?._tag === "submit_form"
    if (nextAction?._tag !== "redirect" && !isForm) throw new Error("there is no page to open")
    const { url } = nextAction
    const response = await fetch(url, isForm ? { method: "POST", body: new URLSearchParams(nextAction.fields) } : {})
    const html = await response.text()
    if (!response.ok) throw new Error(`the page answered ${response.status}`)
    const bank = /data-bank="(\d+)"/.exec(html)?.[1]
    if (bank !== undefined) offeredBanks.set(attempt.attemptId, Number(bank))
    const language = languageOf(html)
    return { url, ...(language === undefined ? {} : { language }) }
  }

  const press = async (attempt: AttemptAtProvider, body: object): Promise<{ page?: string; redirect?: string }> =>
    (await control.call("POST", `/ecommpay/payments/${paymentIdOf(attempt)}/payer`, body)) as {
      page?: string
      redirect?: string
    } // documented

  /** The page's result sends the payer on by itself where the merchant asked for it. */
  const followed = async (url: string): Promise<string> => {
    const response = await fetch(url, { redirect: "manual" })
    await response.arrayBuffer()
    return response.headers.get("location") ?? url
  }

  const decide = async (attempt: AttemptAtProvider, action: "confirm" | "refuse" | "leave"): Promise<PageSeen> => {
    let [payment] = await paymentsOf(control, attempt)
    if (payment === undefined) {
      // The link leads here.
      await open(attempt)
      payment = (await paymentsOf(control, attempt))[0]
    }
    let page: string | undefined
    if (payment?.bank === undefined && action !== "leave") {
      const bankId = offeredBanks.get(attempt.attemptId) ?? usualBank
      page = (await press(attempt, { action: "choose_bank", bankId })).page
    }
    const answer = await press(attempt, { action })
    const url = page ?? answer.page ?? answer.redirect ?? ""
    if (answer.redirect === undefined) return { url }
    return {
      url,
      leadsTo: answer.redirect.includes("/payment/result/") ? await followed(answer.redirect) : answer.redirect
    }
  }

  const acts: Readonly<Record<PayerAct, (attempt: AttemptAtProvider) => Promise<PageSeen>>> = {
    open,
    pay: (attempt) => decide(attempt, "confirm"),
    refuse: (attempt) => decide(attempt, "refuse"),
    leave: (attempt) => decide(attempt, "leave")
  }
  return {
    act: (attempt: AttemptAtProvider, act: PayerAct): Promise<PageSeen> => acts[act](attempt),
    forget: (): void => offeredBanks.clear()
  }
}

export type PayerAtEcommpay = ReturnType<typeof payerAt>
