import {
  type Asking,
  type AttemptRecord,
  type Connection,
  type CreateInput,
  type Money,
  NotReady,
  type Observed,
  type PaymentError,
  paymentError,
  Wait
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { isIP } from "node:net"
import { earliestQuerySeconds } from "../manifest.ts"
import type { EcommpayLvPaymentOptions } from "../options.ts"
import type { SignableObject } from "../signature.ts"
import type { Settings } from "./configuration.ts"
import type { Credentials } from "./credentials.ts"
import { answerCode, malformed } from "./errors.ts"
import { isError, makeGatePost, readAnswer, unwanted } from "./gatePost.ts"
import { readMessage } from "./mapping.ts"
import { invalid, type Order, toOrder } from "./order.ts"
import { decodeMessage, type Message } from "./wire.ts"
import { beforeAllNotices } from "./wireDate.ts"

/** Callback addresses in `general` (Gate, common objects). */
const maxUrlLength = 255

/** An order is known by its `general.payment_id`. */
export type OrderBody = SignableObject & { readonly general: SignableObject & { readonly payment_id: string } }

export interface Gate {
  sale(input: CreateInput<EcommpayLvPaymentOptions>): Effect.Effect<ReadonlyArray<Observed>, PaymentError>
  status(attempt: AttemptRecord): Effect.Effect<ReadonlyArray<Observed>, PaymentError>
  /** Sends an order for another payment of ours, and answers once Gate has taken it, now or before, with its answer's bytes. */
  order(
    asking: Asking,
    operation: "create" | "resume" | "payout",
    path: string,
    body: OrderBody,
    /** Paths of values that may hold `;` (`refuseSeparators`). */
    except?: ReadonlyArray<string>
  ): Effect.Effect<Uint8Array, PaymentError>
  /** The bytes of general information, which Gate does not sign. */
  inform(asking: Asking, operation: "banks", path: string, body: OrderBody): Effect.Effect<Uint8Array, PaymentError>
  /** A verified answer about one payment of this project. */
  ask(
    asking: Asking,
    operation: "status" | "check" | "list",
    paymentId: string
  ): Effect.Effect<{ readonly message: Message; readonly raw: Uint8Array }, PaymentError>
  /** What the platform says of a purchase; nothing where it has to be asked again. `total` is the sum asked, where known. */
  observe(
    asking: Asking,
    operation: "status" | "list",
    paymentId: string,
    total: Money | undefined
  ): Effect.Effect<ReadonlyArray<Observed>, PaymentError>
  /** Asks about a payment that cannot exist; succeeds if Gate took our signature and gave its own. */
  probe(paymentId: string): Effect.Effect<void, PaymentError>
}

// ASSUMPTION(ecommpay-lv#9): the page to which Gate sends the payer opens in the customer's language, which Gate's schema
// writes with a country ("en_US").
const locales = { lv: "lv_LV", en: "en_US", ru: "ru_RU" } as const

const saleBody = (order: Order, projectId: number, ipAddress: string) => {
  const { person, urls } = order
  return {
    general: { project_id: projectId, payment_id: order.paymentId, merchant_callback_url: urls.webhook },
    // ASSUMPTION(ecommpay-lv#8): this method's sale takes `best_before` as the common objects of Gate do.
    payment: {
      amount: order.amount,
      currency: "EUR",
      description: order.description,
      best_before: order.bestBefore
    },
    customer: {
      id: order.customerId,
      ip_address: ipAddress,
      ...(person.firstName === undefined ? {} : { first_name: person.firstName }),
      ...(person.lastName === undefined ? {} : { last_name: person.lastName }),
      ...(person.email === undefined ? {} : { email: person.email }),
      ...(person.phone === undefined ? {} : { phone: person.phone }),
      ...(order.language === undefined ? {} : { language: locales[order.language] })
    },
    ...(order.bankId === undefined ? {} : { account: { bank_id: order.bankId } }),
    return_url: { success: urls.return, decline: urls.return, return: urls.return }
  }
}

const accepted = (input: AttemptRecord, evidence: Uint8Array): ReadonlyArray<Observed> => {
  const facts = {
    trust: "proven",
    providerTime: beforeAllNotices(input.createdAt),
    providerReference: input.attemptId,
    evidence
  } as const
  return [
    { says: { _tag: "accepted" }, ...facts },
    // The address of the bank comes by callback, or by the status query if the callback was lost.
    { says: { _tag: "action_needed", action: new Wait({}) }, ...facts }
  ]
}

// ASSUMPTION(ecommpay-lv#2): 3041 and 3613 say that the sale was taken before, in the answer or by callback.
const isTakenBefore = (code: string | undefined): boolean => code === "3041" || code === "3613"

export const makeGate = (connection: Connection, settings: Settings, credentials: Credentials): Gate => {
  const post = makeGatePost(connection, settings, credentials)

  const askStatus = Effect.fnUntraced(function* (
    asking: Asking,
    operation: "status" | "check" | "list",
    paymentId: string
  ) {
    const general = { project_id: settings.projectId, payment_id: paymentId }
    const response = yield* post(asking, operation, "/v2/payment/status", { general })
    if (response.status !== 200) return yield* unwanted(asking, operation, response)
    const read = yield* credentials.readSigned(response.body)
    if (!read.verified) return yield* malformed(asking, operation, `its signature was not accepted (${read.problem})`)
    const message = decodeMessage(read.body)
    if (Result.isFailure(message)) return yield* malformed(asking, operation, "its members have other types")
    // ASSUMPTION(ecommpay-lv#1): answers about unknown payments (3061) name project and payment like all others.
    const { general: head, payment, project_id: projectId } = message.success
    if ((projectId ?? head?.project_id) !== BigInt(settings.projectId)) {
      return yield* malformed(asking, operation, "it is about another project")
    }
    if (payment.id.toLowerCase() !== paymentId)
      return yield* malformed(asking, operation, "it is about another payment")
    return { message: message.success, raw: response.body }
  })

  const observe: Gate["observe"] = Effect.fnUntraced(function* (asking, operation, paymentId, total) {
    const { message, raw } = yield* askStatus(asking, operation, paymentId)
    const { facts, told } = readMessage(message, {
      isSandbox: settings.environment === "sandbox",
      widgetOrigins: settings.widgetOrigins,
      confirmsFunds: settings.fundsConfirmation !== "off",
      ...(total === undefined ? {} : { asked: total })
    })
    const proven = { ...facts, trust: "proven", evidence: raw } as const
    switch (told._tag) {
      case "claim":
        return [{ ...proven, says: told.says }]
      case "absent":
        return [{ ...proven, says: { _tag: "absent" } }]
      case "ask_later":
        return []
      // Our id of a purchase cannot be a payout's.
      case "payout":
        return [{ ...proven, says: { _tag: "unknown_word", word: "payment of type payout" } }]
      case "unclear":
        return [{ ...proven, says: { _tag: "unknown_word", word: told.word } }]
    }
  })

  const place: Gate["order"] = Effect.fnUntraced(function* (asking, operation, path, body, except) {
    const response = yield* post(asking, operation, path, body, except)
    const answer = readAnswer(response)
    if (answer === undefined) return yield* unwanted(asking, operation, response)
    if (response.status < 500 && isTakenBefore(answerCode(answer))) return response.body
    if (response.status !== 200 || answer.status !== "success") return yield* unwanted(asking, operation, response)
    // The answer is unsigned in the documentation; where there is a signature it must be right.
    const read = yield* credentials.readSigned(response.body)
    if (!read.verified && read.problem !== "no_signature") {
      return yield* malformed(asking, operation, `its signature was not accepted (${read.problem})`)
    }
    const { payment_id: paymentId } = body.general
    const isOurs =
      (answer.payment_id ?? paymentId).toLowerCase() === paymentId &&
      String(answer.project_id ?? settings.projectId) === String(settings.projectId)
    if (!isOurs) return yield* malformed(asking, operation, "it is about another payment")
    return response.body
  })

  const inform: Gate["inform"] = Effect.fnUntraced(function* (asking, operation, path, body) {
    const response = yield* post(asking, operation, path, body)
    const answer = readAnswer(response)
    if (response.status !== 200 || (answer !== undefined && isError(answer))) {
      return yield* unwanted(asking, operation, response)
    }
    return response.body
  })

  const sale: Gate["sale"] = Effect.fnUntraced(function* (input) {
    const asking = { instance: input.instance, paymentId: input.paymentId }
    if (input.options.page !== undefined) return yield* invalid(input, "options.page", "Gate has no page of its own.")
    const order = yield* toOrder(input, credentials)
    const ipAddress = input.payer?.ipAddress === undefined ? "" : Redacted.value(input.payer.ipAddress)
    if (isIP(ipAddress) === 0) return yield* invalid(input, "payer.ipAddress", "Gate needs the payer's IP address.")
    if (order.urls.webhook.length > maxUrlLength) {
      return yield* invalid(input, "urls.webhook", `at most ${maxUrlLength} characters: shorten publicBaseUrl.`)
    }
    const body = saleBody(order, settings.projectId, ipAddress)
    return accepted(input, yield* place(asking, "create", "/v2/payment/banks/latvia/sale", body))
  })

  const status: Gate["status"] = Effect.fnUntraced(function* (attempt) {
    const asking = { instance: attempt.instance, paymentId: attempt.paymentId }
    const readyAt = (attempt.submittedAt ?? attempt.createdAt) + earliestQuerySeconds * 1000
    if (attempt.now < readyAt) {
      const retryAfterSeconds = Math.ceil((readyAt - attempt.now) / 1000)
      const message = `ecommpay may not know a payment in its first ${earliestQuerySeconds} seconds.`
      return yield* paymentError(asking, "status", new NotReady({ message, retryAfterSeconds }))
    }
    return yield* observe(asking, "status", attempt.attemptId, attempt.total)
  })

  return {
    sale,
    status,
    order: place,
    inform,
    ask: askStatus,
    observe,
    probe: (paymentId) => Effect.asVoid(askStatus({ instance: "ecommpay-lv" }, "check", paymentId))
  }
}
