import type { ControlClient, PlannedRule } from "./ControlClient.ts"
import type { Call } from "./kernel/Calls.ts"

/** A message of the simulator's server, as bytes on the wire. */
export interface SentNotification {
  readonly id: string
  readonly method: "GET" | "HEAD" | "POST"
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** A call of a merchant's server. */
export interface SimulatorCall {
  /** The simulator's own name. */
  readonly operation: string
  /** On the sandbox's clock, epoch milliseconds. */
  readonly at: number
  readonly digest: string
}

/** One simulator of a sandbox over the control API: what every test driver keeps between two calls of it. */
export interface SimulatorClient {
  /** A copy of the sandbox's clock, epoch milliseconds, as it was last read. */
  readonly now: () => number
  /** Reads the clock anew. */
  readonly sync: () => Promise<void>
  /** Moves the clock; answers after everything due was attempted. With 0 it only waits for that. */
  readonly advance: (millis: number) => Promise<void>
  /** Back to the start state: nothing is planned or held any more. */
  readonly reset: () => Promise<void>
  readonly notifications: {
    /** From now on they are kept back instead of sent. */
    readonly hold: () => Promise<void>
    /** They are sent again as they arise; what was kept back stays kept. */
    readonly release: () => Promise<void>
    /** Sent and kept ones, oldest first. */
    readonly list: () => Promise<ReadonlyArray<SentNotification>>
  }
  readonly faults: {
    readonly plan: (rule: PlannedRule) => Promise<void>
    /** Every fault that was planned here and is not used up. */
    readonly clear: () => Promise<void>
  }
  readonly calls: () => Promise<ReadonlyArray<SimulatorCall>>
}

const asMethod = (method: string): SentNotification["method"] =>
  method === "HEAD" || method === "POST" ? method : "GET"

const toCall = ({ at, digest, operation }: Call): ReadonlyArray<SimulatorCall> =>
  digest === undefined ? [] : [{ operation, at: Date.parse(at), digest }]

/** @param simulator the name that the control API calls it by. */
export const openSimulatorClient = async (
  control: ControlClient,
  simulator: "ecommpay" | "vissMm"
): Promise<SimulatorClient> => {
  let time = await control.now()
  let planned: Array<string> = []
  let hold: string | undefined
  return {
    now: () => time,
    sync: async () => {
      time = await control.now()
    },
    advance: async (millis) => {
      time = await control.advance(millis)
    },
    reset: async () => {
      time = await control.reset()
      planned = []
      hold = undefined
    },
    notifications: {
      hold: async () => {
        hold ??= await control.plan({ operation: "notification", kind: "hold", match: { simulator } })
      },
      release: async () => {
        if (hold !== undefined) await control.clearFault(hold)
        hold = undefined
      },
      list: async () =>
        (await control.notifications())
          .filter((one) => one.simulator === simulator)
          .map(({ id, request }) => ({
            id,
            method: asMethod(request.method),
            url: request.url,
            headers: request.headers,
            body: new Uint8Array(Buffer.from(request.bodyBase64, "base64"))
          }))
    },
    faults: {
      plan: async (rule) => {
        planned.push(await control.plan(rule))
      },
      clear: async () => {
        const ids = planned
        planned = []
        await control.clearFaults(ids)
      }
    },
    calls: async () => (await control.calls()).filter((one) => one.simulator === simulator).flatMap(toCall)
  }
}
