// Messages that somebody without the key can make out of signed ones, and whether any of them proves what nobody signed.
import type { Observed } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Logger from "effect/Logger"
import * as Result from "effect/Result"
import { assert } from "vitest"
import { canonicalize, verify } from "../../src/signature.ts"
import type { SignableObject } from "../../src/signature.ts"
import { inbound } from "../support/agency.ts"
import { makeRecorded, secret } from "../support/recordingTransport.ts"
import { cutter } from "./cutter.ts"
import { callbacks, type Genuine, pageCalls } from "./genuine.ts"
import { seeded } from "./seeded.ts"
import { isRecord, swapTypes } from "./swapTypes.ts"

export const attacks = [
  "a page's text cut anew",
  "a callback's text cut anew",
  "bits flipped",
  "types swapped"
] as const
export type Attack = (typeof attacks)[number]

export interface Tally {
  readonly messages: number
  /** Whose signature is right all the same. */
  readonly fitting: number
  /** Of those, the ones that prove what the genuine message does, no more and no less. */
  readonly unchanged: number
}

/** A message that proves what its signer did not say. */
export interface Finding {
  readonly attack: Attack
  readonly seed: number
  readonly message: string
}

export interface Report {
  readonly tallies: ReadonlyMap<Attack, Tally>
  readonly findings: ReadonlyArray<Finding>
}

/** A warning for each message that is not understood would be half a million of them. */
const silence = Logger.layer([])

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const json = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) => (typeof member === "bigint" ? `${member}n` : member))

const withSignature = (body: SignableObject, { signature }: Genuine, isInGeneral: boolean): Uint8Array => {
  const general = isInGeneral ? body["general"] : undefined
  const place = isRecord(general) ? { general: { ...general, signature } } : { signature }
  return bytes(JSON.stringify({ ...body, ...place }))
}

/** With one to three different bits flipped: the same one twice would give the genuine message. */
const flipped = (raw: Uint8Array, random: () => number): Uint8Array => {
  const changed = Uint8Array.from(raw)
  const wanted = 1 + Math.floor(random() * 3)
  const bits = new Set<number>()
  while (bits.size < wanted) bits.add(Math.floor(random() * raw.length * 8))
  for (const bit of bits) changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return changed
}

const signedText = (body: SignableObject): string | undefined =>
  Result.getOrUndefined(Result.try({ try: () => canonicalize(body), catch: () => "cannot be signed" }))

/** Prepares the genuine messages; `run` makes `count` forgeries of a seed and gives what became of them. */
export const forger = async (): Promise<{ run(seed: number, count: number): Report }> => {
  const { adapter } = makeRecorded(() => assert.fail("a message causes no call"), { flow: "payment_page" })
  const proves = (raw: Uint8Array): ReadonlyArray<Observed> => {
    const result = Effect.runSync(Effect.provide(Effect.result(adapter.webhook(inbound(raw))), silence))
    return Result.isFailure(result) ? [] : result.success.observations.filter(({ trust }) => trust === "proven")
  }
  const pages = await pageCalls()
  const facts = new Map(callbacks.map((one) => [one, json(proves(withSignature(one.body, one, false)))]))
  for (const [{ name }, text] of facts) assert.notStrictEqual(text, "[]", `the genuine message proves: ${name}`)

  const forgery = (attack: Attack, genuine: Genuine, random: () => number): Uint8Array | undefined => {
    if (attack === "bits flipped") return flipped(withSignature(genuine.body, genuine, random() < 0.3), random)
    if (attack === "types swapped") {
      return withSignature(swapTypes(genuine.body, random), genuine, random() < 0.3)
    }
    const canonical = canonicalize(genuine.body)
    const body = cutter(genuine.body, random)()
    return body === undefined || signedText(body) !== canonical ? undefined : withSignature(body, genuine, false)
  }

  const run = (seed: number, count: number): Report => {
    const random = seeded(seed)
    const tallies = new Map<Attack, Tally>()
    const findings: Array<Finding> = []
    let made = 0
    while (made < count) {
      const attack = attacks[made % attacks.length] ?? attacks[0]
      const targets = attack === "a page's text cut anew" ? pages : callbacks
      const genuine = targets[Math.floor(random() * targets.length)]
      const raw = genuine === undefined ? undefined : forgery(attack, genuine, random)
      // A cut that does not fit the signature is no attack: cut again.
      if (genuine === undefined || raw === undefined) continue
      made += 1
      const tally = tallies.get(attack) ?? { messages: 0, fitting: 0, unchanged: 0 }
      const isFitting = verify(raw, [secret])
      const proven = proves(raw)
      const isUnchanged = proven.length > 0 && json(proven) === facts.get(genuine)
      if (proven.length > 0 && !isUnchanged) findings.push({ attack, seed, message: new TextDecoder().decode(raw) })
      tallies.set(attack, {
        messages: tally.messages + 1,
        fitting: tally.fitting + (isFitting ? 1 : 0),
        unchanged: tally.unchanged + (isUnchanged ? 1 : 0)
      })
    }
    return { tallies, findings }
  }
  return { run }
}
