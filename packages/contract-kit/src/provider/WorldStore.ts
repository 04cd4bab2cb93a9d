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

/** What a transaction works on: a map is copied when it is first asked for. */
const draftOf = (state: State): { readonly own: State; readonly committed: () => State } => {
  const touched: { -readonly [Name in keyof State]?: State[Name] } = {}
  return {
    own: {
      get payments() {
        return (touched.payments ??= new Map(state.payments))
      },
      get attempts() {
        return (touched.attempts ??= new Map(state.attempts))
      },
      get observations() {
        return (touched.observations ??= new Map(state.observations))
      },
      get sealed() {
        return (touched.sealed ??= new Map(state.sealed))
      },
      get events() {
        return (touched.events ??= new Map(state.events))
      },
      get work() {
        return (touched.work ??= new Map(state.work))
      },
      get repayments() {
        return (touched.repayments ??= new Map(state.repayments))
      },
      get invoices() {
        return (touched.invoices ??= new Map(state.invoices))
      },
      get archive() {
        return (touched.archive ??= new Map(state.archive))
      },
      get documents() {
        return (touched.documents ??= new Map(state.documents))
      },
      get clock() {
        return (touched.clock ??= { ...state.clock })
      }
    },
    committed: () => ({ ...state, ...touched })
  }
}

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
          const { own, committed } = draftOf(state)
          const answer = await unit(new MemoryTransaction(own))
          // Refused meanwhile: the commit is what fails.
          if (isRefusing) throw new Error("the store refuses")
          state = committed()
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
