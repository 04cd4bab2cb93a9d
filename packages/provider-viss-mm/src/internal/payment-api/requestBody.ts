import * as Result from "effect/Result"

import type { Json, JsonInput } from "./json.ts"
import { RefusedValue } from "../RefusedValue.ts"
import type { PaymentRequest } from "../wire.ts"
import { isXmlText } from "../xml/xmlText.ts"

/**
 * Texts that SOAP could not carry are refused here too: MM keeps one kind of request, however it came, and writes it into
 * the XML of the supporting document.
 */
const unfitText = (value: unknown, path: string): string | undefined => {
  if (typeof value === "string") return isXmlText(value) ? undefined : path
  if (typeof value !== "object" || value === null) return undefined
  for (const [name, one] of Object.entries(value)) {
    const found = unfitText(one, Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * The body of `savepaymentrequest`: the members of the SOAP request without the `…Specified` flags, which are XML's
 * (guide, sample of the method), and each number with its own digits.
 */
export const saveBody = (
  request: PaymentRequest,
  json: Json
): Result.Result<{ readonly [member: string]: JsonInput }, RefusedValue> => {
  const root = "PaymentsDataStructure.PaymentRequest"
  const path = unfitText(request, root)
  if (path !== undefined) {
    return Result.fail(new RefusedValue({ path, message: `${path} has a character that MM cannot carry` }))
  }
  const { ExpiryDateSpecified: _expiry, InvoiceIssueDateSpecified: _issue, PriceList, ...members } = request
  return Result.succeed({
    PaymentsDataStructure: {
      PaymentRequest: { ...members, PriceList: PriceList.map((row) => ({ ...row, Item: json.number(row.Item) })) }
    }
  })
}
