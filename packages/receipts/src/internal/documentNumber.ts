import { yearIn } from "./format.ts"

/**
 * `MA-2026-XXXX-XXXX-XXXX`: the year in which the payment was opened and the last 60 of the 80 random bits of its id, so
 * that the number is always the same for one payment and two payments of an agency never share one.
 */
export const documentNumber = (paymentId: string, createdAt: number): string => {
  const tail = paymentId.slice(-12).toUpperCase()
  return ["MA", yearIn(createdAt), tail.slice(0, 4), tail.slice(4, 8), tail.slice(8)].join("-")
}
