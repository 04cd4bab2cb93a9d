import { impossible } from "../kernel/ControlError.ts"
import type { World } from "../kernel/World.ts"
import { acceptRequest } from "./acceptRequest.ts"
import type { Catalogue } from "./catalogue.ts"
import { BusinessError } from "./errors.ts"
import type { Notifier } from "./notify.ts"
import {
  type BankPayment,
  type MoneyMovement,
  moved,
  type Owner,
  type PaymentRequest,
  type Row,
  type Status
} from "./PaymentRequest.ts"
import type { ClientInfo, PaymentRequestInput } from "./readPaymentRequest.ts"
import type { Settings } from "./settings.ts"

/** What the provider side decides about a request. */
export interface Outcome {
  readonly status: Status
  readonly bank: string
  /** Only these rows; their codes. Default: all of them. */
  readonly positions?: ReadonlyArray<string>
  /** The sum that really moves, and that the receipt says; default: that of the rows. */
  readonly cents?: bigint
  /** In which the money moves, and which the receipt says; default: the request's. */
  readonly currency?: string
  /** Also where a final state would have to change. */
  readonly force?: boolean
}

/** Whom a supporting document is issued to. */
export type IssuedTo = Pick<ClientInfo, "name" | "code" | "address">

/** All payment requests of the simulator. */
export interface Requests {
  save(input: PaymentRequestInput, owner: Owner): PaymentRequest
  find(id: string): PaymentRequest | undefined
  /** For the caller behind a certificate. Throws BusinessError SIM-109 and SIM-110. */
  get(id: string, owner: Owner): PaymentRequest
  list(): ReadonlyArray<PaymentRequest>
  /** Applies an outcome; answers the ids of the notifications it caused. Throws ControlError 409. */
  settle(request: PaymentRequest, outcome: Outcome): Promise<ReadonlyArray<string>>
  /** A payer's refusal at the bank. */
  refuse(request: PaymentRequest, bank: string): Promise<void>
  /**
   * Issues a supporting document to whoever is named; answers the number of its row. Throws BusinessError SIM-112 for a
   * request that is not paid.
   */
  issueInvoice(request: PaymentRequest, payer: IssuedTo): number
  note(request: PaymentRequest, what: string): void
  reset(): void
}

const firstPayment = 2588
const firstInvoice = 12_127

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export const isGuid = (text: string): boolean => guid.test(text)

export const createRequests = (parts: {
  readonly world: World
  readonly settings: () => Settings
  readonly catalogue: Catalogue
  readonly notifier: Notifier
}): Requests => {
  const { catalogue, notifier, settings, world } = parts
  const requests = new Map<string, PaymentRequest>()
  // Numbers such as the guide's samples have.
  let lastPayment = firstPayment
  let lastInvoice = firstInvoice

  const note = (request: PaymentRequest, what: string): void => {
    request.history.push({ at: world.clock.now(), what })
  }
  const find = (id: string): PaymentRequest | undefined => requests.get(id.toLowerCase())

  const expire = async (request: PaymentRequest): Promise<void> => {
    // A reset in the meantime has made the request a stranger.
    if (request.status !== "P" || find(request.id) !== request) return
    request.status = "R"
    request.expired = true
    note(request, "expired")
    await notifier.statusChanged(request)
  }

  const move = (
    request: PaymentRequest,
    direction: "received" | "returned",
    cents: bigint,
    bank: string
  ): Pick<MoneyMovement, "cents" | "currency"> => {
    if (cents <= 0n) return { cents, currency: request.currency }
    const faults = world.faults.take("payment", { paymentId: request.id, direction, bank })
    const wrongAmount = faults.some((rule) => rule.kind === "wrong_amount")
    const currency = faults.some((rule) => rule.kind === "wrong_currency")
      ? "USD"
      : (request.paidCurrency ?? request.currency)
    const sum = wrongAmount ? cents - 1n : cents
    request.movements.push({ at: world.clock.now(), direction, cents: sum, currency, bank })
    return { cents: sum, currency }
  }

  const tried = (
    request: PaymentRequest,
    status: BankPayment["status"],
    sum: Pick<BankPayment, "cents" | "currency">
  ): void => {
    request.payments.push({ ...sum, status, externalId: String(++lastPayment), at: world.clock.now() })
  }

  const settle = async (request: PaymentRequest, outcome: Outcome): Promise<ReadonlyArray<string>> => {
    const { bank, force = false, positions, status } = outcome
    const before = request.status
    const isFinal = before === "E" || before === "R"
    if (isFinal && !force) throw impossible(`the request is final (${before}); repeat with "force": true`)
    const concerned = (row: Row): boolean => positions === undefined || positions.includes(row.position)
    const due = request.rows.filter(concerned).reduce((sum, row) => sum + row.amountCents, 0n)
    if (status === "E") {
      request.paidCents = outcome.cents
      request.paidCurrency = outcome.currency
      tried(request, "E", move(request, "received", outcome.cents ?? due, bank))
      request.paidAt = world.clock.now()
      request.paidBank = bank
    } else if (before === "E") {
      // Money that had been received is gone again.
      move(request, "returned", moved(request, "received") - moved(request, "returned"), bank)
      for (const payment of request.payments) {
        if (payment.status === "E") payment.status = status === "P" ? "O" : status
      }
    } else if (status !== "P") {
      tried(request, status, { cents: due, currency: request.currency })
    }
    request.rows = request.rows.map((row) => (concerned(row) ? { ...row, status, bank } : row))
    // A row's R is a refused attempt and ends the request only when no other row is left.
    if (status === "R" && !request.rows.every((row) => row.status === "R")) {
      note(request, `positions refused by ${bank}: ${(positions ?? []).join(", ")}`)
      return []
    }
    request.status = status
    request.expired = false
    note(request, `${before} to ${status} by ${bank}`)
    const silent = status === "P" || (status === "O" && !settings().notifyOnOther)
    return silent ? [] : notifier.statusChanged(request)
  }

  return {
    save: (input, owner) => {
      const request = acceptRequest(input, {
        id: world.random.uuid(),
        owner,
        now: world.clock.now(),
        settings: settings(),
        catalogue,
        parentExists: (id, wanted) => find(id)?.owner.fingerprint === wanted.fingerprint
      })
      requests.set(request.id, request)
      world.clock.schedule(request.expiresAt, () => expire(request))
      return request
    },
    find,
    get: (id, owner) => {
      const request = isGuid(id) ? find(id) : undefined
      if (request === undefined) throw new BusinessError("SIM-109")
      if (request.owner.fingerprint !== owner.fingerprint) throw new BusinessError("SIM-110")
      return request
    },
    list: () => [...requests.values()],
    settle,
    refuse: async (request, bank) => {
      if (settings().rejectEndsRequest) {
        await settle(request, { status: "R", bank })
        return
      }
      request.rows = request.rows.map((row) => ({ ...row, status: "R", bank }))
      tried(request, "R", { cents: request.totalCents, currency: request.currency })
      note(request, `refused at ${bank}; still payable`)
    },
    issueInvoice: (request, { address, code, name }) => {
      if (request.status !== "E") throw new BusinessError("SIM-112")
      const id = ++lastInvoice
      request.issued = { id, client: { address, code, name, email: undefined, firstName: undefined, phone: undefined } }
      note(request, "document issued")
      return id
    },
    note,
    reset: () => {
      requests.clear()
      lastPayment = firstPayment
      lastInvoice = firstInvoice
    }
  }
}
