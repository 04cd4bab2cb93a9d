import type { World } from "../../kernel/World.ts"
import type { BusinessError } from "../errors.ts"
import type { Owner, PortalOrigin } from "../PaymentRequest.ts"
import { IvisError } from "./names.ts"

/** One message that was submitted, and what the payment module made of it. */
export interface Submission {
  readonly origin: PortalOrigin
  readonly outcome: { readonly paymentRequestId: string } | { readonly refusal: BusinessError }
}

interface Transaction {
  readonly owner: Owner
  hasEnded: boolean
  readonly submissions: Array<Submission>
}

/** Transactions and messages of the Request Service. Each belongs to the certificate that opened it. */
export interface Transactions {
  /** Answers the transaction's URN. */
  start(eServiceId: string, owner: Owner): string
  /** Throws IvisError 5. */
  end(transactionId: string, owner: Owner): void
  /** Throws IvisError 5, 3 for a CorrelationID that is no message of the transaction. */
  check(transactionId: string, correlationId: string | undefined, owner: Owner): void
  add(submission: Submission): void
  /** The newest submission of that MessageID. Throws IvisError 7. */
  find(messageId: string, owner: Owner): Submission
}

export const createTransactions = (world: World): Transactions => {
  const transactions = new Map<string, Transaction>()
  world.onReset(() => transactions.clear())

  const open = (transactionId: string, owner: Owner): Transaction => {
    const found = transactions.get(transactionId)
    if (found === undefined || found.hasEnded || found.owner.fingerprint !== owner.fingerprint) throw new IvisError(5)
    return found
  }

  return {
    start: (eServiceId, owner) => {
      const id = `${eServiceId}-TR-${world.random.digits(9)}`
      transactions.set(id, { owner, hasEnded: false, submissions: [] })
      return id
    },
    end: (transactionId, owner) => {
      open(transactionId, owner).hasEnded = true
    },
    check: (transactionId, correlationId, owner) => {
      const { submissions } = open(transactionId, owner)
      const isKnown =
        correlationId === undefined || submissions.some(({ origin }) => origin.messageId === correlationId)
      if (!isKnown) throw new IvisError(3)
    },
    add: (submission) => {
      transactions.get(submission.origin.transactionId)?.submissions.push(submission)
    },
    find: (messageId, owner) => {
      const own = [...transactions.values()].filter((one) => one.owner.fingerprint === owner.fingerprint)
      const found = own
        .flatMap(({ submissions }) => submissions)
        .findLast(({ origin }) => origin.messageId === messageId)
      if (found === undefined) throw new IvisError(7)
      return found
    }
  }
}
