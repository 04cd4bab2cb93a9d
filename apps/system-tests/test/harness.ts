import {
  type AnyProvider,
  createPayments,
  type CreatePaymentsOptions,
  type PaymentEvent,
  type PaymentsClient,
  type Store
} from "@maksa/core"
import { sqliteStore } from "@maksa/store-sql"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fake, type Fake, type Script, script } from "./fakeProvider.ts"

export const secret = "0123456789abcdef0123456789abcdef-test"
export const base = "https://agency.example/maksa"

export interface Harness extends AsyncDisposable {
  readonly payments: PaymentsClient<Fake>
  readonly script: Script
  readonly store: Store
  readonly events: Array<PaymentEvent>
  readonly directory: string
  /** Epoch milliseconds; a test moves it. */
  clock: { value: number }
  /** A request to the handler, at a path under the base URL. */
  send(path: string, init?: RequestInit): Promise<Response>
}

export const temporaryDirectory = (): string => mkdtempSync(join(tmpdir(), "maksa-"))

type Extra = Partial<CreatePaymentsOptions<ReadonlyArray<AnyProvider>>>

export const harness = async (
  options: Extra & { readonly provider?: (script: Script) => Fake; readonly wrap?: (store: Store) => Store } = {}
): Promise<Harness> => {
  const { provider = fake, wrap = (store) => store, ...rest } = options
  const directory = temporaryDirectory()
  const store = wrap(await sqliteStore({ file: join(directory, "maksa.sqlite"), secret }))
  const clock = { value: Date.parse("2026-11-22T10:00:00Z") }
  const events: Array<PaymentEvent> = []
  const scripted = script()
  const payments = await createPayments({
    store,
    providers: [provider(scripted)],
    publicBaseUrl: base,
    fulfilment: { policy: "eager" },
    worker: false,
    clock: { now: () => clock.value },
    onEvent: (event) => {
      events.push(event)
    },
    ...rest
  } as CreatePaymentsOptions<[Fake]>)
  return {
    payments,
    script: scripted,
    store,
    events,
    directory,
    clock,
    send: (path, init) => payments.handler(new Request(`${base}${path}`, init)),
    [Symbol.asyncDispose]: async () => {
      await payments.close()
      await store.close()
      rmSync(directory, { recursive: true, force: true })
    }
  }
}

let keys = 0
export const order = (more: Record<string, unknown> = {}) => ({
  idempotencyKey: `key-${keys++}`,
  provider: "fake" as const,
  merchantReference: "CASE-1",
  amount: { minorUnits: 1200n, currency: "EUR" },
  returnUrl: "https://agency.example/orders/1",
  options: {},
  ...more
})

export const minutes = (count: number): number => count * 60_000
export const days = (count: number): number => count * 86_400_000
