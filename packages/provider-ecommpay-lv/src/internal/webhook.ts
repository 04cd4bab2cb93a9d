import { type Inbound, RepaymentId, type Verdict, WebhookError } from "@maksa/core"
import * as Schema from "effect/Schema"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { JsonObject, JsonValue, SignatureProblem } from "../signature.ts"
import type { Settings } from "./configuration.ts"
import type { Credentials } from "./credentials.ts"
import { readMessage } from "./mapping.ts"
import { observePayout } from "./payoutMapping.ts"
import { decodeMessage } from "./wire.ts"

/** What is wrong with the bytes is told apart from what is wrong with the signature; both stay without detail outside. */
const reasons: Readonly<Record<SignatureProblem, WebhookError["reason"]>> = {
  too_large: "too_large",
  not_json: "payload_invalid",
  not_utf8: "payload_invalid",
  too_deep: "payload_invalid",
  duplicate_key: "payload_invalid",
  forbidden_key: "payload_invalid",
  no_signature: "signature_invalid",
  two_signatures: "signature_invalid",
  signature_mismatch: "signature_invalid"
}

const fail = (reason: WebhookError["reason"], message: string): WebhookError =>
  new WebhookError({ instance: "ecommpay-lv", reason, message })

const isScalar = (value: JsonValue | undefined): boolean => typeof value !== "object" || value === null

/**
 * Payment Page's parameters are signed with the same key, and the payer sees them with their signature. No callback has
 * a plain member `payment_...` at its root, so that one which has is such a call in other clothes.
 */
const isPageCall = (body: JsonObject): boolean =>
  Object.keys(body).some((key) => key.startsWith("payment_") && isScalar(body[key]))

/** Ids that core makes for money going back. */
const isRepaymentId = Schema.is(RepaymentId)

/** Delivered is HTTP 200 alone; anything else is repeated up to 120 times over ten days (platform, "Callbacks"). */
const acknowledge = { status: 200 }
const tryAgain = { status: 503 }

/** Says nothing and makes core ask. */
const payoutNews = { says: { _tag: "working" }, trust: "hint" } as const
const news = { says: { _tag: "working", actionStands: true }, trust: "hint" } as const

/** Verifies a callback over its bytes and translates it. What is genuine but not surely about our payment is a hint. */
export const makeWebhook = (settings: Settings, credentials: Credentials) =>
  Effect.fnUntraced(function* (inbound: Inbound): Effect.fn.Return<Verdict, WebhookError> {
    if (inbound.method !== "POST") return yield* fail("method_not_allowed", "Callbacks come by POST.")
    const encoding = inbound.headers["content-encoding"] ?? "identity"
    if (encoding.toLowerCase() !== "identity") {
      return yield* fail("payload_invalid", "Callbacks come without content encoding.")
    }
    const read = yield* credentials.readSigned(inbound.body)
    if (!read.verified) return yield* fail(reasons[read.problem], `The callback was not accepted: ${read.problem}.`)
    if (isPageCall(read.body)) return yield* fail("payload_invalid", "Parameters of Payment Page are no callback.")
    const decoded = decodeMessage(read.body)
    if (Result.isFailure(decoded)) {
      // Genuine, but not composed as documented. Repeating it for ten days would not make it readable, so that it is taken as
      // the news that there is news, about the attempt of its URL; the status query tells which.
      yield* Effect.logWarning("A genuine callback of ecommpay was not understood; the payment is asked about instead.")
      return { observations: [news], content: read.canonical, acknowledge, tryAgain }
    }
    const message = decoded.success
    const { facts, told } = readMessage(message, {
      isSandbox: settings.environment === "sandbox",
      widgetOrigins: settings.widgetOrigins,
      confirmsFunds: settings.fundsConfirmation !== "off"
    })
    // Our payment ids are lower case, and the platform compares them without regard to case.
    const about = { attemptId: message.payment.id.toLowerCase() }
    // Another project's message may be signed with our key, where a key is shared; it is not about our money.
    const isOurs = (message.project_id ?? message.general?.project_id) === BigInt(settings.projectId)
    if (told._tag === "payout" || isRepaymentId(about.attemptId)) {
      const payout = observePayout(message)
      const repayment = { about: { repaymentId: about.attemptId } }
      const told = isOurs && payout !== undefined ? { ...payout, ...repayment } : { ...payoutNews, ...repayment }
      return { observations: [], repayments: [told], content: read.canonical, acknowledge, tryAgain }
    }
    const observation =
      isOurs && told._tag === "claim"
        ? ({ ...facts, says: told.says, trust: "proven", about } as const)
        : ({ ...news, about } as const)
    return { observations: [observation], content: read.canonical, acknowledge, tryAgain }
  })
