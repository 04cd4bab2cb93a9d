import { Conflict, NotReady, type Payment, PaymentError } from "@maksa/core"

/** The payment is not, or not yet, proven to be paid. */
export const notReady = (payment: Payment, why: string): PaymentError =>
  new PaymentError({
    instance: payment.provider,
    operation: "receipt",
    paymentId: payment.id,
    reason: new NotReady({ message: `No confirmation: ${why}` })
  })

/** The agency does not hold the money any more. */
export const moneyReturned = (payment: Payment): PaymentError =>
  new PaymentError({
    instance: payment.provider,
    operation: "receipt",
    paymentId: payment.id,
    reason: new Conflict({
      message:
        "No confirmation: the money was returned; confirmations issued earlier are superseded and no longer valid."
    })
  })
