import { randomInt } from "node:crypto"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Call } from "./kernel/Calls.ts"
import type { Clock } from "./kernel/Clock.ts"
import { mountControl } from "./kernel/controlApi.ts"
import { endOfPages } from "./kernel/endOfPages.ts"
import { createWorld } from "./kernel/createWorld.ts"
import type { Faults } from "./kernel/Faults.ts"
import type { NotificationRecord } from "./kernel/Notifications.ts"
import { createPki, type Pki } from "./kernel/Pki.ts"
import type { RunningSimulator } from "./kernel/Simulator.ts"
import { simulators } from "./simulators.ts"

export interface SandboxOptions {
  /** Address to listen on (default 127.0.0.1). */
  readonly host?: string
  /** First port; 0 (default) takes any free ones. */
  readonly portBase?: number
  /** Where certificates are written (default: a temporary folder, removed at the end). */
  readonly pkiDirectory?: string
  /** Same seed, same identifiers. Default: a new one at each start, so that a kept database meets no known id. */
  readonly seed?: number
  /** ISO time at which the clock starts to run (default: real time). */
  readonly clock?: string
  /** Time moves only by `advance`: with a seed and a clock everything repeats byte for byte. */
  readonly frozen?: boolean
  /** Receives masked log lines (default: nothing is logged). */
  readonly log?: (line: string) => void
}

/** The start line; members of each provider are fixed by the sandbox's contract (see the README). */
export interface ReadyLine {
  readonly ready: true
  readonly version: 1
  readonly control: string
  readonly seed: number
  readonly vissMm: {
    readonly wsdl: string
    readonly invoices: string
    readonly ui: string
    /** Folder of the microservice's methods, with its last slash. */
    readonly paymentApi: string
    /** Services that ask for a security token, and what the token service calls them. */
    readonly pfas: string
    readonly pfasAppliesTo: string
    readonly sts: string
    /** The portal's Request Service. */
    readonly ivis: string
    /** Where a citizen finds what is to be paid: post a form with `code`, the personal code. */
    readonly kdv: string
  }
  readonly ecommpay: {
    readonly paymentPage: string
    readonly gate: string
    readonly dataApi: string
    readonly projects: ReadonlyArray<{
      readonly projectId: number
      readonly secret: string
      readonly dataToken: string
      readonly dataSecret: string
    }>
  }
  readonly bank: string
  readonly pki: Pki["files"]
  readonly [member: string]: unknown
}

/** A running sandbox. */
export interface Sandbox {
  readonly ready: ReadyLine
  readonly clock: Pick<Clock, "now" | "advance">
  readonly faults: Pick<Faults, "add" | "list" | "clear">
  calls(): ReadonlyArray<Call>
  notifications(): ReadonlyArray<NotificationRecord>
  payments(): ReadonlyArray<object>
  payment(id: string): object | undefined
  /** Back to the start state with the same seed. Certificates and addresses stay. */
  reset(): void
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const startTime = (iso: string | undefined): number | undefined => {
  if (iso === undefined) return undefined
  const at = Date.parse(iso)
  if (Number.isNaN(at)) throw new TypeError("clock must be an ISO 8601 time")
  return at
}

/** Starts every simulator and answers when all of them listen. Rejects when a port is taken; nothing stays open then. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const start = startTime(options.clock)
  const seed = options.seed ?? randomInt(1, 2 ** 31)
  const temporary = options.pkiDirectory === undefined
  const directory = options.pkiDirectory ?? (await mkdtemp(join(tmpdir(), "maksa-sandbox-")))
  const removeTemporary = (): Promise<void> =>
    temporary ? rm(directory, { recursive: true, force: true }) : Promise.resolve()

  const owned = await createWorld({
    host: options.host ?? "127.0.0.1",
    portBase: options.portBase ?? 0,
    seed,
    ...(start === undefined ? {} : { start }),
    isFrozen: options.frozen ?? false,
    log: options.log ?? (() => undefined)
  }).catch(async (error: unknown) => {
    await removeTemporary()
    throw error
  })
  const { world } = owned
  const running: Array<RunningSimulator> = []
  const close = async (): Promise<void> => {
    await Promise.all(running.map((simulator) => simulator.close()))
    await owned.close()
    await removeTemporary()
  }

  try {
    const pki = await createPki(directory)
    // One after another: the bank must be there before those that use it, and ids come from one seed.
    for (const simulator of simulators()) running.push(await simulator.start(world, { pki }))
    owned.started()
    mountControl(world, running, owned.reset)
    endOfPages(world)
    const head = { ready: true, version: 1, control: world.base.control, seed } as const
    const ready: ReadyLine = Object.assign({ ...head, pki: pki.files }, ...running.map((one) => one.ready))
    return {
      ready,
      clock: world.clock,
      faults: world.faults,
      calls: () => world.calls.list(),
      notifications: () => world.notifications.list(),
      payments: () => running.flatMap((simulator) => simulator.payments()),
      payment: (id) => running.map((simulator) => simulator.payment(id)).find((payment) => payment !== undefined),
      reset: owned.reset,
      close,
      [Symbol.asyncDispose]: close
    }
  } catch (error) {
    await close()
    throw error
  }
}
