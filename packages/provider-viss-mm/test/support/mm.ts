import { readFile } from "node:fs/promises"

import {
  type Adapter,
  type AttemptRecord,
  AmountLine,
  type CreateInput,
  type Extras,
  type HttpTransport,
  money,
  type Observed,
  type Payer,
  type PaymentError,
  type PaymentErrorReason,
  TariffLine,
  type Verbs
} from "@maksa/core"
import { layer } from "@maksa/core/undici"
import { startSandbox, type ClientName, type FaultRule, type Sandbox } from "@maksa/sandbox"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { assert } from "vitest"

import {
  type CommonConfig,
  type manifest,
  type PaymentApiManifest,
  type PortalManifest,
  type PortalMode,
  vissMm,
  type VissMmConfig,
  type VissMmPaymentApiConfig,
  type VissMmPortalConfig,
  type VissMmPaymentOptions
} from "../../src/index.ts"
import { portalServices } from "./portal.ts"

export type MmAdapter = Adapter<typeof manifest, VissMmPaymentOptions>
export type MmPortalAdapter = Adapter<PortalManifest, VissMmPaymentOptions>
export type MmApiAdapter = Adapter<PaymentApiManifest, VissMmPaymentOptions>
/** What every service's adapter has. */
export type MmVerbs = Verbs<VissMmPaymentOptions> & Pick<Extras, "check">

/** The ways to reach MM that must behave alike, with their names for what faults are planned on. */
export const services = ["x509", "payment-api", "portal"] as const
export type ServiceName = (typeof services)[number]
export const statusOperationOf: Readonly<Record<ServiceName, string>> = {
  x509: "CheckPaymentRequestStatusWpt",
  "payment-api": "PaymentApi/CheckPaymentRequestStatusWpt",
  portal: "GetPaymentRequestStatus"
}

/** A sandbox with the files that a client needs, and adapters that are closed with it. */
export interface Mm {
  readonly sandbox: Sandbox
  readonly ca: string
  readonly pem: (client: ClientName) => Promise<{ readonly pem: string; readonly passphrase: string }>
  readonly pfx: (
    client: ClientName,
    kind?: "pfx" | "legacyPfx"
  ) => Promise<{ readonly pfx: Uint8Array; readonly passphrase: string }>
  readonly config: (change?: Partial<VissMmConfig>) => Promise<VissMmConfig>
  readonly adapter: (change?: Partial<VissMmConfig>) => Promise<MmAdapter>
  /** Without MM's own documents. */
  readonly apiConfig: (change?: Partial<VissMmPaymentApiConfig>) => Promise<VissMmPaymentApiConfig>
  /** MM's own documents for PaymentApi. */
  readonly documents: (client?: ClientName) => Promise<NonNullable<VissMmPaymentApiConfig["documents"]>>
  /** With MM's own documents. */
  readonly api: (change?: Partial<VissMmPaymentApiConfig>) => Promise<MmApiAdapter>
  readonly portalConfig: (mode: PortalMode, change?: Partial<VissMmPortalConfig>) => Promise<VissMmPortalConfig>
  readonly portal: (mode: PortalMode, change?: Partial<VissMmPortalConfig>) => Promise<MmPortalAdapter>
  /** The adapter of a service as that client. */
  readonly by: (service: ServiceName, client?: ClientName, change?: Partial<CommonConfig>) => Promise<MmVerbs>
  readonly control: (method: string, path: string, body?: unknown) => Promise<unknown>
  readonly fault: (rule: Omit<FaultRule, "id" | "phase"> & { readonly phase?: FaultRule["phase"] }) => void
  readonly close: () => Promise<void>
}

/** Answers with what `make` gives, or rejects with its PaymentError. */
export const opened = async <A>(
  provider: { readonly make: Effect.Effect<A, PaymentError, HttpTransport | Scope.Scope> },
  scope: Scope.Scope
): Promise<A> => Effect.runPromise(provider.make.pipe(Scope.provide(scope), Effect.provide(layer)))

