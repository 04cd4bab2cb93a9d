// The engine of one world: started, ended and started again on the same store.
import { type AnyProvider, createPayments, type PaymentEvent } from "@maksa/core"
import type { Telemetry } from "./Telemetry.ts"
import type { Wire } from "./Wire.ts"
import type { Client, EngineChanges } from "./World.ts"
import type { WorldStore } from "./WorldStore.ts"

export interface EngineSettings {
  readonly provider: AnyProvider
  readonly store: WorldStore
  readonly publicBaseUrl: string
  readonly now: () => number
  readonly telemetry: Telemetry
  readonly wire: Wire
  readonly onEvent: (event: PaymentEvent) => void
}

/** The same client; what its calls fail with is kept as a program might print it. */
const listenedTo = (client: Client, telemetry: Telemetry): Client => {
  const own: Record<PropertyKey, unknown> = { ...client }
  for (const [name, verb] of Object.entries(client)) {
    if (typeof verb !== "function" || name === "close" || name === "handler") continue
    own[name] = async (...args: ReadonlyArray<never>) => {
      try {
        return await (verb as (...args: ReadonlyArray<never>) => unknown)(...args) // verbs answer promises, whatever they take
      } catch (cause) {
        telemetry.error(cause)
        throw cause
      }
    }
  }
  return own as unknown as Client // the same members, wrapped one by one
}

export const startEngine = async (settings: EngineSettings, changes: EngineChanges = {}): Promise<Client> => {
  const { provider, store, publicBaseUrl, now, telemetry, wire, onEvent } = settings
  try {
    const client = await createPayments({
      store: store.store,
      providers: [provider],
      publicBaseUrl,
      fulfilment: { policy: "eager" },
      worker: false,
      clock: { now },
      telemetry: telemetry.layer,
      transport: wire.layer,
      onEvent,
      ...changes
    })
    return listenedTo(client, telemetry)
  } catch (cause) {
    telemetry.error(cause)
    throw cause
  }
}
