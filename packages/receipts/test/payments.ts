import {
  AmountLine,
  Attempt,
  money,
  MoneyFacts,
  Observation,
  Payment,
  PaymentState,
  type TariffLine
} from "@maksa/core"
import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"

export const utc = (iso: string): DateTime.Utc => DateTime.makeUnsafe(iso)
export const millis = (iso: string): number => DateTime.toEpochMillis(utc(iso))

export const issuedAt = millis("2026-11-22T12:30:00Z")

const paymentId = "pay_01kas3wq0g2m4n6p8r0t2v4x6z"
const attemptId = "att_01kas3wq0g7m4n6p8r0t2v4x6z"

type ObservationInput = ConstructorParameters<typeof Observation>[0]

export const observation = (over: Partial<ObservationInput> = {}): Observation =>
  new Observation({
    id: "obs_1",
    attemptId,
    channel: "webhook",
    trust: "proven",
    says: { _tag: "received", amount: money(1250n, "EUR") },
    at: utc("2026-11-22T12:05:10Z"),
    hasProviderTime: true,
    observedAt: utc("2026-11-22T12:05:12Z"),
    digest: "d1",
    providerReference: "EP-778",
    paidVia: "seb-lv",
    ...over
  })

type StateInput = ConstructorParameters<typeof PaymentState>[0]

export const state = (over: Partial<StateInput> = {}): PaymentState =>
  new PaymentState({
    status: "paid",
    finality: "hard",
    attention: [],
    money: new MoneyFacts({ asked: money(1250n, "EUR"), received: money(1250n, "EUR") }),
    ...over
  })

type PaymentInput = ConstructorParameters<typeof Payment>[0]

const decodeId = Schema.decodeUnknownSync(Payment.fields.id)
const decodeAttemptId = Schema.decodeUnknownSync(Attempt.fields.id)

export const attempt = (over: Partial<ConstructorParameters<typeof Attempt>[0]> = {}): Attempt =>
  new Attempt({
    id: decodeAttemptId(attemptId),
    instance: "ecommpay-lv",
    status: "paid",
    finality: "hard",
    createdAt: utc("2026-11-22T12:00:00Z"),
    deadline: utc("2026-11-29T12:00:00Z"),
    ...over
  })

export const payment = (over: Partial<PaymentInput> = {}): Payment =>
  new Payment({
    id: decodeId(paymentId),
    provider: "ecommpay-lv",
    environment: "live",
    merchantReference: "BD-2026/00417",
    purpose: "Būvatļaujas nodeva: āčēģīķļņšūž ĀČĒĢĪĶĻŅŠŪŽ €",
    lines: [new AmountLine({ amount: money(1250n, "EUR"), description: "Būvatļaujas izsniegšana" })],
    amount: money(1250n, "EUR"),
    state: state(),
    attempts: [attempt()],
    createdAt: utc("2026-11-22T12:00:00Z"),
    updatedAt: utc("2026-11-22T12:05:12Z"),
    ...over
  })

export type Line = AmountLine | TariffLine
