import * as Schema from "effect/Schema"

const id = (prefix: string) => Schema.String.check(Schema.isPattern(new RegExp(`^${prefix}_[0-9a-hjkmnp-tv-z]{26}$`)))

/** Our id of a payment; exists before any I/O. Lower case only, because some providers compare ids without case. */
export const PaymentId = id("pay").pipe(Schema.brand("PaymentId"))
export type PaymentId = typeof PaymentId.Type

/** Our id of one try to collect a payment. */
export const AttemptId = id("att").pipe(Schema.brand("AttemptId"))
export type AttemptId = typeof AttemptId.Type

export const RepaymentId = id("rep").pipe(Schema.brand("RepaymentId"))
export type RepaymentId = typeof RepaymentId.Type
export const isRepaymentId: (id: unknown) => id is RepaymentId = Schema.is(RepaymentId)

/** Name of a configured provider instance: what routes, records and logs call it. */
export const InstanceName: Schema.String = Schema.String.check(Schema.isPattern(/^[a-z0-9]+(?:-[a-z0-9]+)*$/))
export type InstanceName = string

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

const characters = (value: bigint, length: number): string => {
  let text = ""
  for (let rest = value, i = 0; i < length; i++, rest >>= 5n) text = alphabet[Number(rest & 31n)] + text
  return text
}

/** Unpredictable bytes, as many as asked for. */
export type Entropy = (size: number) => Uint8Array

export type IdPrefix = "pay" | "att" | "rep" | "obs" | "evt" | "doc"

/** `prefix_` and 26 characters: 48 bits of time, so that ids sort by age, and 80 random bits. */
export type NewId = (prefix: IdPrefix, epochMillis: number) => string

const randomSize = 10

/** Makes ids from another source of entropy: for simulations, whose ids must be the same in each run. */
export const makeNewId =
  (entropy: Entropy): NewId =>
  (prefix, epochMillis) => {
    let random = 0n
    for (const byte of entropy(randomSize)) random = (random << 8n) | BigInt(byte)
    return `${prefix}_${characters(BigInt(epochMillis), 10)}${characters(random, 16)}`
  }

// One call for many ids: asking the system for ten bytes costs as much as asking for thousands.
const pool = new Uint8Array(256 * randomSize)
let used = pool.length

const randomBytes: Entropy = (size) => {
  if (used + size > pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  used += size
  return pool.subarray(used - size, used)
}

export const newId: NewId = makeNewId(randomBytes)
