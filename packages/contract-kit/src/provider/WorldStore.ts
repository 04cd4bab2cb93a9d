// A memory store that a law can refuse, read and ask for the next due time. Rows are never changed in place, so that a
// transaction works on copies of the maps alone.
import { createHmac } from "node:crypto"
import type { Store } from "@maksa/core"
import { emptyState, MemoryTransaction, type State } from "../memory/MemoryTransaction.ts"
import type { StoreControls } from "./World.ts"

export interface WorldStore extends StoreControls {
  readonly store: Store
  readonly isRefusing: boolean
  /** What is stored now. */
  readonly state: State
  /** When something is next due, epoch milliseconds. */
  nextDue(): number | undefined
}

const copied = (state: State): State => ({
  payments: new Map(state.payments),
  attempts: new Map(state.attempts),
  observations: new Map(state.observations),
  sealed: new Map(state.sealed),
  events: new Map(state.events),
  work: new Map(state.work),
  repayments: new Map(state.repayments),
  archive: new Map(state.archive),
  documents: new Map(state.documents),
  clock: { ...state.clock }
})

const asText = (value: unknown): string =>
  JSON.stringify(value, (_key, field: unknown) => (typeof field === "bigint" ? field.toString() : field))

/** Everything but what a real store keeps encrypted: sealed texts and raw messages. */
const readable = (state: State): string =>
  asText([
    [...state.payments.values()],
    [...state.attempts.values()],
    [...state.observations.values()].map((row) => ({ ...row, evidence: undefined })),
    [...state.events.values()],
    [...state.work.values()],
    [...state.repayments.values()],
    [...state.archive.values()]
  ])

export const makeWorldStore = (): WorldStore => {
  let state = emptyState()
  let isRefusing = false
  let queue: Promise<unknown> = Promise.resolve()
  return {
    store: {
      transact: (unit) => {
        const run = async () => {
          if (isRefusing) throw new Error("the store refuses")
          const own = copied(state)
          const answer = await unit(new MemoryTransaction(own))
          // Refused meanwhile: the commit is what fails.
          if (isRefusing) throw new Error("the store refuses")
          state = own
          return answer
        }
        const done = queue.then(run)
        queue = done.catch(() => undefined)
        return done
      },
      keyedDigest: (purpose, data) =>
        createHmac("sha256", "key")
          .update(asText([purpose, data]))
          .digest("hex"),
      close: async () => {
        await queue
      }
    },
    get isRefusing() {
      return isRefusing
    },
    get state() {
      return state
    },
    refuse: (is) => {
      isRefusing = is
    },
    dump: () => readable(state),
    nextDue: () => {
      const times = [
        ...[...state.work.values()].map((row) => Math.max(row.dueAt, row.leaseUntil)),
        ...[...state.events.values()].filter((row) => row.status === "pending").map((row) => row.dueAt)
      ]
      return times.length === 0 ? undefined : Math.min(...times)
    }
  }
}
