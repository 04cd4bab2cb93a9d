import { isGuid } from "../../src/internal/wire.ts"
import { observeSaved, observeStatus } from "../../src/internal/mapping.ts"
import type { Saved, StatusAnswer } from "../../src/internal/service.ts"
import * as Result from "effect/Result"

/** What a parser is given and must bear. `read` answers whether it accepted; anything that it throws is a finding. */
export interface Target {
  readonly name: string
  readonly corpus: readonly [Buffer, ...ReadonlyArray<Buffer>]
  /** How often, among the others. */
  readonly weight: number
  readonly read: (input: Buffer) => boolean
}

/** Something was accepted that must not be, or is not what it seems. */
export class Broken extends Error {}

export const must = (isTrue: boolean, what: string): void => {
  if (!isTrue) throw new Broken(what)
}

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"])

export const mustBeSafe = (url: string): void => {
  const { hostname, protocol, username } = new URL(url)
  must(username === "" && (protocol === "https:" || (protocol === "http:" && loopback.has(hostname))), "an unsafe link")
}

export const mustBeSaved = (saved: Saved): boolean => {
  const observed = observeSaved(saved, { language: "lv" }, "sandbox")
  if (Result.isFailure(observed)) return false
  for (const { providerReference, says } of observed.success) {
    must(providerReference !== undefined && isGuid(providerReference), "a reference that is no GUID")
    if (says._tag === "action_needed" && says.action._tag === "redirect") mustBeSafe(says.action.url)
  }
  return true
}

export const mustBeStatus = (answer: StatusAnswer): boolean => {
  const [observed] = observeStatus(answer, { now: 1, expiresAt: 2 })
  const known = observed?.says._tag !== "unknown_word"
  must(known === ["P", "E", "R"].includes(answer.word), "a word that was guessed")
  return true
}
