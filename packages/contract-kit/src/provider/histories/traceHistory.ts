import { createHash } from "node:crypto"
import type { HistoryWorld } from "./HistoryWorld.ts"

/** Everything of a history that a replay must repeat to the byte. */
export interface HistoryTrace {
  /** SHA-256 of the bytes of each call that our side made, in order, with the time of the simulator. */
  readonly calls: ReadonlyArray<string>
  /** SHA-256 of each message that the provider's server made, its headers included. */
  readonly notices: ReadonlyArray<string>
  /** Every event that the application heard, as text. */
  readonly events: ReadonlyArray<string>
  /** All that is stored, as text. */
  readonly store: string
}

const digest = (...parts: ReadonlyArray<string | Uint8Array>): string => {
  const hash = createHash("sha256")
  for (const part of parts) hash.update(part).update("\0")
  return hash.digest("hex")
}

export const traceHistory = async ({ driver, events, store }: HistoryWorld): Promise<HistoryTrace> => ({
  calls: (await driver.calls()).map((call) => `${call.at} ${call.operation} ${call.digest}`),
  notices: (await driver.notices.list()).map(({ body, headers, method, url }) =>
    digest(method, url, JSON.stringify(headers), body)
  ),
  events: events.map((event) => JSON.stringify(event)),
  store: store.dump()
})
