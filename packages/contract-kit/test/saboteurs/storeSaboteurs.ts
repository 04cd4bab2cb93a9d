// Longer than 300 lines because it is one list: a saboteur is four to ten lines of data.
import { createHash, createHmac } from "node:crypto"
import type { AttemptRow, ObservationRow, PaymentFilter, PaymentRow } from "@maksa/core"
import type { MemoryOptions } from "../../src/memory/memoryStore.ts"
import { MemoryTransaction, type State } from "../../src/memory/MemoryTransaction.ts"

type Methods = { [K in keyof MemoryTransaction]?: MemoryTransaction[K] }

/** A transaction with some methods spoiled; `right` is the sound one under it. */
const spoil = (methods: (right: MemoryTransaction) => Methods): MemoryOptions => ({
  transaction: (state) => Object.assign(new MemoryTransaction(state), methods(new MemoryTransaction(state)))
})

const everyMethod = (answer: () => Promise<undefined>): MemoryOptions => ({
  transaction: (state) =>
    new Proxy(new MemoryTransaction(state), {
      get: (target, name, receiver) =>
        typeof Reflect.get(target, name, receiver) === "function" ? answer : Reflect.get(target, name, receiver)
    })
})

const asNumber = (row: PaymentRow): PaymentRow => ({
  ...row,
  askedMinor: row.askedMinor === undefined ? undefined : BigInt(Number(row.askedMinor))
})

const byId = <Row extends { readonly id: string }>(rows: ReadonlyArray<Row>): Array<Row> =>
  rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))

const unfold = (state: State, id: string) => {
  const row = state.observations.get(id)
  if (row) state.observations.set(id, { ...row, fold: "unfolded" })
}

const encodeEvidence = (state: State) =>
  [...state.observations.values()].map((row) => new TextDecoder().decode(row.evidence)).join()

