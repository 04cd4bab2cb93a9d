import { parseDuration } from "../../kernel/Clock.ts"
import { impossible } from "../../kernel/ControlError.ts"
import type { World } from "../../kernel/World.ts"
import type { Callbacks } from "../Callbacks.ts"
import { codes, type ResultCode } from "../Codes.ts"
import type { Sent } from "../Lifecycle.ts"
import { takeAmount, type OutcomeOrder } from "../outcome.ts"
import type { PaymentBook } from "../PaymentBook.ts"
import type { Movement, Operation, PaymentRecord } from "../PaymentRecord.ts"
import type { FindProject } from "../Project.ts"
import { defaultSettings } from "../ProjectSettings.ts"
import type { PaymentStatus } from "../Statuses.ts"
import type { PayeeVerification } from "./PayeeVerification.ts"

/** What can happen to an accepted payout, with the callbacks about it. */
export interface Payouts {
  /** Verification of Payee, then the balance, then the bank. */
  begin(record: PaymentRecord): Promise<Sent>
  /** By order of the control API. Throws `ControlError` 409 for what cannot be. */
  decide(record: PaymentRecord, order: OutcomeOrder): Promise<Sent>
}

const hour = 3_600_000

/**
 * What may follow what (developers.ecommpay.com, "Payouts": a successful payout may be reversed when crediting fails).
 * Everything else needs `"force": true`.
 */
const transitions: { readonly [Status in PaymentStatus]?: ReadonlyArray<PaymentStatus> } = {
  processing: ["success", "decline", "awaiting retry"],
  "awaiting retry": ["processing", "success", "decline"],
  success: ["reversed"]
}

/** Refusals that an automatic retry may overcome. */
const temporary: ReadonlySet<string> = new Set([
  codes.payeeNotVerified.code,
  codes.lowBalance.code,
  codes.lowMerchantBalance.code,
  codes.lowAcquirerBalance.code
])

/** Ends by force that leave the payee without money, besides `decline` and `reversed`. */
const moneyless: ReadonlySet<PaymentStatus> = new Set(["error", "canceled", "expired", "refunded"])

const lowBalance = { "3028": codes.lowMerchantBalance, "504": codes.lowBalance, "20504": codes.lowAcquirerBalance }

/** Whether the payee has the money. */
const isPaidOut = (record: PaymentRecord): boolean => record.movements.at(-1)?.direction === "paid_out"

