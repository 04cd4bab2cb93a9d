import { randomBytes } from "node:crypto"
import type { Signer } from "./signing.ts"

/** What a form was issued for. The same ticket submitted twice is one payment. */
export interface Ticket {
  /** The case number that the payment will have. */
  readonly reference: string
  /** Makes repeats of this very form recognisable; core's idempotency key. */
  readonly nonce: string
  /** Epoch milliseconds; the deadline counts from here, so that a repeat asks for the very same. */
  readonly issuedAt: number
}

export interface FormTickets {
  issue(visitor: string, reference: string): string
  /** `undefined`: not ours, not this visitor's, or older than a day. */
  read(visitor: string, text: string): Ticket | undefined
}

const validMillis = 86_400_000

export const createFormTickets = (signer: Signer, now: () => number): FormTickets => ({
  issue: (visitor, reference) =>
    signer.sign([visitor, reference, randomBytes(16).toString("base64url"), String(now())].join("~")),
  read: (visitor, text) => {
    const [owner, reference, nonce, issued] = signer.read(text)?.split("~") ?? []
    if (owner !== visitor || reference === undefined || nonce === undefined) return undefined
    const issuedAt = Number(issued)
    return now() - issuedAt > validMillis ? undefined : { reference, nonce, issuedAt }
  }
})

// Without letters and digits that people confuse (Crockford's alphabet).
const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

/** A new case number, such as `BA-7F3K-2QXW`: 40 random bits; the owner is checked besides. */
export const newReference = (prefix: string): string => {
  const letters = [...randomBytes(8)].map((byte) => alphabet[byte % 32]).join("")
  return `${prefix}-${letters.slice(0, 4)}-${letters.slice(4)}`
}
