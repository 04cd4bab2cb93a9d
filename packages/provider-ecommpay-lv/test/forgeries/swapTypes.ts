import type { SignableObject, SignableValue } from "../../src/signature.ts"

export const isRecord = (value: SignableValue | undefined): value is SignableObject =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The other JSON values that are signed as the same text. */
const twins = (value: SignableValue): ReadonlyArray<SignableValue> => {
  if (value === null) return [""]
  if (typeof value === "boolean") return value ? [1, "1"] : [0, "0"]
  if (typeof value === "number") return [String(value), ...(value === 1 ? [true] : value === 0 ? [false] : [])]
  if (typeof value === "string") {
    if (value === "") return [null]
    return /^(?:0|[1-9]\d{0,14})$/.test(value) ? [Number(value)] : []
  }
  return []
}

/** Members that no signature covers. */
const unsigned: ReadonlyArray<readonly [string, SignableValue]> = [
  ["frame_mode", { payment: { status: "success" } }],
  ["payment", []],
  ["operation", {}],
  ["sum", []],
  ["status", []],
  ["redirect_data", {}]
]

/**
 * The body with other types and unsigned additions, and with the same signed text: text for numbers and back, 1 for true,
 * null for nothing, objects for lists, members in another order, and empty members where there was none.
 */
export const swapTypes = (body: SignableObject, random: () => number): SignableObject => {
  const pick = <A>(items: ReadonlyArray<A>): A | undefined => items[Math.floor(random() * items.length)]
  const swap = (value: SignableValue): SignableValue => {
    if (Array.isArray(value)) {
      const items = value.map((item: SignableValue) => swap(item))
      return random() < 0.3 ? Object.fromEntries(items.entries()) : items
    }
    if (isRecord(value)) {
      const members = Object.entries(value).map(([key, member]) => [key, swap(member)] as const)
      if (random() < 0.2) members.reverse()
      const added = random() < 0.2 ? pick(unsigned) : undefined
      if (added !== undefined && !Object.hasOwn(value, added[0])) members.push(added)
      return Object.fromEntries(members)
    }
    return random() < 0.15 ? (pick(twins(value)) ?? value) : value
  }
  const swapped = swap(body)
  return isRecord(swapped) ? swapped : body
}
