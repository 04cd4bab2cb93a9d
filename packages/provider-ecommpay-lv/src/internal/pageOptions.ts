import type { PageButton, PageOptions } from "../page.ts"

type Optional = Readonly<Record<string, string | undefined>>

/** The method's code has hyphens as a method and underscores as a key of its options (method page, "Payment Page"). */
const method = "online-latvian-banks"
const methodOptions = (options: object): string => JSON.stringify({ online_latvian_banks: options })

/** The six ways to show banks: four displays, the choice of some banks, and the way to a single one. */
export const bankParameters = (page: PageOptions, bankId: number | undefined): Optional => {
  const banks = bankId === undefined ? page.onlyBanks : [bankId]
  switch (page.bankDisplay ?? "choice") {
    case "behind_method":
      return {}
    case "among_methods":
      return { payment_methods_options: methodOptions({ split_banks: true }) }
    case "group":
      return { force_payment_group: "openbanking", payment_methods_options: methodOptions({ split_banks: true }) }
    case "choice":
      return {
        force_payment_method: method,
        payment_methods_options: banks === undefined ? undefined : methodOptions({ split_banks: true, banks_id: banks })
      }
  }
}

/** What is wrong with options that do not go together; `undefined`: nothing. */
export const pageProblem = (page: PageOptions, bankId: number | undefined): string | undefined => {
  const isChoice = (page.bankDisplay ?? "choice") === "choice"
  if (bankId !== undefined && page.onlyBanks !== undefined) return "give bank or page.onlyBanks, not both."
  if (!isChoice && (bankId ?? page.onlyBanks) !== undefined)
    return "banks can be named with the display `choice` alone."
  if (isChoice && page.hiddenMethods !== undefined) return "the display `choice` shows no other methods to hide."
  return undefined
}

const bit = (flag: boolean | undefined): string | undefined => (flag === undefined ? undefined : flag ? "1" : "0")
const buttons = { never: "0", in_tab: "1", always: "2" } as const
const button = (where: PageButton | undefined): string | undefined => (where === undefined ? undefined : buttons[where])
const number = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value))

/** Everything else that a payment says about the page; flags as the texts that are signed, `1` and `0`. */
export const displayParameters = (page: PageOptions): Optional => ({
  hide: page.hiddenMethods?.join(","),
  merchant_return_redirect_mode: page.returnMode,
  redirect_success_mode: page.takesPayerOn === false ? undefined : page.successMode,
  redirect_fail_mode: page.takesPayerOn === false ? undefined : page.failMode,
  merchant_success_redirect_mode: page.takesPayerOn === false ? page.successMode : undefined,
  merchant_fail_redirect_mode: page.takesPayerOn === false ? page.failMode : undefined,
  merchant_return_enabled: button(page.returnButton),
  merchant_success_enabled: button(page.successButton),
  merchant_fail_enabled: button(page.failButton),
  redirect: bit(page.opensNewPage),
  force_acs_new_window: bit(page.opensBankInNewTab),
  close_on_missclick: bit(page.closesOnMissclick),
  redirect_on_mobile: bit(page.redirectsOnMobile),
  target_element: page.targetElement,
  css_modal_wrap: page.modalClass,
  frame_mode: page.frameMode,
  style_id: number(page.styleId),
  terminal_id: number(page.terminalId),
  interface_type: page.interfaceId === undefined ? undefined : JSON.stringify({ id: page.interfaceId }),
  region_code: page.regionCode,
  payment_extra_param: page.extraParam,
  merchant_data: page.merchantData
})

/** Where payers who finished are taken to by the page itself, or by a button; and where others come back. */
export const returnParameters = (page: PageOptions, url: string): Optional => ({
  ...(page.takesPayerOn === false
    ? { merchant_success_url: url, merchant_fail_url: url }
    : { redirect_success_url: url, redirect_fail_url: url }),
  merchant_return_url: url,
  redirect_return_url: page.returnsFromBank === true ? url : undefined
})
