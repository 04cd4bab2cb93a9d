// The provider's words as claims: pure, total, and by tables. The payment's status alone decides; an operation only says
// sums and codes, because `operation.status` is "success" while the money is still awaited (method page, "Confirmation
// of crediting").
import type { Claim, Money, Observed } from "@maksa/core"
import { toldSum, undoneSum } from "./amounts.ts"
import { collectClaim } from "./clarification.ts"
import { findResultCode } from "./codes.ts"
import { redirectClaim } from "./redirect.ts"
import { payoutKind, type PayoutKind, purchaseKind, type PurchaseKind } from "./statuses.ts"
import type { Message } from "./wire.ts"
import { fromWireDate, questionMillis } from "./wireDate.ts"

// ASSUMPTION(ecommpay-lv#5): the provider's clock has whole seconds, and several notices fall into one. Within it the
// documented order of statuses decides, so that "processing" does not take back the redirect which followed it; ends share
// one place, so that two different ends in one second are a tie, which makes core ask.
const millisWithinSecond: Readonly<Record<PurchaseKind, number>> = {
  open: 0,
  question: questionMillis,
  redirect: 100,
  working: 200,
  promised: 300,
  received: 400,
  refused: 400,
  failed_checks: 400,
  lapsed: 400,
  withdrawn: 400,
  undone: 400,
  undone_partly: 400,
  trouble: 400,
  unknown: 400
}

/** The time of such a word that was said in this second, epoch milliseconds. */
export const withinSecond = (kind: PurchaseKind, second: number): number => second + millisWithinSecond[kind]

/** What a payment that failed its checks means by its code (result codes, 30xx and 36xx); any other code is a refusal. */
const failedChecks: ReadonlyMap<string, Told> = new Map<string, Told>([
  ["3041", { _tag: "claim", says: { _tag: "accepted" } }],
  ["3613", { _tag: "claim", says: { _tag: "accepted" } }],
  ["3061", { _tag: "absent" }],
  ["3062", { _tag: "ask_later" }]
])

/**
 * What a message tells: a claim; that the payment is not known; to ask again; too little to make a claim; or how a payout
 * stands, which is another payment and never about the money of a purchase.
 */
export type Told =
  | { readonly _tag: "claim"; readonly says: Claim }
  | { readonly _tag: "absent" }
  | { readonly _tag: "ask_later" }
  | { readonly _tag: "unclear"; readonly word: string }
  | { readonly _tag: "payout"; readonly kind: PayoutKind }

/** What a message tells, and what core keeps beside it. */
export interface Reading {
  readonly told: Told
  readonly facts: Omit<Observed, "says" | "trust">
}

export interface MappingContext {
  /** Where redirects by plain http are allowed. */
  readonly isSandbox: boolean
  /** Origins from which a widget's script may be loaded. */
  readonly widgetOrigins: ReadonlyArray<string>
  /** False where the project is said not to confirm funds: a notice that it awaits them is then a deviation. */
  readonly confirmsFunds: boolean
  /** The sum asked, where known. */
  readonly asked?: Money
}

/** Provider words go into ledgers and alarms: only short printable ASCII. */
export const printable = (text: string): string => (/^[\x20-\x7e]{1,64}$/.test(text) ? text : "an unprintable word")

const claim = (says: Claim): Told => ({ _tag: "claim", says })
const unclear = (word: string): Told => ({ _tag: "unclear", word })

/** The result code of the newest operation, else of the first error, as text; `0` is success. */
export const codeOf = (message: Message): string | undefined => {
  const operation = message.operation ?? message.operations?.at(-1)
  const code = operation?.code ?? message.errors?.[0]?.code ?? undefined
  const text = code === undefined ? undefined : String(code)
  return text === undefined || !/^\d{1,6}$/.test(text) ? undefined : text
}

const tellOf = (kind: PurchaseKind, message: Message, code: string | undefined, context: MappingContext): Told => {
  switch (kind) {
    case "open":
      return claim({ _tag: "working", actionStands: true })
    case "working":
      return claim({ _tag: "working" })
    case "redirect":
      return claim(redirectClaim(message, context))
    case "question": {
      const asked = collectClaim(message)
      return asked === undefined ? unclear("clarification that says nothing to ask") : claim(asked)
    }
    case "promised":
    case "received": {
      const { sum } = toldSum(message)
      // Without a sum nothing shows that it is the sum that was asked.
      return sum === undefined ? unclear("money without a sum") : claim({ _tag: kind, amount: sum })
    }
    case "refused":
      return claim({ _tag: "refused" })
    case "failed_checks":
      // Without its code an error could also mean that the payment is not known.
      return code === undefined || code === "0"
        ? unclear("error without a code")
        : (failedChecks.get(code) ?? claim({ _tag: "refused" }))
    case "lapsed":
    case "withdrawn":
      return claim({ _tag: kind })
    case "undone":
      return claim({ _tag: "undone" })
    case "undone_partly": {
      const amount = undoneSum(message, context.asked)
      return claim(amount === undefined ? { _tag: "undone" } : { _tag: "undone", amount })
    }
    case "trouble":
      return unclear(message.payment.status ?? "")
    case "unknown":
      return claim({ _tag: "unknown_word", word: printable(message.payment.status ?? "") })
  }
}

const isMoney: ReadonlySet<PurchaseKind> = new Set<PurchaseKind>(["promised", "received", "undone", "undone_partly"])

// A sale, its confirmation and the payment's success are one sum of money, and all that goes back is told as one growing
// sum, so that nothing is counted twice.
const operationOf = (kind: PurchaseKind): string | undefined =>
  kind === "undone" || kind === "undone_partly" ? "reversal" : isMoney.has(kind) ? "sale" : undefined

/** Claims by which an attempt comes to nothing; only then a code says why. */
const endings: ReadonlySet<Claim["_tag"]> = new Set<Claim["_tag"]>(["refused", "lapsed", "withdrawn", "undone"])

/** Reads a decoded message about a payment of ours. */
export const readMessage = (message: Message, context: MappingContext): Reading => {
  const { payment } = message
  const type = payment.type ?? undefined
  const status = payment.status ?? undefined
  const kind = status === undefined ? "unknown" : purchaseKind(status)
  const code = codeOf(message)
  const told =
    status === undefined
      ? unclear("no payment status")
      : type === "payout"
        ? ({ _tag: "payout", kind: payoutKind(status) } as const)
        : type !== undefined && type !== "purchase"
          ? unclear(`payment of type ${printable(type)}`)
          : type === undefined && isMoney.has(kind)
            ? unclear("money without a payment type")
            : tellOf(kind, message, code, context)

  const dates = [payment.date, message.operation?.date].filter((date) => typeof date === "string")
  const times = dates.map(fromWireDate).filter((time) => time !== undefined)
  const operation = operationOf(kind)
  const decline = told._tag === "claim" && endings.has(told.says._tag) ? findResultCode(code ?? "")?.decline : undefined
  const isDeviant =
    times.length < dates.length ||
    (kind === "received" && toldSum(message).isContradictory) ||
    (kind === "promised" && (!context.confirmsFunds || toldSum(message).isContradictory))
  return {
    told,
    facts: {
      ...(times.length === 0 ? {} : { providerTime: withinSecond(kind, Math.max(...times)) }),
      ...(operation === undefined ? {} : { operation }),
      providerReference: payment.id.toLowerCase(),
      ...(code === undefined ? {} : { providerCode: code }),
      ...(decline === undefined ? {} : { decline }),
      ...(payment.method ? { paidVia: printable(payment.method) } : {}),
      ...(isDeviant ? { contractDrift: true } : {})
    }
  }
}
