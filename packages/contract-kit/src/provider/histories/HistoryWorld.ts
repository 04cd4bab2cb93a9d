// The world of histories: one simulator, one open adapter and one HTTP server for thousands of them, and for each history a
// simulator reset to its start and an engine on an empty store.
import { type AnyProvider, createPayments, type Manifest, type PaymentEvent } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import { createHash } from "node:crypto"
import type { ProviderContract } from "../ProviderContract.ts"
import { openReceiver } from "../Receiver.ts"
import type { Notice, SandboxDriver } from "../SandboxDriver.ts"
import { makeTelemetry } from "../Telemetry.ts"
import type { Client } from "../World.ts"
import { makeWorldAdapter } from "../WorldAdapter.ts"
import { makeWorldStore, type WorldStore } from "../WorldStore.ts"

export interface HistoryWorld {
  readonly contract: ProviderContract
  readonly driver: SandboxDriver
  readonly manifest: Manifest
  readonly instance: string
  readonly returnUrl: string
  readonly payments: Client
  readonly store: WorldStore
  /** Events that the application heard, in order, repetitions included. */
  readonly events: ReadonlyArray<PaymentEvent>
  /** Ends the engine and starts another on the same store. */
  restart(): Promise<void>
  /** The engine goes no further than its next durable step of this number, counted from one; 0: it goes on. */
  killAt(step: number): void
  /** It has come to that step. */
  readonly isKilled: boolean
  /** Sets our clock ahead of the provider's, or behind it. */
  skew(seconds: number): void
  /** Our clock, epoch milliseconds. */
  now(): number
  /** Brings a message to our address; answers the HTTP status. */
  deliver(notice: Notice): Promise<number>
  /** Opens an address of ours as the payer's browser would; other addresses are not followed. */
  visit(url: string): Promise<void>
  close(): Promise<void>
}

export interface HistoryWorlds extends AsyncDisposable {
  readonly driver: SandboxDriver
  readonly manifest: Manifest
  next(): Promise<HistoryWorld>
}

// Made anew by whoever sends.
const ofTheConnection: ReadonlySet<string> = new Set(["host", "connection", "content-length", "transfer-encoding"])

/** The same ids in every history, so that a replay is the same to the byte. */
const makeEntropy = (): ((size: number) => Uint8Array) => {
  let count = 0
  return (size) => {
    count++
    return createHash("sha512").update(`entropy ${count}`).digest().subarray(0, size)
  }
}

const toRequest = ({ method, url, headers, body }: Notice): Request =>
  new Request(url, {
    method,
    headers: Object.entries(headers).filter(([name]) => !ofTheConnection.has(name.toLowerCase())),
    ...(method === "POST" ? { body: new Uint8Array(body) } : {})
  })

const quiet = Layer.mergeAll(Logger.layer([]))

/** @param engineOf stands between histories and the engine. */
export const openHistoryWorlds = async (
  contract: ProviderContract,
  engineOf: (engine: Client) => Client = (engine) => engine
): Promise<HistoryWorlds> => {
  const driver = await contract.driver()
  const provider = contract.make(driver)
  let current: Client | undefined
  const receiver = await openReceiver(() => async (request) => {
    await driver.sync?.()
    return current?.handler(request) ?? new Response(null, { status: 503 })
  })
  const opener = await makeWorldAdapter(provider, () => driver.now(), makeTelemetry())
  const adapter = await opener.open()
  // An adapter is stateless, so that one serves every engine; opening it is what costs.
  const opened: AnyProvider = { ...provider, make: Effect.succeed(adapter) }
  const publicBaseUrl = `${receiver.origin}/maksa`

  const next = async (): Promise<HistoryWorld> => {
    await driver.reset()
    const store = makeWorldStore()
    const events: Array<PaymentEvent> = []
    const entropy = makeEntropy()
    let aheadMillis = 0
    let stepsToLive = 0
    let isKilled = false
    const onDurableStep = (): void => {
      if (stepsToLive > 0 && --stepsToLive === 0) isKilled = true
      if (isKilled) throw new Error("the program was killed")
    }
    const now = () => driver.now() + aheadMillis
    const start = async (): Promise<Client> => {
      const engine = await createPayments({
        store: store.store,
        providers: [opened],
        publicBaseUrl,
        fulfilment: { policy: "eager" },
        worker: false,
        clock: { now },
        telemetry: quiet,
        entropy,
        onDurableStep,
        onEvent: (event) => {
          events.push(event)
        }
      })
      const client = engineOf(engine)
      current = client
      return client
    }
    let payments = await start()
    return {
      contract,
      driver,
      manifest: provider.manifest,
      instance: provider.instance,
      returnUrl: `${receiver.origin}/back`,
      get payments() {
        return payments
      },
      store,
      events,
      restart: async () => {
        await payments.close()
        isKilled = false
        stepsToLive = 0
        payments = await start()
      },
      killAt: (step) => {
        stepsToLive = step
      },
      get isKilled() {
        return isKilled
      },
      skew: (seconds) => {
        aheadMillis = seconds * 1000
      },
      now,
      deliver: async (notice) => (await payments.handler(toRequest(notice))).status,
      visit: async (url) => {
        if (url.startsWith(publicBaseUrl)) await payments.handler(new Request(url))
      },
      close: async () => {
        current = undefined
        await payments.close()
      }
    }
  }
  return {
    driver,
    manifest: provider.manifest,
    next,
    [Symbol.asyncDispose]: async () => {
      await opener[Symbol.asyncDispose]()
      await receiver[Symbol.asyncDispose]()
      await driver[Symbol.asyncDispose]()
    }
  }
}
