import { parseDuration } from "../kernel/Clock.ts"
import type { World } from "../kernel/World.ts"
import type { Callbacks } from "./Callbacks.ts"
import { codes, type ResultCode } from "./Codes.ts"
import type { RedirectData } from "./MessageBody.ts"
import type { PaymentBook } from "./PaymentBook.ts"
import type { Movement, Operation, PaymentRecord } from "./PaymentRecord.ts"
import type { FindProject } from "./Project.ts"
import { createRedirects } from "./Redirects.ts"
import { defaultSettings, type ProjectSettings } from "./ProjectSettings.ts"
import { isOpen, isSaleStatus, isUndecided, mayGoToBank, type PaymentStatus } from "./Statuses.ts"

/** Ids of the callbacks that an event caused. */
export type Sent = ReadonlyArray<string>

/** What can happen to a registered payment, each with the callbacks that the documents promise. */
export interface Lifecycle {
  settingsOf(record: PaymentRecord): ProjectSettings
  /** Starts the deadline: `best_before` makes the payment `expired`, abandonment without one a decline. */
  watch(record: PaymentRecord): void
  /** The payer may go to the bank; Gate's merchants are told where (Payment Page sends the payer itself). */
  sendAway(record: PaymentRecord): Promise<Sent>
  /** The platform tries another provider: the payer is to go to a new address, the old one is void. */
  cascade(record: PaymentRecord): Promise<Sent>
  /** Consent or data are asked for (`record.clarification`); without an answer in time the payment is declined. */
  awaitClarification(record: PaymentRecord): Promise<Sent>
  /** Nothing is missing: the payer is sent away. */
  goOn(record: PaymentRecord): Promise<Sent>
  redirectOf(record: PaymentRecord): RedirectData | undefined
  /** The payer confirmed at the bank. Nothing happens to a payment that no longer waits for that. */
  bankConfirmed(record: PaymentRecord): Promise<Sent>
  /** The payer or the bank said no: a decline, unless the page lets the payer try again. */
  bankRefused(record: PaymentRecord): Promise<Sent>
  /** The payer tries again, at this bank: a new operation `sale`. Answers nothing and does nothing at other times. */
  tryAgain(record: PaymentRecord, bankId: number): Promise<Sent>
  /** Ends a payment that still waits for a decision. */
  decline(record: PaymentRecord, reason: ResultCode): Promise<Sent>
  expire(record: PaymentRecord): Promise<Sent>
  /** The provider confirmed that the payee has the money. */
  fundsArrived(record: PaymentRecord): Promise<Sent>
  /** The provider said that the money did not arrive, or the waiting time passed. */
  fundsMissing(record: PaymentRecord, reason?: ResultCode): Promise<Sent>
  /** The money goes back to the payer by an operation `reversal`. */
  reverse(record: PaymentRecord): Promise<Sent>
  /** Any status by order of somebody at the control API; money follows the status. */
  impose(record: PaymentRecord, status: PaymentStatus, reason?: ResultCode): Promise<Sent>
  /** The payment's status changes without an end: `external processing` and the like. */
  hold(record: PaymentRecord, status: PaymentStatus): Promise<Sent>
}

/** Whether the payee has the money. */
const hasMoney = (record: PaymentRecord): boolean => record.movements.at(-1)?.direction === "received"

/** Ends that leave the payee without money, besides `decline` and `reversed`. */
const moneyless: ReadonlySet<PaymentStatus> = new Set(["refunded", "canceled", "expired", "error"])

