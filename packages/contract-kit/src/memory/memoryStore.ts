import { createHmac } from "node:crypto"
import type { Store, StoreTransaction } from "@maksa/core"
import type { StoreUnderTest } from "../store/StoreCase.ts"
import { emptyState, MemoryTransaction, type State } from "./MemoryTransaction.ts"

/** What a saboteur may change; each default is right. */
export interface MemoryOptions {
  readonly transaction?: (state: State) => StoreTransaction
  /** `false`: what a failed unit wrote stays. */
  readonly rollsBack?: boolean
  /** `false`: units run side by side on snapshots and the last one to end wins. */
  readonly isSerial?: boolean
  /** `true`: each unit runs twice and the first run's answer is given. */
  readonly answersFirstRun?: boolean
  readonly answer?: <A>(answer: A) => A
  readonly failure?: () => never
  readonly refusesWhenClosed?: boolean
  readonly digest?: (purpose: string, data: string) => string
  /** What another opening finds of the state. */
  readonly survives?: (state: State) => State
  readonly files?: (state: State) => string
}

const keyed = (purpose: string, data: string) =>
  createHmac("sha256", "key")
    .update(JSON.stringify([purpose, data]))
    .digest("hex")

const references = (state: State) => [...state.payments.values()].map((row) => row.merchantReference).join()

const copy = (state: State): State => structuredClone(state)

export const makeMemoryStore = (options: MemoryOptions = {}): StoreUnderTest => {
  let state = emptyState()
  let queue: Promise<unknown> = Promise.resolve()
  const make = options.transaction ?? ((own) => new MemoryTransaction(own))
  const openStore = (): Store => {
    let isClosed = false
    return {
      transact: (unit) => {
        if (isClosed && options.refusesWhenClosed !== false) return Promise.reject(new Error("closed"))
        const run = async () => {
          const own = options.rollsBack === false ? state : copy(state)
          const first = options.answersFirstRun ? await unit(make(copy(state))) : undefined
          const answer = await unit(make(own))
          state = own
          return options.answer === undefined ? (first ?? answer) : options.answer(answer)
        }
        const done = options.isSerial === false ? run() : queue.then(run)
        queue = done.catch(() => undefined)
        return options.failure === undefined ? done : done.catch(options.failure)
      },
      keyedDigest: options.digest ?? keyed,
      close: async () => {
        isClosed = true
        await queue
      }
    }
  }
  let store = openStore()
  return {
    store,
    reopen: async () => {
      await store.close()
      state = options.survives?.(state) ?? state
      store = openStore()
      return store
    },
    dispose: () => store.close(),
    files: async () => [new TextEncoder().encode((options.files ?? references)(state))]
  }
}
