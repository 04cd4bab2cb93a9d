import * as DateTime from "effect/DateTime"

const shape = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:Z|([+-]\d\d):?(\d\d)?)$/

/** Epoch milliseconds of `2020-03-20T14:22:06+0000`, also with a colon, without minutes, or `Z`; no zone is no time. */
export const fromWireDate = (text: string): number | undefined => {
  const match = shape.exec(text)
  if (match === null) return undefined
  const [, local = "", hours = "+00", minutes = "00"] = match
  const at = Date.parse(`${local}${hours}:${minutes}`)
  return Number.isNaN(at) ? undefined : at
}

/** `YYYY-MM-DDThh:mm:ss+00:00`, rounded down to whole seconds: the offset is mandatory in `best_before`. */
export const toWireDate = (epochMillis: number): string =>
  `${DateTime.formatIso(DateTime.makeUnsafe(epochMillis)).slice(0, 19)}+00:00`

/**
 * The time of what a successful `create` itself says: before anything that ecommpay can have to say about it. Its times are
 * whole seconds, and its first notice may overtake the answer, so that this stands just before the second of our intent.
 */
export const beforeAllNotices = (createdAt: number): number => Math.floor(createdAt / 1000) * 1000 - 1

/** Milliseconds of what happens around an answer to a question, within the platform's whole seconds. */
export const questionMillis = 60
const answerMillis = 50

/**
 * The time of an answer that the platform has taken, by our clock, because the acceptance has none: before whatever it says
 * in that second, so that a further question or the redirect which follows is not taken back.
 */
export const afterQuestion = (now: number): number => Math.floor(now / 1000) * 1000 + answerMillis
