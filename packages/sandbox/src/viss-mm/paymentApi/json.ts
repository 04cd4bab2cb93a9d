import { DeserializationError } from "../errors.ts"

/** A JSON number as it was written: sums must not become floats. */
export class NumberText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

type Reviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown

// The third argument carries the number's source text; the declared type of JSON.parse does not know it yet.
const keepText: Reviver = (_key, value, context) =>
  typeof value === "number" ? new NumberText(context?.source ?? String(value)) : value

/** The members of a JSON object, found whatever their case is, as ASP.NET binds them; `null` and absent are alike. */
export class Members {
  readonly #found: ReadonlyMap<string, unknown>
  constructor(value: unknown, name: string) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || value instanceof NumberText) {
      throw new DeserializationError(name)
    }
    this.#found = new Map(Object.entries(value).map(([key, one]) => [key.toLowerCase(), one]))
  }

  #get(name: string): unknown {
    return this.#found.get(name.toLowerCase()) ?? undefined
  }

  /** Text; empty is absent. */
  text(name: string): string | undefined {
    const value = this.#get(name)
    if (value === undefined) return undefined
    if (typeof value !== "string") throw new DeserializationError(name)
    return value.trim() === "" ? undefined : value
  }

  /** A number, or a text with one: the guide writes `"AmountFrom": "7.99"`. */
  number(name: string): string | undefined {
    const value = this.#get(name)
    return value instanceof NumberText ? value.text : this.text(name)?.trim()
  }

  boolean(name: string): boolean {
    const value = this.#get(name)
    if (value === undefined) return false
    if (typeof value !== "boolean") throw new DeserializationError(name)
    return value
  }

  members(name: string): Members | undefined {
    const value = this.#get(name)
    return value === undefined ? undefined : new Members(value, name)
  }

  list(name: string): ReadonlyArray<Members> {
    const value = this.#get(name)
    if (value === undefined) return []
    if (!Array.isArray(value)) throw new DeserializationError(name)
    return value.map((one) => new Members(one, name))
  }
}

/** Reads a request's body. Throws DeserializationError for what is no JSON object in UTF-8. */
export const readBody = (body: Uint8Array): Members => {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body), keepText)
  } catch {
    throw new DeserializationError("body")
  }
  return new Members(value, "body")
}
