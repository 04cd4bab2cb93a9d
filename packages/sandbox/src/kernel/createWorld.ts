import express, { type Express } from "express"
import * as http from "node:http"
import type { Server, Socket } from "node:net"
import type { BankDesk } from "./BankDesk.ts"
import { createCallLog } from "./Calls.ts"
import { createClock, type Clock } from "./Clock.ts"
import { createFaults } from "./Faults.ts"
import { createWithFaults } from "./HttpFaults.ts"
import { mask } from "./mask.ts"
import { createNotifications, type Notifications } from "./Notifications.ts"
import { createRandom } from "./Random.ts"
import type { World } from "./World.ts"

export interface WorldOptions {
  readonly host: string
  readonly portBase: number
  readonly seed: number
  readonly start?: number
  readonly isFrozen?: boolean
  readonly log: (line: string) => void
}

export interface OwnedWorld {
  readonly world: World
  /** The simulators have started: a reset comes back to the identifiers that follow now. */
  readonly started: () => void
  /** Back to the start state with the same seed. */
  readonly reset: () => void
  readonly close: () => Promise<void>
}

const openServer = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once("error", reject)
    server.listen({ host, port }, () => {
      server.off("error", reject)
      const address = server.address()
      if (address === null || typeof address === "string") reject(new Error("not a TCP address"))
      else resolve(address.port)
    })
  })

const closeServer = (server: Server, sockets: ReadonlySet<Socket>): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    for (const socket of sockets) socket.destroy()
  })

const noBank: BankDesk = {
  open: () => {
    throw new Error("no bank is running")
  },
  decide: () => Promise.reject(new Error("no bank is running"))
}

const pagesApp = (): Express => {
  const app = express()
  app.disable("x-powered-by")
  app.use(express.urlencoded({ extended: false, limit: "100kb" }))
  return app
}

const controlApp = (): Express => {
  const app = express()
  app.disable("x-powered-by")
  app.use(express.json({ limit: "1mb" }))
  return app
}

/** Opens the two shared listeners (control and pages) and everything the simulators build on. */
export const createWorld = async (options: WorldOptions): Promise<OwnedWorld> => {
  const closers: Array<() => Promise<void>> = []
  const resetListeners: Array<() => void> = []
  const log = (line: string): void => options.log(mask(line))
  const onError = (error: unknown): void => log(`job failed: ${error instanceof Error ? error.message : "unknown"}`)

  const faults = createFaults()
  const calls = createCallLog()
  const random = createRandom(options.seed)
  // The clock waits for deliveries, and deliveries read the clock.
  const parts: { notifications?: Notifications } = {}
  const clock: Clock = createClock(
    {
      settle: () => parts.notifications?.settle() ?? Promise.resolve(),
      delivered: () => parts.notifications?.deliveredCount() ?? 0,
      onError
    },
    options.start,
    options.isFrozen
  )
  const notifications = createNotifications({ clock, faults, random, log })
  parts.notifications = notifications

  const listen = async (server: Server, offset: number): Promise<{ host: string; port: number }> => {
    const sockets = new Set<Socket>()
    server.on("connection", (socket: Socket) => {
      sockets.add(socket)
      socket.once("close", () => sockets.delete(socket))
    })
    const port = await openServer(server, options.host, options.portBase === 0 ? 0 : options.portBase + offset)
    closers.push(() => closeServer(server, sockets))
    return { host: options.host, port }
  }

  const close = async (): Promise<void> => {
    clock.close()
    await Promise.all(closers.map((closeOne) => closeOne()))
  }

  const control = controlApp()
  const pages = pagesApp()
  const urlHost = options.host.includes(":") ? `[${options.host}]` : options.host
  try {
    // Kept open while its client is busy elsewhere: a call that meets the end of its connection fails, and not every one
    // may be repeated.
    const controlAt = await listen(http.createServer({ keepAliveTimeout: 0 }, control), 0)
    const pagesAt = await listen(http.createServer(pages), 2)
    let bank = noBank
    const world: World = {
      clock,
      faults,
      calls,
      notifications,
      random,
      log,
      control,
      pages,
      base: { control: `http://${urlHost}:${controlAt.port}`, pages: `http://${urlHost}:${pagesAt.port}` },
      withFaults: createWithFaults(faults),
      get bank() {
        return bank
      },
      useBank: (desk) => {
        bank = desk
      },
      listen,
      onReset: (listener) => {
        resetListeners.push(listener)
      }
    }
    const reset = (): void => {
      clock.reset()
      faults.reset()
      calls.clear()
      notifications.reset()
      random.reset()
      for (const listener of resetListeners) listener()
    }
    return { world, started: () => random.keep(), reset, close }
  } catch (error) {
    await close()
    throw error
  }
}
