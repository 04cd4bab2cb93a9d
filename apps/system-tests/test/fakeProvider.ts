// A provider whose every answer a test decides. Its webhooks are JSON signed by a shared word.
import {
  Inbound,
  type Manifest,
  type Observed,
  PaymentError,
  type Provider,
  Redirect,
  type ReceiptResult,
  type Verbs,
  Refused,
  money,
  WebhookError
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"

export const manifest = {
  id: "fake",
  port: 1,
  extras: {
    resume: false,
    withdraw: false,
    refund: false,
    payout: false,
    list: false,
    banks: false,
    issueInvoice: false,
    check: true
  },
  receipt: { origin: "generated", formats: ["pdf", "xml"] },
  pricing: { amount: true, tariff: true },
  deadline: "kept",
  amountEvidence: "status",
  webhook: "signed",
  firstContact: "call",
  outcomes: ["promised", "received", "refused", "lapsed", "withdrawn", "undone"],
  actions: ["redirect", "collect", "wait"],
  languages: ["lv", "en", "ru"],
  repeatCreate: "never",
  absenceProvesAfter: { notSubmittedSeconds: 10, lapsedSeconds: 60 },
  softSeconds: { paid: 86_400, declined: 86_400, expired: 3600, canceled: 3600, reversed: 3600 },
  query: { earliestSeconds: 10, schedule: [{ untilSeconds: 3600, everySeconds: 60 }] },
  limits: {
    currencies: ["EUR"],
    minMinorUnits: 1n,
    maxMinorUnits: 1_000_000n,
    maxLines: 3,
    maxPurposeLength: 100,
    maxDeadlineSeconds: 30 * 86_400
  }
} as const satisfies Manifest
type FakeManifest = typeof manifest

export interface FakeOptions {
  readonly note?: string
}
export type Fake = Provider<FakeManifest, FakeOptions, "fake">

/** What a test scripts; each defaults to something harmless. */
export interface Script {
  create: Verbs<FakeOptions>["create"]
  status: Verbs<FakeOptions>["status"]
  receipt: () => Effect.Effect<ReceiptResult, PaymentError, Scope.Scope>
  readonly calls: Array<{ readonly verb: string; readonly attemptId: string; readonly input?: unknown }>
}

export const action = (url = "https://pay.example/1"): Observed => ({
  says: { _tag: "action_needed", action: new Redirect({ url }) },
  trust: "proven"
})
export const received = (minor = 1200n, providerTime?: number): Observed => ({
  says: { _tag: "received", amount: money(minor, "EUR") },
  trust: "proven",
  ...(providerTime === undefined ? {} : { providerTime })
})
export const refusal = (): PaymentError =>
  new PaymentError({
    operation: "create",
    reason: new Refused({
      message: "No.",
      providerCode: "X1",
      decline: { reason: "limit_exceeded", next: "use_another_way" }
    })
  })

export const script = (): Script => ({
  create: () => Effect.succeed([]),
  status: () => Effect.succeed([]),
  receipt: () => Effect.succeed({ _tag: "generate" }),
  calls: []
})

interface Notice {
  readonly about?: string
  readonly says: unknown
  readonly at?: number
  readonly trust?: "proven" | "hint"
  readonly reference?: string
  readonly n?: number
}

/** A notice as the fake provider would send it. */
export const notice = (body: Notice): { readonly method: "POST"; readonly body: string } => ({
  method: "POST",
  body: JSON.stringify({ ...body, signature: "word" })
})

const decodeJson = (bytes: Uint8Array): Record<string, unknown> | undefined => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes), (key, value: unknown) =>
      key === "minorUnits" && typeof value === "string" ? BigInt(value) : value
    ) as Record<string, unknown>
  } catch {
    return undefined
  }
}

const revive = (says: unknown): Observed["says"] => {
  const claim = says as {
    readonly _tag: string
    readonly amount?: { readonly minorUnits: bigint; readonly currency: string }
  }
  return (
    claim.amount === undefined ? claim : { ...claim, amount: money(claim.amount.minorUnits, claim.amount.currency) }
  ) as Observed["says"]
}

const webhook = (inbound: Inbound) => {
  const body = decodeJson(inbound.body)
  if (body === undefined) {
    return Effect.fail(new WebhookError({ instance: "fake", reason: "payload_invalid", message: "Not JSON." }))
  }
  if (body["signature"] !== "word") {
    return Effect.fail(new WebhookError({ instance: "fake", reason: "signature_invalid", message: "Wrong signature." }))
  }
  const { about, says, at, trust, reference } = body as unknown as Notice
  return Effect.succeed({
    observations: [
      {
        says: revive(says),
        trust: trust ?? "proven",
        ...(at === undefined ? {} : { providerTime: at }),
        ...(reference === undefined ? {} : { providerReference: reference }),
        ...(about === undefined ? {} : { about: { attemptId: about } })
      } as const
    ],
    content: inbound.body,
    acknowledge: { status: 200, body: "OK" },
    tryAgain: { status: 503 }
  })
}

export const fake = (script: Script, overrides: Partial<Manifest> = {}): Fake => ({
  instance: "fake",
  environment: "sandbox",
  manifest: { ...manifest, ...overrides } as FakeManifest,
  options: Schema.Struct({ note: Schema.optionalKey(Schema.String) }),
  make: Effect.succeed({
    create: (input) =>
      Effect.suspend(() => {
        script.calls.push({ verb: "create", attemptId: input.attemptId, input })
        return script.create(input)
      }),
    status: (attempt) =>
      Effect.suspend(() => {
        script.calls.push({ verb: "status", attemptId: attempt.attemptId })
        return script.status(attempt)
      }),
    receipt: () => script.receipt(),
    webhook,
    check: () => Effect.succeed([{ name: "fake", isOk: true, message: "ok" }])
  })
})
