import { type AttemptRecord, money, type Payment, type PaymentEvent, PriceLine } from "@maksa/core"
import * as Schema from "effect/Schema"
import type { OrderScenario, ProviderContract } from "./ProviderContract.ts"
import { openReceiver } from "./Receiver.ts"
import type { AttemptAtProvider, SandboxDriver } from "./SandboxDriver.ts"
import { makeTelemetry } from "./Telemetry.ts"
import { makeWire } from "./Wire.ts"
import type { Client, EngineChanges, OrderChanges, World } from "./World.ts"
import { makeWorldAdapter } from "./WorldAdapter.ts"
import { startEngine } from "./WorldEngine.ts"
import { makeWorldStore, type WorldStore } from "./WorldStore.ts"

const basePath = "/maksa"
// Made anew by whoever sends.
const ofTheConnection: ReadonlySet<string> = new Set(["host", "connection", "content-length", "transfer-encoding"])
const decodeLines = Schema.decodeUnknownSync(Schema.fromJsonString(Schema.toCodecJson(Schema.Array(PriceLine))))

const recordOf = ({ state }: WorldStore, paymentId: string, now: number): AttemptRecord => {
  const payment = state.payments.get(paymentId)
  const attempt = [...state.attempts.values()].filter((row) => row.paymentId === paymentId).at(-1)
  if (payment === undefined || attempt === undefined) throw new Error("no such payment in this world")
  const { askedMinor, currency } = payment
  return {
    paymentId,
    attemptId: attempt.id,
    instance: attempt.instance,
    merchantReference: payment.merchantReference,
    ...(attempt.providerReference === undefined ? {} : { providerReference: attempt.providerReference }),
    ...(askedMinor === undefined || currency === undefined ? {} : { total: money(askedMinor, currency) }),
    lines: decodeLines(payment.lines),
    createdAt: attempt.createdAt,
    ...(attempt.submittedAt === undefined ? {} : { submittedAt: attempt.submittedAt }),
    deadline: attempt.deadline,
    now
  }
}

/** What `create` takes for an order; `number` keeps references and keys apart. */
const requestOf = (instance: string, origin: string, order: OrderScenario, changes: OrderChanges, number: number) => {
  const { amount: _amount, ...unpriced } = order
  const {
    name: _name,
    firstContact: _firstContact,
    actions: _actions,
    answers: _answers,
    ...fields
  } = { ...(changes.lines === undefined ? order : unpriced), ...changes }
  return {
    idempotencyKey: `key-${number}`,
    merchantReference: `CASE-${number}`,
    ...fields,
    provider: instance,
    returnUrl: `${origin}/back`
  }
}

const atOf = (payment: Payment): AttemptAtProvider => {
  const { id, providerReference, nextAction } = payment.current
  return {
    attemptId: id,
    merchantReference: payment.merchantReference,
    ...(providerReference === undefined ? {} : { providerReference }),
    ...(nextAction === undefined ? {} : { nextAction })
  }
}

export interface WorldOptions {
  /** Default: the contract's usual order. */
  readonly order?: OrderScenario
  readonly engine?: EngineChanges
}

