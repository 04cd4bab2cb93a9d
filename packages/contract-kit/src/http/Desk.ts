import { createHash } from "node:crypto"
import {
  createPayments,
  HttpTransport,
  type Inbound,
  type Manifest,
  NotFound,
  PaymentError,
  type Provider,
  type Store,
  WebhookError
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schema from "effect/Schema"
import { makeMemoryStore } from "../memory/memoryStore.ts"
import type { ServedPayments } from "./HttpBinding.ts"

export interface DeskOptions {
  /** Default `https://agency.example/payments`. */
  readonly publicBaseUrl?: string
  readonly basePath?: string
  readonly maxBodyBytes?: number
}

/** A real client of core on a memory store, with one provider whose notices are signed by their own SHA-256. */
export interface Desk extends AsyncDisposable {
  readonly payments: ServedPayments
  /** What reached the provider's adapter, in order. */
  readonly inbound: ReadonlyArray<Inbound>
  /** Observations that are committed. */
  stored(): Promise<number>
  /** While `true`, the store refuses every unit, as on a full disk. */
  refuse(isRefusing: boolean): void
}

/** The signature that the desk's provider asks for, as a header. */
export const signatureOf = (body: Uint8Array | string): readonly [string, string] => [
  "x-signature",
  createHash("sha256").update(body).digest("hex")
]

/** What the desk's provider wants to hear, every octet of it. */
export const acknowledgement = {
  status: 202,
  headers: { "content-type": "application/x-ack; charset=windows-1257", "x-provider-answer": 'kept; q="1, 2"' },
  body: '<ack>\r\n  saņemts\n</ack>"\u0001'
} as const

const manifest = {
  id: "x",
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
  receipt: { origin: "generated", formats: [] },
  pricing: { amount: true, tariff: false },
  deadline: "kept",
  amountEvidence: "none",
  webhook: "signed",
  firstContact: "call",
  outcomes: [],
  actions: [],
  languages: [],
  repeatCreate: "never",
  absenceProvesAfter: { notSubmittedSeconds: false, lapsedSeconds: false },
  softSeconds: { paid: 0, declined: 0, expired: 0, canceled: 0, reversed: 0 },
  query: { earliestSeconds: 0, schedule: [{ untilSeconds: 60, everySeconds: 60 }] },
  limits: {
    currencies: ["EUR"],
    minMinorUnits: 1n,
    maxMinorUnits: 1n,
    maxLines: 1,
    maxPurposeLength: 1,
    maxDeadlineSeconds: 1
  }
} as const satisfies Manifest

const unasked = new PaymentError({
  operation: "status",
  reason: new NotFound({ message: "Nothing was ever created." })
})

const providerOf = (inbound: Array<Inbound>): Provider<typeof manifest, object> => ({
  instance: "x",
  environment: "sandbox",
  manifest,
  options: Schema.Struct({}),
  make: Effect.succeed({
    create: () => Effect.fail(unasked),
    status: () => Effect.fail(unasked),
    receipt: () => Effect.fail(unasked),
    webhook: (message) => {
      inbound.push(message)
      const [name, signature] = signatureOf(message.body)
      return message.method === "POST" && message.headers[name] !== signature
        ? Effect.fail(
            new WebhookError({
              instance: "x",
              reason: "signature_invalid",
              message: "The signature is not of this body."
            })
          )
        : Effect.succeed({
            observations: [
              { says: { _tag: "working" }, trust: "proven", about: { providerReference: signature } } as const
            ],
            content: message.body,
            acknowledge: acknowledgement,
            tryAgain: { status: 503, headers: { "retry-after": "7" }, body: "later" }
          })
    }
  })
})

const noTransport = Layer.succeed(HttpTransport, { connect: () => Effect.die(new Error("this desk calls nobody")) })

export const openDesk = async (options: DeskOptions): Promise<Desk> => {
  const memory = makeMemoryStore()
  const inbound: Array<Inbound> = []
  let isRefusing = false
  const store: Store = {
    ...memory.store,
    transact: (unit) => (isRefusing ? Promise.reject(new Error("The disk is full.")) : memory.store.transact(unit))
  }
  const payments = await createPayments({
    publicBaseUrl: "https://agency.example/payments",
    ...options,
    store,
    providers: [providerOf(inbound)],
    fulfilment: { policy: "eager" },
    transport: noTransport,
    worker: false
  })
  return {
    payments,
    inbound,
    stored: async () =>
      (await memory.store.transact((tx) => tx.countParked())) +
      (await memory.store.transact((tx) => tx.unfoldedObservations(10_000))).length,
    refuse: (is) => void (isRefusing = is),
    [Symbol.asyncDispose]: async () => {
      await payments.close()
      await memory.dispose()
    }
  }
}
