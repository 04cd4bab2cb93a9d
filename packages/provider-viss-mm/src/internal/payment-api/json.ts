// JSON in which numbers keep their digits: sums of money must not become floats.
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { LosslessNumber } from "lossless-json"

import { MalformedMessage, type MalformedProblem } from "../MalformedMessage.ts"

/** A number as it was written. */
export interface JsonNumber {
  readonly _tag: "number"
  readonly digits: string
}

/** Members by their names in lower case: MM's guide spells them in several ways. */
export type JsonMembers = ReadonlyMap<string, JsonValue>

export type JsonValue = null | boolean | string | JsonNumber | ReadonlyArray<JsonValue> | JsonMembers

/** What can be written; a `LosslessNumber` goes out with the digits that it has. */
export type JsonInput =
  | string
  | boolean
  | LosslessNumber
  | undefined
  | ReadonlyArray<JsonInput>
  | { readonly [member: string]: JsonInput }

export interface Json {
  /** Reads one JSON text in UTF-8. A member that occurs twice, in whatever case, is refused. */
  readonly read: (body: Uint8Array) => Result.Result<JsonValue, MalformedMessage>
  readonly write: (value: JsonInput) => string
  /** A number with exactly these digits. */
  readonly number: (digits: string) => LosslessNumber
}

const malformed = (problem: MalformedProblem, message: string): MalformedMessage =>
  new MalformedMessage({ problem, message })

const maxDepth = 16
const maxValues = 200_000

const utf8 = new TextDecoder("utf-8", { fatal: true })

const decodeUtf8 = (body: Uint8Array): Result.Result<string, MalformedMessage> =>
  Result.try({
    try: () => utf8.decode(body),
    catch: () => malformed("not_utf8", "The answer is not UTF-8")
  })

type Fold = (value: unknown, depth: number) => Result.Result<JsonValue, MalformedMessage>

/** What the parser made, as values of ours. */
const makeFold = (isNumber: (value: unknown) => value is LosslessNumber): Fold => {
  let values = 0
  const fold: Fold = (value, depth) => {
    values++
    if (values > maxValues) {
      return Result.fail(malformed("too_many_nodes", `The answer has more than ${maxValues} values`))
    }
    if (depth > maxDepth)
      return Result.fail(malformed("too_deep", `The answer is nested deeper than ${maxDepth} levels`))
    if (value === null || typeof value === "boolean" || typeof value === "string") return Result.succeed(value)
    if (isNumber(value)) return Result.succeed({ _tag: "number", digits: value.value })
    if (Array.isArray(value)) return foldList(value, depth)
    return foldMembers(Object.entries(Object(value)), depth)
  }
  const foldList = (items: ReadonlyArray<unknown>, depth: number): Result.Result<JsonValue, MalformedMessage> => {
    const folded: Array<JsonValue> = []
    for (const item of items) {
      const read = fold(item, depth + 1)
      if (Result.isFailure(read)) return read
      folded.push(read.success)
    }
    return Result.succeed(folded)
  }
  const foldMembers = (
    entries: ReadonlyArray<readonly [string, unknown]>,
    depth: number
  ): Result.Result<JsonValue, MalformedMessage> => {
    const members = new Map<string, JsonValue>()
    for (const [name, value] of entries) {
      const key = name.toLowerCase()
      if (members.has(key)) return Result.fail(malformed("duplicate_element", "A member occurs twice"))
      const read = fold(value, depth + 1)
      if (Result.isFailure(read)) return read
      members.set(key, read.success)
    }
    return Result.succeed(members)
  }
  return fold
}

/** Loads the parser; not at module level, so that an application that starts without paying does not wait for it. */
export const makeJson: Effect.Effect<Json> = Effect.map(
  Effect.promise(() => import("lossless-json")),
  ({ isLosslessNumber, LosslessNumber, parse, stringify }) => ({
    read: (body) =>
      Result.flatMap(decodeUtf8(body), (text) =>
        Result.flatMap(
          Result.try({
            try: () =>
              parse(text, null, {
                parseNumber: (digits) => new LosslessNumber(digits),
                onDuplicateKey: () => {
                  // The parser offers no other way to stop it.
                  throw malformed("duplicate_element", "A member occurs twice")
                }
              }),
            // Its own messages hold what was read. Lists a hundred thousand deep end as a RangeError.
            catch: (cause) =>
              cause instanceof MalformedMessage ? cause : malformed("not_well_formed", "The answer is not JSON")
          }),
          (value) => makeFold(isLosslessNumber)(value, 0)
        )
      ),
    write: (value) => stringify(value) ?? "",
    number: (digits) => new LosslessNumber(digits)
  })
)
