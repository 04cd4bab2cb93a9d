// The composition root: everything is made here, once, and closed in the opposite order.
import { createServer, type RequestListener } from "node:http"
import { type PaymentEvent, PaymentError } from "@maksa/core"
import { sqliteStore, StoreOpenError } from "@maksa/store-sql"
import { openDataFolder } from "./data/dataFolder.ts"
import { openOrderBook, type OrderBook } from "./data/OrderBook.ts"
import { claimRun } from "./data/singleRun.ts"
import { keepClockOffset, readClockOffset } from "./data/turnedClock.ts"
import { createCheckout } from "./fees/Checkout.ts"
import { createPayerMemory } from "./fees/PayerMemory.ts"
import { listen, stopListening } from "./listen.ts"
import { openPayments } from "./openPayments.ts"
import { type Settings, StartProblem } from "./settings.ts"
import { type Providers, startProviders } from "./startProviders.ts"
import { createUndoList } from "./UndoList.ts"
import { createApp } from "./web/createApp.ts"
import { createFormTickets } from "./web/formTickets.ts"
import { createSigner } from "./web/signing.ts"
import { createVisitors } from "./web/visitor.ts"
import { addressAt, isWildcard } from "./welcome.ts"

export interface RunningSample {
  /** `http://127.0.0.1:3000`. */
  readonly address: string
  readonly port: number
  readonly providers: Providers
  close(): Promise<void>
}

/** Core tells each change at least once; the order book knows which events it has seen. */
const onEvent =
  (orders: OrderBook) =>
  async (event: PaymentEvent): Promise<void> => {
    if (event.type !== "payment.fulfil" && event.type !== "payment.fulfilment_withdrawn") return
    await orders.tell({
      eventId: event.id,
      reference: event.merchantReference,
      at: Date.parse(event.createdAt),
      goAhead: event.type === "payment.fulfil"
    })
  }

// Nobody can open a wildcard address: whoever is on this machine uses loopback, as the payment pages do.
const addressOf = (host: string, port: number): string => addressAt(isWildcard(host) ? "127.0.0.1" : host, port)

const toProblem = (error: unknown): unknown =>
  error instanceof StoreOpenError || error instanceof PaymentError ? new StartProblem(error.message) : error

const notYet: RequestListener = (_request, response) => {
  response.writeHead(503, { "retry-after": "1" }).end()
}

/** Starts the whole sample. Rejects with `StartProblem` for what the person who starts it can put right. */
export const startSample = async (settings: Settings): Promise<RunningSample> => {
  const undo = createUndoList()
  try {
    const folder = await openDataFolder(settings.dataFolder)
    const run = await claimRun(folder.run)

    // Listening comes first, because payment addresses hold the port; until all is ready the answer is 503.
    let handle = notYet
    const server = createServer((request, response) => handle(request, response))
    const port = await listen(server, settings)
    const stopServer = (): Promise<void> => stopListening(server)
    undo.add(stopServer)
    const address = addressOf(settings.host, port)

    const opened = <A extends { close(): Promise<void> }>(part: A): A => {
      undo.add(() => part.close())
      return part
    }
    const starting = [
      readClockOffset(folder.clock)
        .then((offset) => startProviders(offset, folder.certificates))
        .then(opened),
      sqliteStore({ file: folder.store, secret: folder.key("store") }).then(opened),
      openOrderBook(folder.journal).then(opened)
    ] as const
    // If one of them cannot start, the others must be there before they can be closed.
    await Promise.allSettled(starting)
    const [providers, store, orders] = await Promise.all(starting)
    const now = (): number => providers.clock.now()
    const payments = await openPayments({
      store,
      providers,
      address,
      onEvent: onEvent(orders)
    })
    undo.add(() => payments.close())

    handle = createApp({
      payments,
      orders,
      address,
      now,
      checkout: createCheckout(payments, orders),
      memory: createPayerMemory(),
      visitors: createVisitors(createSigner(folder.key("cookie"))),
      tickets: createFormTickets(createSigner(folder.key("form")), now),
      providersSince: now(),
      turnClock: async (millis) => {
        await keepClockOffset(folder.clock, now() + millis - Date.now())
        await providers.clock.advance(millis)
      },
      runId: run.id,
      payerOrigins: providers.payerOrigins
    })
    await run.announce(address)
    undo.add(() => run.end())
    return {
      address,
      port,
      providers,
      // Nobody new comes in, and who is inside is served, before anything that serves them is closed.
      close: () => stopServer().then(() => undo.run())
    }
  } catch (error) {
    await undo.run()
    throw toProblem(error)
  }
}