/** Stores that break one promise each, and the area whose cases must notice. */
export const saboteurs: Readonly<Record<string, { readonly noticedBy: string; readonly options: MemoryOptions }>> = {
  "forgets everything": { noticedBy: "payments", options: everyMethod(async () => undefined) },
  "fails at everything": { noticedBy: "payments", options: everyMethod(() => Promise.reject(new Error("no"))) },
  "keeps what a failed unit wrote": { noticedBy: "transactions", options: { rollsBack: false } },
  "lets units overwrite each other": { noticedBy: "transactions", options: { isSerial: false } },
  "answers from a run that was not kept": { noticedBy: "transactions", options: { answersFirstRun: true } },
  "gives nothing back": {
    noticedBy: "transactions",
    options: {
      answer: () => {
        throw new Error("nothing")
      }
    }
  },
  "hides why a unit failed": {
    noticedBy: "transactions",
    options: {
      failure: () => {
        throw new Error("something went wrong")
      }
    }
  },
  "works on when closed": { noticedBy: "transactions", options: { refusesWhenClosed: false } },
  "drops an update that meets no row": {
    noticedBy: "transactions",
    options: spoil((right) => ({ updatePayment: (row) => right.updatePayment(row).catch(() => undefined) }))
  },
  "keeps sums as floating point": {
    noticedBy: "payments",
    options: spoil((right) => ({ insertPayment: (row) => right.insertPayment(asNumber(row)) }))
  },
  "takes a second payment under one key": {
    noticedBy: "payments",
    options: spoil((right) => ({
      insertPayment: async (row) => {
        right.state.payments.set(row.id, row)
        return true
      }
    }))
  },
  "forgets a column of an update": {
    noticedBy: "payments",
    options: spoil((right) => ({ updatePayment: (row) => right.updatePayment({ ...row, fulfilment: "none" }) }))
  },
  "cuts seconds out of times": {
    noticedBy: "payments",
    options: spoil((right) => ({
      insertPayment: (row) => right.insertPayment({ ...row, createdAt: Math.floor(row.createdAt / 1000) * 1000 })
    }))
  },
  "repeats the last row on the next page": {
    noticedBy: "listing payments",
    options: spoil((right) => ({
      listPayments: (filter: PaymentFilter) =>
        right.listPayments(
          filter.before === undefined ? filter : { ...filter, before: { ...filter.before, id: `${filter.before.id} ` } }
        )
    }))
  },
  "includes the end of the period": {
    noticedBy: "listing payments",
    options: spoil((right) => ({
      listPayments: (filter) => right.listPayments(filter.to === undefined ? filter : { ...filter, to: filter.to + 1 })
    }))
  },
  "lists equal times as they come": {
    noticedBy: "listing payments",
    options: spoil((right) => ({
      listPayments: async (filter) =>
        byId(await right.listPayments(filter)).toSorted((a, b) => b.createdAt - a.createdAt)
    }))
  },
  "finds references of other instances": {
    noticedBy: "attempts",
    options: spoil((right) => ({
      findAttemptByReference: async (_instance, reference) =>
        [...right.state.attempts.values()].find((row) => row.providerReference === reference)
    }))
  },
  "shares a payer token": {
    noticedBy: "attempts",
    options: spoil((right) => ({
      insertAttempt: async (row: AttemptRow) => {
        right.state.attempts.set(row.id, row)
      }
    }))
  },
  "lists attempts as they were inserted": {
    noticedBy: "attempts",
    options: spoil((right) => ({
      attemptsOf: async (id) => [...right.state.attempts.values()].filter((row) => row.paymentId === id)
    }))
  },
  "stores a known digest again": {
    noticedBy: "observations",
    options: spoil((right) => ({
      insertObservation: async (row: ObservationRow) => {
        right.state.observations.set(row.id, { ...row, fold: "unfolded" })
        return true
      }
    }))
  },
  "says that a copy was stored": {
    noticedBy: "observations",
    options: spoil((right) => ({
      insertObservation: async (row) => {
        await right.insertObservation(row)
        return true
      }
    }))
  },
  "gives unfolded rows by id": {
    noticedBy: "observations",
    options: spoil((right) => ({
      unfoldedObservations: async (limit) => byId(await right.unfoldedObservations(1e6)).slice(0, limit)
    }))
  },
  "leaves an adopted row unfolded": {
    noticedBy: "observations",
    options: spoil((right) => ({
      adoptObservation: async (id, to) => {
        await right.adoptObservation(id, to)
        unfold(right.state, id)
      }
    }))
  },
  "joins parked rows of every instance": {
    noticedBy: "parked observations",
    options: spoil((right) => ({
      joinParked: async (_instance, reference) => {
        for (const row of right.state.observations.values()) {
          if (row.fold === "parked" && row.reference === reference) unfold(right.state, row.id)
        }
      }
    }))
  },
  "unfolds folded rows when it joins": {
    noticedBy: "parked observations",
    options: spoil((right) => ({
      joinParked: async (instance, reference) => {
        for (const row of right.state.observations.values()) {
          if (row.instance === instance && row.reference === reference) unfold(right.state, row.id)
        }
      }
    }))
  },
  "takes empty evidence for none": {
    noticedBy: "evidence",
    options: spoil((right) => ({
      evidenceOf: async (id) => {
        const found = await right.evidenceOf(id)
        return found?.byteLength === 0 ? undefined : found
      }
    }))
  },
  "keeps a text that was taken out": {
    noticedBy: "sealed texts",
    options: spoil((right) => ({
      putSealed: async (attemptId, paymentId, kind, text) => {
        if (text !== undefined) await right.putSealed(attemptId, paymentId, kind, text)
      }
    }))
  },
  "mixes the kinds of texts up": {
    noticedBy: "sealed texts",
    options: spoil((right) => ({ getSealed: (attemptId) => right.getSealed(attemptId, "input") }))
  },
  "erases nothing": { noticedBy: "erasure", options: spoil(() => ({ erase: async () => undefined })) },
  "erases the ledger with the evidence": {
    noticedBy: "erasure",
    options: spoil((right) => ({
      erase: async (id) => {
        await right.erase(id)
        for (const row of right.state.observations.values()) {
          if (row.paymentId === id) right.state.observations.delete(row.id)
        }
      }
    }))
  },
  "erases every payment": {
    noticedBy: "erasure",
    options: spoil((right) => ({
      erase: async () => {
        for (const id of right.state.payments.keys()) await right.erase(id)
      }
    }))
  },
  "delivers delivered events again": {
    noticedBy: "outbox",
    options: spoil((right) => ({
      dueEvents: async (now, limit) =>
        [...right.state.events.values()].filter((row) => row.dueAt <= now).slice(0, limit)
    }))
  },
  "gives due events by id": {
    noticedBy: "outbox",
    options: spoil((right) => ({ dueEvents: async (now, limit) => byId(await right.dueEvents(now, limit)) }))
  },
  "gives events a moment early": {
    noticedBy: "outbox",
    options: spoil((right) => ({ dueEvents: (now, limit) => right.dueEvents(now + 1, limit) }))
  },
  "gives leased work to somebody else": {
    noticedBy: "due work",
    options: spoil((right) => ({ claimWork: (now, limit) => right.claimWork(now, limit, 0) }))
  },
  "never gives work back": {
    noticedBy: "due work",
    options: spoil((right) => ({ claimWork: (now, limit) => right.claimWork(now, limit, 8e15) }))
  },
  "counts a claim as a try": {
    noticedBy: "due work",
    options: spoil((right) => ({
      claimWork: async (now, limit, lease) => {
        const rows = await right.claimWork(now, limit, lease)
        return rows.map((row) => ({ ...row, tries: row.tries + 1 }))
      }
    }))
  },
  "ignores the limit of a claim": {
    noticedBy: "due work",
    options: spoil((right) => ({ claimWork: (now, _limit, lease) => right.claimWork(now, 1e6, lease) }))
  },
  "takes a second repayment under one key": {
    noticedBy: "repayments",
    options: spoil((right) => ({
      insertRepayment: async (row) => {
        right.state.repayments.set(row.id, row)
        return true
      }
    }))
  },
  "joins purpose and data": {
    noticedBy: "keyed digests",
    options: {
      digest: (purpose, data) =>
        createHmac("sha256", "key")
          .update(purpose + data)
          .digest("hex")
    }
  },
  "makes digests without a key": {
    noticedBy: "keyed digests",
    options: {
      digest: (purpose, data) =>
        createHash("sha256")
          .update(purpose + data)
          .digest("hex")
    }
  },
  "ignores the purpose": {
    noticedBy: "keyed digests",
    options: { digest: (_purpose, data) => createHmac("sha256", "key").update(data).digest("hex") }
  },
  "answers base64": {
    noticedBy: "keyed digests",
    options: { digest: (purpose, data) => createHmac("sha256", "key").update(`${purpose}:${data}`).digest("base64") }
  },
  "has another key at each call": {
    noticedBy: "keyed digests",
    options: { digest: () => createHash("sha256").update(crypto.randomUUID()).digest("hex") }
  },
  "loses its work when it is closed": {
    noticedBy: "durability",
    options: { survives: (state) => ({ ...state, work: new Map() }) }
  },
  "unparks rows when it is opened": {
    noticedBy: "durability",
    options: {
      survives: (state) => {
        for (const id of state.observations.keys()) unfold(state, id)
        return state
      }
    }
  },
  "writes evidence as it came": {
    noticedBy: "secrecy of the files",
    options: { files: (state) => `case-p ${encodeEvidence(state)}` }
  },
  "writes sealed texts as they came": {
    noticedBy: "secrecy of the files",
    options: { files: (state) => `case-p ${[...state.sealed.values()].map((value) => value.text).join()}` }
  },
  "shows files that are not its own": { noticedBy: "secrecy of the files", options: { files: () => "" } }
}