/** Resets the simulator and builds a world around it. The driver stays open when the world ends. */
export const openWorld = async (
  contract: ProviderContract,
  driver: SandboxDriver,
  { order = contract.scenarios.orders[0], engine = {} }: WorldOptions = {}
): Promise<World> => {
  await driver.reset()
  const provider = contract.make(driver)
  const store = makeWorldStore()
  const telemetry = makeTelemetry()
  // Only now: undici doubles the start-up time of a program that imports this package.
  const wire = makeWire((await import("@maksa/core/undici")).layer)
  const events: Array<PaymentEvent> = []
  let client: Client | undefined
  const now = () => driver.now()
  const receiver = await openReceiver(() => async (request) => {
    await driver.sync?.()
    return client?.handler(request) ?? new Response(null, { status: 503 })
  })
  const settings = {
    provider,
    store,
    publicBaseUrl: receiver.origin + basePath,
    now,
    telemetry,
    wire,
    onEvent: (event: PaymentEvent) => {
      events.push(event)
    }
  }
  const adapter = await makeWorldAdapter(provider, now, telemetry, wire.layer)
  const dispose = async () => {
    store.refuse(false)
    await client?.close()
    await adapter[Symbol.asyncDispose]()
    await receiver[Symbol.asyncDispose]()
  }
  try {
    client = await startEngine(settings, engine)
  } catch (cause) {
    await dispose()
    throw cause
  }
  let running = client
  let orders = 0

  // As the worker would; a store that refuses stops it as it stops everything.
  const settle = async () => {
    if (!store.isRefusing) await running.runDue()
  }
  const advance = async (millis: number) => {
    const end = now() + millis
    await settle()
    while (now() < end) {
      const due = store.isRefusing ? undefined : store.nextDue()
      // At least a second: what is due over and over must not stop the clock.
      const until = due === undefined ? end : Math.min(end, Math.max(due, now() + 1000))
      const before = now()
      await driver.advance(Math.max(1, until - before))
      if (now() <= before) throw new Error("the driver's clock does not move")
      await settle()
    }
  }
  const get = (payment: Pick<Payment, "id">): Promise<Payment> => running.get(payment.id)
  return {
    contract,
    order,
    driver,
    provider,
    manifest: provider.manifest,
    get payments() {
      return running
    },
    adapter: () => adapter.open(),
    run: (effect) => adapter.run(effect),
    record: (payment) => recordOf(store, payment.id, now()),
    store,
    wire,
    arrivals: receiver.urls,
    events,
    now,
    create: async (changes = {}) => {
      orders++
      // The provider's own schema decides what its options are; the kit does not know them.
      return running.create(requestOf(provider.instance, receiver.origin, order, changes, orders) as never)
    },
    attempt: async (payment, changes = {}) => {
      orders++
      const {
        amount: _a,
        lines: _l,
        purpose: _p,
        merchantReference: _m,
        ...rest
      } = requestOf(provider.instance, receiver.origin, order, changes, orders)
      return running.attempt({ ...rest, paymentId: payment.id } as never) // see create
    },
    visit: async (url) => {
      const response = await fetch(url, { redirect: "manual" })
      await response.arrayBuffer()
      const location = response.headers.get("location")
      return { status: response.status, ...(location === null ? {} : { location }) }
    },
    refusal: async (command) => {
      try {
        await command()
      } catch (cause) {
        if (cause instanceof Error) return cause
        throw new Error("something else than an Error was thrown", { cause })
      }
      throw new Error("the call should have been refused, and was not")
    },
    at: atOf,
    get,
    act: async (payment, act) => {
      const page = await driver.act(atOf(await get(payment)), act)
      telemetry.note(page.url)
      return page
    },
    turn: async (payment, turn) => driver.turn(atOf(await get(payment)), turn),
    truth: async (payment) => driver.truth(atOf(await get(payment))),
    advance,
    leap: async (millis) => {
      await driver.advance(millis)
      await settle()
    },
    quiet: () => advance(60_000),
    webhookUrl: `${settings.publicBaseUrl}/webhooks/${provider.instance}`,
    deliver: async ({ method, url, headers, body }) => {
      const hasBody = method === "POST"
      const response = await fetch(url, {
        method,
        headers: Object.entries(headers).filter(([name]) => !ofTheConnection.has(name.toLowerCase())),
        redirect: "manual",
        ...(hasBody ? { body: new Uint8Array(body) } : {})
      })
      await response.arrayBuffer()
      return response.status
    },
    restart: async (changes = engine) => {
      await running.close()
      client = undefined
      running = await startEngine(settings, changes)
      client = running
    },
    output: () => [telemetry.text(), ...events.map((event) => JSON.stringify(event)), ...receiver.urls].join("\n"),
    [Symbol.asyncDispose]: dispose
  }
}
