import * as Result from "effect/Result"

import { RefusedValue } from "../RefusedValue.ts"
import type { PaymentRequest } from "../wire.ts"
import { escapeXml, isXmlText } from "../xml/xmlText.ts"

type Value = string | boolean | ReadonlyArray<Value> | { readonly [member: string]: Value | undefined }

// Array.isArray does not narrow a readonly array out of a union.
const isList = (value: Value): value is ReadonlyArray<Value> => Array.isArray(value)

/** Names of list items (guide, annex 1): rows of the price list are named like the list. */
const itemNames: Readonly<Record<string, string>> = { AllowedBanks: "AllowedBankStructure", PriceList: "PriceList" }

const write = (name: string, value: Value, path: string, refused: Array<RefusedValue>): string => {
  if (typeof value === "string") {
    if (isXmlText(value)) return `<${name}>${escapeXml(value)}</${name}>`
    refused.push(new RefusedValue({ path, message: `${path} has a character that XML cannot carry` }))
    return ""
  }
  if (typeof value === "boolean") return `<${name}>${value}</${name}>`
  const inside = isList(value)
    ? value.map((one, index) => write(itemNames[name] ?? name, one, `${path}[${index}]`, refused))
    : // .NET's serialisers want ordinal alphabetical order and pass over what comes late.
      Object.keys(value)
        .toSorted()
        .map((key) => {
          const member = value[key]
          return member === undefined ? "" : write(key, member, `${path}.${key}`, refused)
        })
  return `<${name}>${inside.join("")}</${name}>`
}

/**
 * The payment request as the guide's annex 1 prints it: `PaymentsDataStructure` in no namespace. ServerResponseUrl is left
 * out: in the portal's scenarios (guide, 2.1 and 2.2) MM tells the status by IVIS messages.
 *
 * ASSUMPTION(viss-mm#40): this is what the Body of an IVISRequest holds; the schema of the payment module is not public.
 */
export const paymentsXml = (request: PaymentRequest): Result.Result<string, RefusedValue> => {
  const { ServerResponseUrl: _notUsed, ...members } = request
  const refused: Array<RefusedValue> = []
  const root = "PaymentsDataStructure"
  const inside = write("PaymentRequest", members, `${root}.PaymentRequest`, refused)
  const [first] = refused
  return first === undefined ? Result.succeed(`<${root} xmlns="">${inside}</${root}>`) : Result.fail(first)
}