export const createPayouts = (parts: {
  readonly world: World
  readonly book: PaymentBook
  readonly callbacks: Callbacks
  readonly findProject: FindProject
  readonly verification: PayeeVerification
}): Payouts => {
  const { book, callbacks, findProject, verification, world } = parts
  const waiting = new WeakMap<PaymentRecord, () => void>()
  /** What a payout has taken from the balance and not given back. */
  const taken = new WeakMap<PaymentRecord, bigint>()

  const settingsOf = ({ request }: PaymentRecord) =>
    (findProject(request.projectId)?.settings ?? defaultSettings).payouts

  const wait = (record: PaymentRecord, millis: number, job: () => Promise<unknown>): void => {
    waiting.get(record)?.()
    const run = async () => {
      await job()
    }
    waiting.set(record, world.clock.schedule(world.clock.now() + millis, run))
  }

  /** @param isForced the balance may become less than nothing. */
  const take = (record: PaymentRecord, isForced: boolean): boolean => {
    const project = findProject(record.request.projectId)
    if (project === undefined) return false
    if (taken.has(record)) return true
    const left = project.settings.balanceMinor - Number(record.amountMinor)
    if (left < 0 && !isForced) return false
    project.settings = { ...project.settings, balanceMinor: left }
    taken.set(record, record.amountMinor)
    return true
  }

  const giveBack = (record: PaymentRecord): void => {
    const project = findProject(record.request.projectId)
    const amountMinor = taken.get(record)
    if (project === undefined || amountMinor === undefined) return
    project.settings = { ...project.settings, balanceMinor: project.settings.balanceMinor + Number(amountMinor) }
    taken.delete(record)
  }

  const move = (record: PaymentRecord, direction: Movement["direction"], amountMinor: bigint): void => {
    record.movements.push({ at: world.clock.now(), direction, amountMinor })
  }

  const payoutOf = (record: PaymentRecord): Operation => record.first ?? book.addOperation(record, "payout")

  const change = (record: PaymentRecord, status: PaymentStatus, operation: Operation, result: ResultCode): void => {
    const now = world.clock.now()
    record.status = status
    record.at = now
    Object.assign(operation, { status, result, at: now })
  }

  /** @param status `success`, or the end of a payout of less than was asked. */
  const payOut = async (record: PaymentRecord, status: PaymentStatus = "success"): Promise<Sent> => {
    waiting.get(record)?.()
    // The sum may have been changed by order since it was taken.
    giveBack(record)
    take(record, true)
    change(record, status, payoutOf(record), codes.success)
    payoutOf(record).status = "success"
    record.sumMinor = record.amountMinor
    if (!isPaidOut(record)) move(record, "paid_out", record.amountMinor)
    return callbacks.send(record, payoutOf(record))
  }

  const comeBack = (record: PaymentRecord): void => {
    if (isPaidOut(record)) move(record, "came_back", record.movements.at(-1)?.amountMinor ?? 0n)
    giveBack(record)
  }

  const decline = async (record: PaymentRecord, reason: ResultCode): Promise<Sent> => {
    waiting.get(record)?.()
    change(record, "decline", payoutOf(record), reason)
    comeBack(record)
    return callbacks.send(record, payoutOf(record))
  }

  const reverse = async (record: PaymentRecord): Promise<Sent> => {
    waiting.get(record)?.()
    const reversal = book.addOperation(record, "payout reversal")
    change(record, "reversed", reversal, codes.success)
    reversal.status = "success"
    record.sumMinor = 0n
    comeBack(record)
    return callbacks.send(record, reversal)
  }

  const obstacle = (record: PaymentRecord): ResultCode | undefined => {
    const settings = settingsOf(record)
    return (
      verification.refusal(record.request, settings) ??
      (take(record, false) ? undefined : lowBalance[settings.lowBalanceCode])
    )
  }

  /** @param made attempts before this one. */
  const attempt = async (record: PaymentRecord, made: number): Promise<Sent> => {
    const settings = settingsOf(record)
    const reason = obstacle(record)
    if (reason === undefined) {
      change(record, "processing", payoutOf(record), codes.awaitingProcessing)
      wait(record, parseDuration(settings.duration), () => payOut(record))
      return []
    }
    if (!temporary.has(reason.code) || made >= settings.retries) return decline(record, reason)
    change(record, "awaiting retry", payoutOf(record), reason)
    wait(record, hour, () => attempt(record, made + 1))
    // Attempts in between are not told (developers.ecommpay.com, "Payouts": automatic retries).
    return made === 0 ? callbacks.send(record, payoutOf(record)) : []
  }

  const hold = async (record: PaymentRecord, status: PaymentStatus, reason: ResultCode): Promise<Sent> => {
    waiting.get(record)?.()
    change(record, status, payoutOf(record), reason)
    if (moneyless.has(status)) comeBack(record)
    if (status === "awaiting retry") wait(record, hour, () => attempt(record, 1))
    return callbacks.send(record, payoutOf(record))
  }

  return {
    begin: (record) => attempt(record, 0),
    decide: async (record, order) => {
      const { confirmation, isForced, reason, status } = order
      if (confirmation !== undefined || status === undefined) throw impossible("payouts are not confirmed")
      const isPossible = transitions[record.status]?.includes(status) ?? false
      if (!isPossible && !isForced) throw impossible(`it cannot become "${status}"; the payout is "${record.status}"`)
      takeAmount(record, order)
      if (status === "success" || status === "partially paid out") return payOut(record, status)
      if (status === "decline") return decline(record, reason ?? codes.generalDecline)
      if (status === "reversed") return reverse(record)
      return hold(record, status, reason ?? codes.awaitingProcessing)
    }
  }
}