export const startMm = async (): Promise<Mm> => {
  const sandbox = await startSandbox()
  const { ca: caFile, clients } = sandbox.ready.pki
  const ca = await readFile(caFile, "utf8")
  const scope = Effect.runSync(Scope.make())
  const pem: Mm["pem"] = async (client) => ({
    pem: await readFile(clients[client].pem, "utf8"),
    passphrase: clients[client].passphrase
  })
  const config: Mm["config"] = async (change = {}) => ({
    environment: "sandbox",
    credentials: await pem("a"),
    endpoints: {
      paymentRequestService: sandbox.ready.vissMm.wsdl,
      invoices: sandbox.ready.vissMm.invoices
    },
    ca,
    ...change
  })
  const documents: Mm["documents"] = async (client = "a") => ({
    credentials: await pem(client),
    invoices: sandbox.ready.vissMm.invoices
  })
  const apiConfig: Mm["apiConfig"] = async (change = {}) => ({
    service: "payment-api",
    environment: "sandbox",
    credentials: { certificate: (await pem("a")).pem },
    endpoints: { paymentApi: sandbox.ready.vissMm.paymentApi },
    ca,
    ...change
  })
  const portalConfig: Mm["portalConfig"] = async (mode, change = {}) => ({
    service: "portal",
    mode,
    environment: "sandbox",
    credentials: await pem("a"),
    ...portalServices(sandbox),
    ca,
    ...change
  })
  const portal: Mm["portal"] = async (mode, change) => opened(vissMm(await portalConfig(mode, change)), scope)
  const adapter: Mm["adapter"] = async (change) => opened(vissMm(await config(change)), scope)
  const api: Mm["api"] = async (change) =>
    opened(vissMm(await apiConfig({ documents: await documents(), ...change })), scope)
  return {
    sandbox,
    ca,
    pem,
    pfx: async (client, kind = "pfx") => ({
      pfx: await readFile(clients[client][kind]),
      passphrase: clients[client].passphrase
    }),
    config,
    adapter,
    apiConfig,
    documents,
    api,
    portalConfig,
    portal,
    by: async (service, client = "a", change = {}) => {
      const common = { ...change, credentials: await pem(client) }
      if (service === "x509") return adapter(common)
      if (service === "portal") return portal("sync", common)
      return api({
        ...change,
        credentials: { certificate: (await pem(client)).pem },
        documents: await documents(client)
      })
    },
    control: async (method, path, body) => {
      const response = await fetch(`${sandbox.ready.control}${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } })
      })
      const answer: unknown = await response.json()
      assert.isBelow(response.status, 300, JSON.stringify(answer))
      return answer
    },
    fault: (rule) => void sandbox.faults.add(rule),
    close: async () => {
      await Effect.runPromise(Scope.close(scope, Exit.void))
      await sandbox.close()
    }
  }
}

const hour = 3_600_000

/** An attempt as core describes it, for a day from now. */
export const attempt = (change: Partial<AttemptRecord> = {}): AttemptRecord => ({
  paymentId: "pay_00000000000000000000000000",
  attemptId: "att_00000000000000000000000000",
  instance: "viss-mm",
  merchantReference: "LIETA-1",
  lines: [new AmountLine({ amount: money(1212n, "EUR"), position: "54" })],
  createdAt: Date.now(),
  deadline: Date.now() + 24 * hour,
  now: Date.now(),
  ...change
})

/** What `create` gets for an ordinary fee; every personal value is an invented mark that no log may show. */
export const personal = {
  firstName: "Zane-KANARIJS",
  lastName: "Liepiņa-KANARIJS",
  code: "010190-19191",
  email: "kanarijs@privats.example",
  phone: "+371 29191919",
  address: "Kanārijputnu iela 19, Rīga"
} as const

/** A payer as core gives it to adapters. */
export const redacted = (plain: Readonly<Partial<Record<keyof typeof personal | "companyName", string>>>): Payer =>
  Object.fromEntries(Object.entries(plain).map(([name, value]) => [name, Redacted.make(value)]))

export const createInput = (
  change: Partial<CreateInput<VissMmPaymentOptions>> = {}
): CreateInput<VissMmPaymentOptions> => ({
  ...attempt(),
  purpose: "Nodeva LIETA-1",
  payer: redacted(personal),
  language: "lv",
  options: { serviceStep: "02Y70" },
  urls: {
    return: "https://iestade.example/return/viss-mm/maksataja-zime",
    webhook: "https://iestade.example/webhooks/viss-mm/servera-zime",
    next: "https://iestade.example/next/maksataja-zime"
  },
  ...change
})

export const tariff = (position: string, quantity: string): TariffLine => new TariffLine({ position, quantity })

export const run = <A, E>(effect: Effect.Effect<A, E, Scope.Scope>): Promise<A> =>
  Effect.runPromise(Effect.scoped(effect))

/** An adapter's document, with what it streams read to its end; rejects with what the call or the stream ends with. */
export const documentOf = (
  receipt: ReturnType<MmVerbs["receipt"]>
): Promise<{ readonly mediaType: string; readonly bytes: Buffer; readonly observations: ReadonlyArray<Observed> }> =>
  run(
    Effect.flatMap(receipt, (given) => {
      if (given._tag === "generate") assert.fail("no document")
      const { bytes, mediaType, observations } = given
      const body = bytes instanceof Uint8Array ? new Uint8Array(bytes) : bytes
      return Effect.map(
        Effect.tryPromise(() => new Response(body).arrayBuffer()),
        (all) => ({ mediaType, observations, bytes: Buffer.from(all) })
      )
    })
  )

/** The error that an effect ends with; anything else fails the test. */
export const errorOf = async <A>(
  effect: Effect.Effect<A, PaymentError, HttpTransport | Scope.Scope>
): Promise<PaymentError> =>
  Effect.runPromise(effect.pipe(Effect.scoped, Effect.provide(layer), Effect.flip, Effect.orDie))

export const reasonOf = async <A>(effect: Effect.Effect<A, PaymentError, Scope.Scope>): Promise<PaymentErrorReason> =>
  (await errorOf(effect)).reason

/** Creates a payment request; answers its id and the payer's link. */
export const created = async (
  adapter: MmVerbs,
  change: Partial<CreateInput<VissMmPaymentOptions>> = {}
): Promise<{ readonly id: string; readonly url: string }> => {
  const [observed, ...others] = await run(adapter.create(createInput(change)))
  assert.lengthOf(others, 0)
  if (observed?.says._tag !== "action_needed" || observed.says.action._tag !== "redirect") assert.fail("no redirect")
  assert.strictEqual(observed.trust, "proven")
  return { id: observed.providerReference ?? assert.fail("no reference"), url: observed.says.action.url }
}

/** A member deep inside an unknown value; `undefined` when the way there does not exist. */
export const at = (value: unknown, ...path: ReadonlyArray<string | number>): unknown => {
  let found = value
  for (const key of path) found = typeof found === "object" && found !== null ? Reflect.get(found, key) : undefined
  return found
}
