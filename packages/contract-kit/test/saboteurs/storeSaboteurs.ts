// Over 300 lines because it is one list: a saboteur is four to ten lines of data.
import { createHash, createHmac } from "node:crypto"
import type { ArchiveEntryRow, AttemptRow, ObservationRow, PaymentFilter, PaymentRow } from "@maksa/core"
import type { MemoryOptions } from "../../src/memory/memoryStore.ts"
import { MemoryTransaction, type State } from "../../src/memory/MemoryTransaction.ts"

/** A store that is broken in one way. */
export interface StoreSaboteur {
  readonly id: string
  /** What it does wrong. */
  readonly sentence: string
  /** The case that must notice it. */
  readonly killedBy: string
  /** How the memory store is spoiled. */
  readonly options: MemoryOptions
}

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

/** Every broken store. */
export const storeSaboteurs: ReadonlyArray<StoreSaboteur> = [
  {
    id: "forgets-everything",
    sentence: "Forgets everything.",
    killedBy: "payment-as-given",
    options: everyMethod(async () => undefined)
  },
  {
    id: "fails-at-everything",
    sentence: "Fails at everything.",
    killedBy: "payment-as-given",
    options: everyMethod(() => Promise.reject(new Error("no")))
  },
  {
    id: "keeps-what-a-failed-unit-wrote",
    sentence: "Keeps what a failed unit wrote.",
    killedBy: "all-or-nothing",
    options: { rollsBack: false }
  },
  {
    id: "lets-units-overwrite-each-other",
    sentence: "Lets units overwrite each other.",
    killedBy: "no-lost-update",
    options: { isSerial: false }
  },
  {
    id: "answers-from-a-run-that-was-not-kept",
    sentence: "Answers from a run that was not kept.",
    killedBy: "answer-of-the-commit",
    options: { answersFirstRun: true }
  },
  {
    id: "gives-nothing-back",
    sentence: "Gives nothing back.",
    killedBy: "unit-answer",
    options: {
      answer: () => {
        throw new Error("nothing")
      }
    }
  },
  {
    id: "hides-why-a-unit-failed",
    sentence: "Hides why a unit failed.",
    killedBy: "unit-failure-told",
    options: {
      failure: () => {
        throw new Error("something went wrong")
      }
    }
  },
  {
    id: "works-on-when-closed",
    sentence: "Works on when closed.",
    killedBy: "closed-refuses",
    options: { refusesWhenClosed: false }
  },
  {
    id: "drops-an-update-that-meets-no-row",
    sentence: "Drops an update that meets no row.",
    killedBy: "update-needs-a-row",
    options: spoil((right) => ({ updatePayment: (row) => right.updatePayment(row).catch(() => undefined) }))
  },
  {
    id: "keeps-sums-as-floating-point",
    sentence: "Keeps sums as floating point.",
    killedBy: "exact-sums",
    options: spoil((right) => ({ insertPayment: (row) => right.insertPayment(asNumber(row)) }))
  },
  {
    id: "takes-a-second-payment-under-one-key",
    sentence: "Takes a second payment under one key.",
    killedBy: "payment-key-taken",
    options: spoil((right) => ({
      insertPayment: async (row) => {
        right.state.payments.set(row.id, row)
        return true
      }
    }))
  },
  {
    id: "forgets-a-column-of-an-update",
    sentence: "Forgets a column of an update.",
    killedBy: "payment-update",
    options: spoil((right) => ({ updatePayment: (row) => right.updatePayment({ ...row, fulfilment: "none" }) }))
  },
  {
    id: "cuts-seconds-out-of-times",
    sentence: "Cuts seconds out of times.",
    killedBy: "exact-times",
    options: spoil((right) => ({
      insertPayment: (row) => right.insertPayment({ ...row, createdAt: Math.floor(row.createdAt / 1000) * 1000 })
    }))
  },
  {
    id: "keeps-the-first-invoice",
    sentence: "Keeps what was put first of an attempt's invoice.",
    killedBy: "invoice-as-given",
    options: spoil((right) => ({
      putInvoice: async (row) => {
        if ((await right.findInvoice(row.attemptId)) === undefined) await right.putInvoice(row)
      }
    }))
  },
  {
    id: "replaces-archive-entries",
    sentence: "Puts an entry of the archive over another one.",
    killedBy: "archive-entry-as-given",
    options: {
      transaction: (state) =>
        Object.assign(new MemoryTransaction(state), {
          insertArchiveEntry: async (row: ArchiveEntryRow) => {
            state.archive.set(row.sequence, row)
            return true
          }
        })
    }
  },
  {
    id: "forgets-the-archives-order",
    sentence: "Gives entries of the archive as they came in.",
    killedBy: "archive-order",
    options: {
      transaction: (state) =>
        Object.assign(new MemoryTransaction(state), {
          archiveEntriesAfter: async (sequence: number, limit: number) =>
            [...state.archive.values()].filter((row) => row.sequence > sequence).slice(0, limit)
        })
    }
  },
  {
    id: "keeps-documents-as-text",
    sentence: "Keeps a document's bytes as text.",
    killedBy: "document-as-given",
    options: spoil((right) => ({
      putDocument: (key, bytes) => right.putDocument(key, new TextEncoder().encode(new TextDecoder().decode(bytes)))
    }))
  },
  {
    id: "erases-documents-with-the-payment",
    sentence: "Destroys a payment's documents with the payment's key.",
    killedBy: "document-outlives-erasure",
    options: {
      transaction: (state) =>
        Object.assign(new MemoryTransaction(state), {
          erase: async () => {
            state.documents.clear()
          }
        })
    }
  },
  {
    id: "writes-documents-in-the-clear",
    sentence: "Writes documents to disk as they are.",
    killedBy: "documents-sealed",
    options: {
      files: (state) =>
        [...state.payments.values()].map((row) => row.merchantReference).join() +
        [...state.documents.values()].map((bytes) => new TextDecoder().decode(bytes)).join()
    }
  },
  {
    id: "sorts-submissions-by-id",
    sentence: "Gives submitted attempts by id.",
    killedBy: "submissions-order",
    options: spoil((right) => ({ submittedAttempts: async (filter) => byId(await right.submittedAttempts(filter)) }))
  },
  {
    id: "closes-spans-at-both-ends",
    sentence: "Counts an attempt at the end of a span to the span.",
    killedBy: "submissions-span",
    options: spoil((right) => ({
      submittedAttempts: (filter) => right.submittedAttempts({ ...filter, to: filter.to + 1 })
    }))
  },
  {
    id: "skips-submissions-of-one-moment",
    sentence: "Begins the next page after the last moment, not after the last attempt.",
    killedBy: "submissions-pages",
    options: spoil((right) => ({
      submittedAttempts: async (filter) =>
        (await right.submittedAttempts({ ...filter, limit: 100 }))
          .filter(({ submittedAt = 0 }) => submittedAt > (filter.after?.submittedAt ?? -1))
          .slice(0, filter.limit)
    }))
  },
  {
    id: "repeats-the-last-row-on-the-next-page",
    sentence: "Repeats the last row on the next page.",
    killedBy: "listing-pages",
    options: spoil((right) => ({
      listPayments: (filter: PaymentFilter) =>
        right.listPayments(
          filter.before === undefined ? filter : { ...filter, before: { ...filter.before, id: `${filter.before.id} ` } }
        )
    }))
  },
  {
    id: "includes-the-end-of-the-period",
    sentence: "Includes the end of the period.",
    killedBy: "listing-to",
    options: spoil((right) => ({
      listPayments: (filter) => right.listPayments(filter.to === undefined ? filter : { ...filter, to: filter.to + 1 })
    }))
  },
  {
    id: "lists-equal-times-as-they-come",
    sentence: "Lists equal times as they come.",
    killedBy: "listing-order",
    options: spoil((right) => ({
      listPayments: async (filter) =>
        byId(await right.listPayments(filter)).toSorted((a, b) => b.createdAt - a.createdAt)
    }))
  },
  {
    id: "finds-references-of-other-instances",
    sentence: "Finds references of other instances.",
    killedBy: "reference-per-instance",
    options: spoil((right) => ({
      findAttemptByReference: async (_instance, reference) =>
        [...right.state.attempts.values()].find((row) => row.providerReference === reference)
    }))
  },
  {
    id: "shares-a-payer-token",
    sentence: "Shares a payer token.",
    killedBy: "tokens-unique",
    options: spoil((right) => ({
      insertAttempt: async (row: AttemptRow) => {
        right.state.attempts.set(row.id, row)
      }
    }))
  },
  {
    id: "lists-attempts-as-they-were-inserted",
    sentence: "Lists attempts as they were inserted.",
    killedBy: "attempts-order",
    options: spoil((right) => ({
      attemptsOf: async (id) => [...right.state.attempts.values()].filter((row) => row.paymentId === id)
    }))
  },
  {
    id: "stores-a-known-digest-again",
    sentence: "Stores a known digest again.",
    killedBy: "digest-known",
    options: spoil((right) => ({
      insertObservation: async (row: ObservationRow) => {
        right.state.observations.set(row.id, { ...row, fold: "unfolded" })
        return true
      }
    }))
  },
  {
    id: "says-that-a-copy-was-stored",
    sentence: "Says that a copy was stored.",
    killedBy: "digest-known",
    options: spoil((right) => ({
      insertObservation: async (row) => {
        await right.insertObservation(row)
        return true
      }
    }))
  },
  {
    id: "gives-unfolded-rows-by-id",
    sentence: "Gives unfolded rows by id.",
    killedBy: "unfolded-order",
    options: spoil((right) => ({
      unfoldedObservations: async (limit) => byId(await right.unfoldedObservations(1e6)).slice(0, limit)
    }))
  },
  {
    id: "leaves-an-adopted-row-unfolded",
    sentence: "Leaves an adopted row unfolded.",
    killedBy: "adoption",
    options: spoil((right) => ({
      adoptObservation: async (id, to) => {
        await right.adoptObservation(id, to)
        unfold(right.state, id)
      }
    }))
  },
  {
    id: "joins-parked-rows-of-every-instance",
    sentence: "Joins parked rows of every instance.",
    killedBy: "parked-joined",
    options: spoil((right) => ({
      joinParked: async (_instance, reference) => {
        for (const row of right.state.observations.values()) {
          if (row.fold === "parked" && row.reference === reference) unfold(right.state, row.id)
        }
      }
    }))
  },
  {
    id: "unfolds-folded-rows-when-it-joins",
    sentence: "Unfolds folded rows when it joins.",
    killedBy: "joining-folded",
    options: spoil((right) => ({
      joinParked: async (instance, reference) => {
        for (const row of right.state.observations.values()) {
          if (row.instance === instance && row.reference === reference) unfold(right.state, row.id)
        }
      }
    }))
  },
  {
    id: "takes-empty-evidence-for-none",
    sentence: "Takes empty evidence for none.",
    killedBy: "empty-evidence",
    options: spoil((right) => ({
      evidenceOf: async (id) => {
        const found = await right.evidenceOf(id)
        return found?.byteLength === 0 ? undefined : found
      }
    }))
  },
  {
    id: "keeps-a-text-that-was-taken-out",
    sentence: "Keeps a text that was taken out.",
    killedBy: "sealed-removed",
    options: spoil((right) => ({
      putSealed: async (attemptId, paymentId, kind, text) => {
        if (text !== undefined) await right.putSealed(attemptId, paymentId, kind, text)
      }
    }))
  },
  {
    id: "mixes-the-kinds-of-texts-up",
    sentence: "Mixes the kinds of texts up.",
    killedBy: "sealed-kinds",
    options: spoil((right) => ({ getSealed: (attemptId) => right.getSealed(attemptId, "input") }))
  },
  {
    id: "erases-nothing",
    sentence: "Erases nothing.",
    killedBy: "erased-unreadable",
    options: spoil(() => ({ erase: async () => undefined }))
  },
  {
    id: "erases-the-ledger-with-the-evidence",
    sentence: "Erases the ledger with the evidence.",
    killedBy: "erasure-keeps-books",
    options: spoil((right) => ({
      erase: async (id) => {
        await right.erase(id)
        for (const row of right.state.observations.values()) {
          if (row.paymentId === id) right.state.observations.delete(row.id)
        }
      }
    }))
  },
  {
    id: "erases-only-what-is-tied",
    sentence: "Erases only what is tied to the payment.",
    killedBy: "erasure-untied",
    options: spoil((right) => ({
      erase: async (id) => {
        const untied = [...right.state.observations.values()].filter((row) => row.paymentId !== id)
        await right.erase(id)
        for (const row of untied) right.state.observations.set(row.id, row)
      }
    }))
  },
  {
    id: "erases-every-payment",
    sentence: "Erases every payment.",
    killedBy: "erasure-of-one",
    options: spoil((right) => ({
      erase: async () => {
        for (const id of right.state.payments.keys()) await right.erase(id)
      }
    }))
  },
  {
    id: "delivers-delivered-events-again",
    sentence: "Delivers delivered events again.",
    killedBy: "event-delivered",
    options: spoil((right) => ({
      dueEvents: async (now, limit) =>
        [...right.state.events.values()].filter((row) => row.dueAt <= now).slice(0, limit)
    }))
  },
  {
    id: "gives-due-events-by-id",
    sentence: "Gives due events by id.",
    killedBy: "event-order",
    options: spoil((right) => ({ dueEvents: async (now, limit) => byId(await right.dueEvents(now, limit)) }))
  },
  {
    id: "gives-events-by-time-alone",
    sentence: "Gives due events by their time alone, whatever else their payment has to tell first.",
    killedBy: "events-one-by-one",
    options: spoil((right) => ({
      dueEvents: async (now, limit) =>
        [...right.state.events.values()]
          .filter((row) => row.status === "pending" && row.dueAt <= now)
          .toSorted((a, b) => a.dueAt - b.dueAt)
          .slice(0, limit)
    }))
  },
  {
    id: "gives-events-a-moment-early",
    sentence: "Gives events a moment early.",
    killedBy: "event-due",
    options: spoil((right) => ({ dueEvents: (now, limit) => right.dueEvents(now + 1, limit) }))
  },
  {
    id: "gives-leased-work-to-somebody-else",
    sentence: "Gives leased work to somebody else.",
    killedBy: "work-leased",
    options: spoil((right) => ({ claimWork: (now, limit) => right.claimWork(now, limit, 0) }))
  },
  {
    id: "never-gives-work-back",
    sentence: "Never gives work back.",
    killedBy: "work-leased",
    options: spoil((right) => ({ claimWork: (now, limit) => right.claimWork(now, limit, 8e15) }))
  },
  {
    id: "overlooks-a-clock-that-was-set-back",
    sentence: "Overlooks a clock that was set back.",
    killedBy: "work-turned-back",
    options: spoil(() => ({ followClock: async () => {} }))
  },
  {
    id: "moves-what-is-due-at-every-pass",
    sentence: "Moves what is due back at every pass after the clock was set back.",
    killedBy: "work-turned-back",
    options: spoil((right) => ({
      followClock: async (now) => {
        const { latestPass = now } = right.state.clock
        await right.followClock(now)
        right.state.clock.latestPass = Math.max(latestPass, now)
      }
    }))
  },
  {
    id: "counts-a-claim-as-a-try",
    sentence: "Counts a claim as a try.",
    killedBy: "work-claim-answer",
    options: spoil((right) => ({
      claimWork: async (now, limit, lease) => {
        const rows = await right.claimWork(now, limit, lease)
        return rows.map((row) => ({ ...row, tries: row.tries + 1 }))
      }
    }))
  },
  {
    id: "ignores-the-limit-of-a-claim",
    sentence: "Ignores the limit of a claim.",
    killedBy: "work-limit",
    options: spoil((right) => ({ claimWork: (now, _limit, lease) => right.claimWork(now, 1e6, lease) }))
  },
  {
    id: "takes-a-second-repayment-under-one-key",
    sentence: "Takes a second repayment under one key.",
    killedBy: "repayment-key-taken",
    options: spoil((right) => ({
      insertRepayment: async (row) => {
        right.state.repayments.set(row.id, row)
        return true
      }
    }))
  },
  {
    id: "lists-repayments-of-every-status",
    sentence: "Lists repayments of every status, whichever was asked for.",
    killedBy: "repayment-listing",
    options: spoil((right) => ({ listRepayments: ({ status: _status, ...filter }) => right.listRepayments(filter) }))
  },
  {
    id: "claims-no-work-of-repayments",
    sentence: "Claims the work of attempts alone.",
    killedBy: "repayment-work",
    options: spoil((right) => ({
      claimWork: async (now, limit, leaseUntil) =>
        (await right.claimWork(now, limit, leaseUntil)).filter(({ kind }) => kind !== "repayment")
    }))
  },
  {
    id: "joins-purpose-and-data",
    sentence: "Joins purpose and data.",
    killedBy: "digest-separates",
    options: {
      digest: (purpose, data) =>
        createHmac("sha256", "key")
          .update(purpose + data)
          .digest("hex")
    }
  },
  {
    id: "makes-digests-without-a-key",
    sentence: "Makes digests without a key.",
    killedBy: "digest-keyed",
    options: {
      digest: (purpose, data) =>
        createHash("sha256")
          .update(purpose + data)
          .digest("hex")
    }
  },
  {
    id: "ignores-the-purpose",
    sentence: "Ignores the purpose.",
    killedBy: "digest-differs",
    options: { digest: (_purpose, data) => createHmac("sha256", "key").update(data).digest("hex") }
  },
  {
    id: "answers-base64",
    sentence: "Answers base64.",
    killedBy: "digest-form",
    options: { digest: (purpose, data) => createHmac("sha256", "key").update(`${purpose}:${data}`).digest("base64") }
  },
  {
    id: "has-another-key-at-each-call",
    sentence: "Has another key at each call.",
    killedBy: "digest-equal",
    options: { digest: () => createHash("sha256").update(crypto.randomUUID()).digest("hex") }
  },
  {
    id: "loses-its-work-when-it-is-closed",
    sentence: "Loses its work when it is closed.",
    killedBy: "all-there-again",
    options: { survives: (state) => ({ ...state, work: new Map() }) }
  },
  {
    id: "unparks-rows-when-it-is-opened",
    sentence: "Unparks rows when it is opened.",
    killedBy: "all-there-again",
    options: {
      survives: (state) => {
        for (const id of state.observations.keys()) unfold(state, id)
        return state
      }
    }
  },
  {
    id: "writes-evidence-as-it-came",
    sentence: "Writes evidence as it came.",
    killedBy: "evidence-sealed",
    options: { files: (state) => `case-p ${encodeEvidence(state)}` }
  },
  {
    id: "writes-sealed-texts-as-they-came",
    sentence: "Writes sealed texts as they came.",
    killedBy: "texts-sealed",
    options: { files: (state) => `case-p ${[...state.sealed.values()].map((value) => value.text).join()}` }
  },
  {
    id: "shows-files-that-are-not-its-own",
    sentence: "Shows files that are not its own.",
    killedBy: "evidence-sealed",
    options: { files: () => "" }
  }
]
