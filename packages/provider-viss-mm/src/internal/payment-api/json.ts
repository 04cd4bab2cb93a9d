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

/**
 * Whether lists and objects are nested deeper than allowed. Looked at before anything is parsed, because the parser calls
 * itself for each level. A text that is no JSON may be judged either way: it is refused anyhow.
 */
const isTooDeep = (text: string): boolean => {
  let depth = 0
  let isInText = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]
    if (isInText) {
      if (character === "\\") at++
      else if (character === '"') isInText = false
    } else if (character === '"') isInText = true
    else if (character === "[" || character === "{") depth++
    else if (character === "]" || character === "}") depth--
    if (depth > maxDepth) return true
  }
  return false
}

const shallow = (text: string): Result.Result<string, MalformedMessage> =>
  isTooDeep(text)
    ? Result.fail(malformed("too_deep", `The answer is nested deeper than ${maxDepth} levels`))
    : Result.succeed(text)

type Fold = (value: unknown) => Result.Result<JsonValue, MalformedMessage>

/** What the parser made, as values of ours. */
const makeFold = (isNumber: (value: unknown) => value is LosslessNumber): Fold => {
  let values = 0
  const fold: Fold = (value) => {
    values++
    if (values > maxValues) {
      return Result.fail(malformed("too_many_nodes", `The answer has more than ${maxValues} values`))
    }
    if (value === null || typeof value === "boolean" || typeof value === "string") return Result.succeed(value)
    if (isNumber(value)) return Result.succeed({ _tag: "number", digits: value.value })
    if (Array.isArray(value)) return foldList(value)
    return foldMembers(Object.entries(Object(value)))
  }
  const foldList = (items: ReadonlyArray<unknown>): Result.Result<JsonValue, MalformedMessage> => {
    const folded: Array<JsonValue> = []
    for (const item of items) {
      const read = fold(item)
      if (Result.isFailure(read)) return read
      folded.push(read.success)
    }
    return Result.succeed(folded)
  }
  const foldMembers = (
    entries: ReadonlyArray<readonly [string, unknown]>
  ): Result.Result<JsonValue, MalformedMessage> => {
    const members = new Map<string, JsonValue>()
    for (const [name, value] of entries) {
      const key = name.toLowerCase()
      if (members.has(key)) return Result.fail(malformed("duplicate_element", "A member occurs twice"))
      const read = fold(value)
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
      Result.flatMap(Result.flatMap(decodeUtf8(body), shallow), (text) =>
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
            // Its own messages hold what was read.
            catch: (cause) =>
              cause instanceof MalformedMessage ? cause : malformed("not_well_formed", "The answer is not JSON")
          }),
          (value) => makeFold(isLosslessNumber)(value)
        )
      ),
    write: (value) => stringify(value) ?? "",
    number: (digits) => new LosslessNumber(digits)
  })
)
