import { banks, findBank, type Bank } from "./Banks.ts"
import { PageRefusal, type PageParameters } from "./pageParameters.ts"

/**
 * How the page begins (method page, "Payment Page: format of requests"): with the methods, with the banks as buttons among
 * the methods, with the banks alone, or with the one bank that the payer only confirms.
 */
export interface BankChoice {
  readonly banks: ReadonlyArray<Bank>
  readonly begins: "methods" | "split" | "banks" | "one bank"
  /** Whether methods of other groups are on the list of methods. */
  readonly hasOtherMethods: boolean
}

const methodCode = "online-latvian-banks"

/** A list of ids as in the examples, or the text with commas and blanks that the description speaks of. */
const readIds = (ids: unknown): ReadonlyArray<number> | undefined => {
  if (typeof ids === "string") return ids.split(",").map((id) => Number(id.trim()))
  return Array.isArray(ids) ? ids.filter((id): id is number => typeof id === "number") : undefined
}

interface MethodOptions {
  readonly banks: ReadonlyArray<Bank>
  readonly isSplit: boolean
}

const readOptions = (text: string): MethodOptions => {
  let options: unknown
  try {
    options = JSON.parse(text)
  } catch {
    throw new PageRefusal("value", "payment_methods_options")
  }
  // The key has underscores although the method's code has hyphens; with hyphens it means nothing.
  const method =
    typeof options === "object" && options !== null && "online_latvian_banks" in options
      ? options.online_latvian_banks
      : undefined
  if (typeof method !== "object" || method === null) return { banks, isSplit: false }
  const isSplit = "split_banks" in method && method.split_banks === true
  const ids = readIds("banks_id" in method ? method.banks_id : undefined)
  if (ids === undefined) return { banks, isSplit }
  if (!ids.some((id) => findBank(id) !== undefined)) throw new PageRefusal("value", "payment_methods_options")
  return { banks: banks.filter((bank) => ids.includes(bank.id)), isSplit }
}

export const readBankChoice = (parameters: PageParameters): BankChoice => {
  const options = readOptions(parameters["payment_methods_options"] || "{}")
  const hidden = (parameters["hide"] ?? "").split(",").map((code) => code.trim())
  // A forced method wins over a forced group.
  const isForced = parameters["force_payment_method"] === methodCode
  const isGroup = !isForced && parameters["force_payment_group"] === "openbanking"
  const hasOtherMethods = !isForced && !isGroup && !hidden.includes("card")
  if (isForced)
    return { banks: options.banks, begins: options.banks.length === 1 ? "one bank" : "banks", hasOtherMethods }
  return { banks: options.banks, begins: options.isSplit ? "split" : "methods", hasOtherMethods }
}
