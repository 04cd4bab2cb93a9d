// A toy adapter for the toy simulator, right by default; `spoil` makes it wrong in one way.
import {
  type Manifest,
  money,
  type Observed,
  OutcomeUnknown,
  PaymentError,
  type Provider,
  Redirect,
  type Verbs,
  Unavailable,
  WebhookError
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { defineProviderContract, type ProviderContract } from "../../src/index.ts"
import { CoinSimulator, type CoinStatus, driveCoins, secret, sign } from "./coinSimulator.ts"

export const manifest = {
  id: "coins",
  port: 1,
  extras: {
    resume: false,
    withdraw: false,
    refund: false,
    payout: false,
    list: false,
    banks: false,
    issueInvoice: false,
    check: false
  },
  receipt: { origin: "generated", formats: ["pdf", "xml"] },
  pricing: { amount: true, tariff: false },
  deadline: "kept",
  amountEvidence: "status",
  webhook: "signed",
  firstContact: "call",
  outcomes: ["promised", "received", "refused", "undone"],
  actions: ["redirect"],
  languages: ["lv"],
  repeatCreate: "after_absence",
  absenceProvesAfter: { notSubmittedSeconds: 10, lapsedSeconds: 60 },
  softSeconds: { paid: 86_400, declined: 86_400, expired: 3600, canceled: 3600, reversed: 3600 },
  query: { earliestSeconds: 0, schedule: [{ untilSeconds: 3600, everySeconds: 60 }] },
  limits: {
    currencies: ["EUR"],
    minMinorUnits: 1n,
    maxMinorUnits: 1_000_000n,
    maxLines: 3,
    maxPurposeLength: 100,
    maxDeadlineSeconds: 30 * 86_400
  }
} as const satisfies Manifest

type Coins = Provider<typeof manifest, unknown>

const saysOf = (status: CoinStatus, minor: bigint): Observed["says"] => {
  const amount = money(minor, "EUR")
  if (status === "paid" || status === "late") return { _tag: "received", amount }
  if (status === "undone") return { _tag: "undone", amount }
  if (status === "promised") return { _tag: "promised", amount }
  return status === "refused" ? { _tag: "refused" } : { _tag: "working", actionStands: true }
}

const Message = Schema.fromJsonString(
  Schema.Struct({ id: Schema.String, status: Schema.String, at: Schema.Number, minor: Schema.String })
)
const decode = Schema.decodeUnknownSync(Message)

/** How a spoiled adapter differs; each default is right. */
export interface Spoil {
  readonly believesUnsigned?: boolean
  readonly noticesDiffer?: boolean
  readonly resends?: boolean
  readonly leaks?: "log" | "debug" | "print" | "error"
}

const adapter = (simulator: CoinSimulator, spoil: Spoil): Verbs<unknown> => {
  const lost = (operation: "create" | "status") =>
    new PaymentError({
      operation,
      reason: operation === "create" ? new OutcomeUnknown({ message: "lost" }) : new Unavailable({ message: "lost" })
    })
  const attempt = <A>(operation: "create" | "status", input: string, serve: () => A) =>
    Effect.try({ try: () => simulator.call(operation, input, serve), catch: () => lost(operation) })
  let count = 0
  return {
    create: ({ attemptId, purpose, total, urls }) => {
      const open = () => {
        simulator.open(attemptId, { url: urls.webhook, minor: total?.minorUnits ?? 0n, purpose })
        const action = new Redirect({ url: `https://coins.example/${attemptId}` })
        return [{ says: { _tag: "action_needed", action }, trust: "proven", providerReference: attemptId } as const]
      }
      if (spoil.leaks === "print") console.info(`using ${secret}`)
      if (spoil.leaks === "error") {
        return Effect.fail(new PaymentError({ operation: "create", reason: new Unavailable({ message: secret }) }))
      }
      const sent = attempt("create", attemptId, open)
      if (spoil.leaks === "log") return Effect.andThen(Effect.logInfo(`using ${secret}`), sent)
      if (spoil.leaks === "debug") return Effect.andThen(Effect.logDebug(`using ${secret}`), sent)
      return spoil.resends === true ? Effect.catch(sent, () => sent) : sent
    },
    status: ({ attemptId }) =>
      attempt("status", attemptId, () => {
        const found = simulator.payments.get(attemptId)
        const says = found === undefined ? ({ _tag: "absent" } as const) : saysOf(found.status, found.minor)
        return [{ says, trust: "proven", operation: "pay" } as const]
      }),
    receipt: () => Effect.succeed({ _tag: "generate" }),
    webhook: ({ body, headers }) => {
      const text = new TextDecoder().decode(body)
      if (headers["x-sign"] !== sign(text) && spoil.believesUnsigned !== true) {
        return Effect.fail(new WebhookError({ instance: "coins", reason: "signature_invalid", message: "No." }))
      }
      const { id, status, at, minor } = decode(text)
      count++
      const differing = spoil.noticesDiffer === true ? String(count) : ""
      return Effect.succeed({
        observations: [
          {
            // the simulator sends no other words
            says: saysOf(status as CoinStatus, BigInt(minor)),
            trust: "proven",
            providerTime: at,
            operation: `pay${differing}`,
            about: { attemptId: id }
          } as const
        ],
        content: new TextEncoder().encode(text + differing),
        acknowledge: { status: 200 },
        tryAgain: { status: 503 }
      })
    }
  }
}

export const coinContract = (spoil: Spoil = {}): ProviderContract => {
  const simulator = new CoinSimulator()
  return defineProviderContract({
    name: "coins",
    driver: async () => driveCoins(simulator),
    make: (): Coins => ({
      instance: "coins",
      environment: "sandbox",
      manifest,
      options: Schema.Unknown,
      // the toy declares no extras, so the four verbs are all of it
      make: Effect.succeed(adapter(simulator, spoil) as never)
    }),
    scenarios: {
      orders: [
        {
          name: "by page",
          firstContact: "call",
          amount: { minorUnits: 1250n, currency: "EUR" },
          options: {},
          actions: ["redirect"]
        }
      ],
      personal: (payer) => ({
        name: "with everything",
        firstContact: "call",
        amount: { minorUnits: 1250n, currency: "EUR" },
        payer,
        options: {},
        actions: ["redirect"]
      })
    },
    secrets: () => [secret]
  })
}
