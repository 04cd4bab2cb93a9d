// What the platform says of a payout: a payment of its own, never about the money of a purchase.
import type { RepaymentClaim, RepaymentObserved } from "@maksa/core"
import { payoutSum } from "./amounts.ts"
import { findResultCode } from "./codes.ts"
import { codeOf, printable } from "./mapping.ts"
import { payoutKind } from "./statuses.ts"
import type { Message } from "./wire.ts"
import { fromWireDate } from "./wireDate.ts"

const unknown = (word: string): RepaymentClaim => ({ _tag: "unknown_word", word: printable(word) })

/** Sentences for codes that a clerk can do something about; for the others the registry's own words. */
const reasons: Readonly<Record<string, string>> = {
  "20102": "The account number is not right.",
  "20450": "The payee's bank could not compare the name with the account. Ask again in some minutes.",
  "20451": "The name is not that of the account's owner. Ask the payer for the name as the bank knows it.",
  "3028": "The balance at ecommpay is too low.",
  "504": "The balance at ecommpay is too low.",
  "20504": "The balance at ecommpay is too low."
}

const refused = (code: string | undefined): RepaymentClaim => {
  const reason = reasons[code ?? ""] ?? findResultCode(code ?? "")?.message
  return { _tag: "refused", ...(reason === undefined ? {} : { reason }) }
}

/** What an error means by its code; any other code is a refusal: nothing was begun, and the id may be used again. */
const failed = (code: string | undefined): RepaymentClaim | undefined => {
  switch (code) {
    // Without its code an error could also mean that the payout is not known.
    case undefined:
    case "0":
      return unknown("error without a code")
    case "3061":
      return { _tag: "absent" }
    case "3062":
      return undefined
    case "3041":
    case "3613":
      return { _tag: "working" }
    default:
      return refused(code)
  }
}

const tell = (message: Message, code: string | undefined): RepaymentClaim | undefined => {
  const { status, type } = message.payment
  if (type !== undefined && type !== null && type !== "payout") return unknown(`payment of type ${type}`)
  if (status === undefined || status === null) return unknown("no payment status")
  if (status === "error") return failed(code)
  const kind = payoutKind(status)
  // Money that left is said by its own type alone.
  if (type !== "payout" && (kind === "done" || kind === "reversed")) return unknown("money without a payment type")
  switch (kind) {
    case "working":
    case "trouble":
      return { _tag: "working" }
    case "done": {
      const amount = payoutSum(message)
      return { _tag: "done", ...(amount === undefined ? {} : { amount }) }
    }
    case "refused":
      return refused(code)
    case "reversed":
      return { _tag: "reversed" }
    case "unknown":
      return unknown(status)
  }
}

/** Reads a message about a payout of ours; `undefined`: the platform asks to be asked again. */
export const observePayout = (message: Message, evidence?: Uint8Array): RepaymentObserved | undefined => {
  const code = codeOf(message)
  const says = tell(message, code)
  if (says === undefined) return undefined
  const dates = [message.payment.date, message.operation?.date].filter((date) => typeof date === "string")
  const times = dates.map(fromWireDate).filter((time) => time !== undefined)
  const isFact = says._tag !== "absent" && times.length > 0
  return {
    says,
    trust: "proven",
    ...(isFact ? { providerTime: Math.max(...times) } : {}),
    ...(code === undefined || code === "0" ? {} : { providerCode: code }),
    ...(evidence === undefined ? {} : { evidence })
  }
}