export const createLifecycle = (parts: {
  readonly world: World
  readonly book: PaymentBook
  readonly callbacks: Callbacks
  readonly findProject: FindProject
}): Lifecycle => {
  const { book, callbacks, findProject, world } = parts
  const redirects = createRedirects(world, findProject)
  const deadlines = new WeakMap<PaymentRecord, () => void>()

  const settingsOf = (record: PaymentRecord): ProjectSettings =>
    findProject(record.request.projectId)?.settings ?? defaultSettings

  const stopWatching = (record: PaymentRecord): void => deadlines.get(record)?.()

  const watchUntil = (record: PaymentRecord, at: number, job: () => Promise<unknown>): void => {
    stopWatching(record)
    const cancel = world.clock.schedule(at, async () => {
      await job()
    })
    deadlines.set(record, cancel)
  }

  const setStatus = (record: PaymentRecord, status: PaymentStatus): void => {
    record.status = status
    record.at = world.clock.now()
  }

  const finish = (operation: Operation, status: string, result: ResultCode): void => {
    operation.status = status
    operation.result = result
    operation.at = world.clock.now()
  }

  const move = (record: PaymentRecord, direction: Movement["direction"], amountMinor: bigint): void => {
    record.movements.push({ at: world.clock.now(), direction, amountMinor })
  }

  const giveBack = (record: PaymentRecord): void => {
    if (hasMoney(record)) move(record, "returned", record.movements.at(-1)?.amountMinor ?? 0n)
  }

  /** The last one: each attempt on Payment Page has its own. */
  const saleOf = (record: PaymentRecord): Operation =>
    record.operations.findLast(({ type }) => type === "sale") ?? book.addOperation(record, "sale")

  const confirmationOf = (record: PaymentRecord): Operation =>
    record.operations.find((operation) => operation.type === "payment confirmation") ??
    book.addOperation(record, "payment confirmation")

  const paid = async (record: PaymentRecord, operation: Operation): Promise<Sent> => {
    stopWatching(record)
    finish(operation, "success", codes.success)
    setStatus(record, "success")
    record.sumMinor = record.amountMinor
    if (!hasMoney(record)) move(record, "received", record.amountMinor)
    return callbacks.send(record, operation)
  }

  const declineBy = async (record: PaymentRecord, operation: Operation, reason: ResultCode): Promise<Sent> => {
    stopWatching(record)
    finish(operation, "decline", reason)
    setStatus(record, "decline")
    // A success may turn out to be none ("and the other way round", method page, same section as late money).
    giveBack(record)
    return callbacks.send(record, operation)
  }

  const reverse = async (record: PaymentRecord): Promise<Sent> => {
    const reversal = book.addOperation(record, "reversal")
    finish(reversal, "success", codes.success)
    // After a reversal `payment.sum` is what is left (ecommpay, "Refund"); the returned sum is in the operation.
    record.sumMinor = 0n
    setStatus(record, "reversed")
    giveBack(record)
    return callbacks.send(record, reversal)
  }

  const fundsMissing = async (record: PaymentRecord, reason: ResultCode = codes.notCredited): Promise<Sent> => {
    stopWatching(record)
    const confirmation = confirmationOf(record)
    const { confirmation: mode, reversalNoticeStatus } = settingsOf(record)
    if (mode !== "reversal") return declineBy(record, confirmation, reason)
    finish(confirmation, "decline", reason)
    setStatus(record, reversalNoticeStatus)
    // Both changes happen at once; only their notices follow one another.
    const [notice, end] = await Promise.all([callbacks.send(record, confirmation), reverse(record)])
    return [...notice, ...end]
  }

  const awaitConfirmation = async (record: PaymentRecord): Promise<Sent> => {
    const sale = saleOf(record)
    const { confirmationDelay, confirmationNotices } = settingsOf(record)
    finish(sale, "success", codes.success)
    const confirmation = confirmationOf(record)
    finish(confirmation, "processing", codes.awaitingProcessing)
    setStatus(record, "awaiting confirmation")
    // By order it is promised again after it was reversed: the whole sum.
    record.sumMinor = record.amountMinor
    watchUntil(record, world.clock.now() + parseDuration(confirmationDelay), () => fundsMissing(record))
    const [aboutSale, aboutConfirmation] = await Promise.all([
      confirmationNotices === "confirmation" ? [] : callbacks.send(record, sale),
      confirmationNotices === "sale" ? [] : callbacks.send(record, confirmation)
    ])
    return [...aboutSale, ...aboutConfirmation]
  }

  const expire = async (record: PaymentRecord): Promise<Sent> => {
    if (!isOpen(record.status)) return []
    stopWatching(record)
    finish(saleOf(record), "expired", codes.timeOut)
    setStatus(record, "expired")
    return callbacks.send(record, saleOf(record))
  }

  const decline = async (record: PaymentRecord, reason: ResultCode): Promise<Sent> => {
    return isUndecided(record.status) ? declineBy(record, saleOf(record), reason) : []
  }

  /** Unless something happens the payment is declined then, or expires if its own time is over before. */
  const endAt = (record: PaymentRecord, at: number, reason: ResultCode): void => {
    const { bestBefore = Infinity } = record.request
    if (bestBefore <= at) watchUntil(record, bestBefore, () => expire(record))
    else watchUntil(record, at, () => decline(record, reason))
  }

  const bankRefused = async (record: PaymentRecord): Promise<Sent> => {
    const { pageAttempts, pageAttemptsTime } = settingsOf(record)
    const now = world.clock.now()
    const before = record.attempts ?? { made: 0, until: now + parseDuration(pageAttemptsTime) }
    const attempts = { ...before, made: before.made + 1 }
    const isOver = attempts.made >= pageAttempts || attempts.until <= now
    if (record.request.channel === "gate" || isOver || !isUndecided(record.status)) {
      return decline(record, codes.canceledByOwner)
    }
    record.attempts = attempts
    const sale = saleOf(record)
    finish(sale, "decline", codes.canceledByOwner)
    setStatus(record, "awaiting customer")
    // The last attempt says why.
    endAt(record, attempts.until, sale.result)
    return callbacks.send(record, sale)
  }

  const hold = async (record: PaymentRecord, status: PaymentStatus): Promise<Sent> => {
    const sale = saleOf(record)
    if (isSaleStatus(status)) finish(sale, status, codes.awaitingProcessing)
    setStatus(record, status)
    return callbacks.send(record, sale, redirects.of(record))
  }

  const sendAway = async (record: PaymentRecord): Promise<Sent> => {
    if (record.status !== "processing") return []
    redirects.give(record)
    const sale = saleOf(record)
    finish(sale, "awaiting redirect result", codes.awaitingProcessing)
    setStatus(record, "awaiting redirect result")
    return record.request.channel === "gate" ? callbacks.send(record, sale, redirects.of(record)) : []
  }

  const watch = (record: PaymentRecord): void => {
    const { bestBefore } = record.request
    if (bestBefore !== undefined) {
      watchUntil(record, bestBefore, () => expire(record))
      return
    }
    const abandoned = world.clock.now() + parseDuration(settingsOf(record).abandonedAfter)
    watchUntil(record, abandoned, () => decline(record, codes.timeOut))
  }

  const awaitClarification = async (record: PaymentRecord): Promise<Sent> => {
    const { channel } = record.request
    endAt(record, world.clock.now() + parseDuration(settingsOf(record).clarificationTime), codes.timeOut)
    const sale = saleOf(record)
    finish(sale, "awaiting clarification", codes.awaitingProcessing)
    setStatus(record, "awaiting clarification")
    return channel === "gate" ? callbacks.send(record, sale) : []
  }

  return {
    settingsOf,
    redirectOf: (record) => redirects.of(record),
    sendAway,
    cascade: async (record) => {
      if (record.status !== "awaiting redirect result") return []
      redirects.give(record)
      return hold(record, "awaiting redirect result")
    },
    watch,
    awaitClarification,
    goOn: async (record) => {
      if (record.status === "awaiting clarification") watch(record)
      setStatus(record, "processing")
      return sendAway(record)
    },
    reverse,
    fundsMissing,
    expire,
    bankRefused,
    decline,
    tryAgain: async (record, bankId) => {
      if (record.status !== "awaiting customer") return []
      record.bankId = bankId
      book.addOperation(record, "sale", book.nextRequestId())
      watch(record)
      setStatus(record, "processing")
      return sendAway(record)
    },
    hold,
    bankConfirmed: async (record) => {
      if (!mayGoToBank(record.status) && record.status !== "external processing") return []
      return settingsOf(record).confirmation === "off" ? paid(record, saleOf(record)) : awaitConfirmation(record)
    },
    fundsArrived: (record) => paid(record, confirmationOf(record)),
    impose: async (record, status, reason = codes.generalDecline) => {
      const sale = saleOf(record)
      if (status === "success") return paid(record, sale)
      if (status === "reversed") return reverse(record)
      if (status === "decline") return declineBy(record, sale, reason)
      if (status === "awaiting confirmation") return awaitConfirmation(record)
      stopWatching(record)
      if (status === "refunded") record.sumMinor = 0n
      if (moneyless.has(status)) giveBack(record)
      return hold(record, status)
    }
  }
}
