import { codes } from "./Codes.ts"
import { GateRefusal } from "./GateRefusal.ts"
import { isWireObject, type WireObject } from "./WireJson.ts"

/** Reads one object of a Gate request; refusals name the field by its path. */
export interface Fields {
  object(name: string): Fields
  optionalObject(name: string): Fields | undefined
  text(name: string, longest?: number): string
  optionalText(name: string, longest?: number): string | undefined
  /** An integer token: Gate's amounts and ids are numbers, not texts. */
  integer(name: string, range: { readonly from: bigint; readonly to: bigint }): bigint
  optionalInteger(name: string, range: { readonly from: bigint; readonly to: bigint }): bigint | undefined
  optionalFlag(name: string): boolean
  has(name: string): boolean
  raw(name: string): unknown
}

/** @param where path of the object, empty for the root. */
export const readFields = (value: WireObject, where: string): Fields => {
  const pathOf = (name: string): string => (where === "" ? name : `${where}.${name}`)
  const missing = (name: string): GateRefusal => new GateRefusal(400, codes.fieldMissing, pathOf(name))
  const malformed = (name: string): GateRefusal => new GateRefusal(400, codes.malformed, pathOf(name))
  const get = (name: string) => (Object.hasOwn(value, name) ? value[name] : undefined)
  const isAbsent = (name: string): boolean => get(name) === undefined || get(name) === null || get(name) === ""

  const object = (name: string): Fields => {
    const found = get(name)
    if (isAbsent(name)) throw missing(name)
    if (!isWireObject(found)) throw malformed(name)
    return readFields(found, pathOf(name))
  }
  const text = (name: string, longest = 255): string => {
    const found = get(name)
    if (isAbsent(name)) throw missing(name)
    if (typeof found !== "string" || found.length > longest) throw malformed(name)
    return found
  }
  const integer: Fields["integer"] = (name, { from, to }) => {
    const found = get(name)
    if (isAbsent(name)) throw missing(name)
    if (typeof found !== "number" && typeof found !== "bigint") throw malformed(name)
    const exact = BigInt(found)
    if (exact < from || exact > to) throw malformed(name)
    return exact
  }
  return {
    object,
    text,
    integer,
    optionalObject: (name) => (isAbsent(name) ? undefined : object(name)),
    optionalText: (name, longest) => (isAbsent(name) ? undefined : text(name, longest)),
    optionalInteger: (name, range) => (isAbsent(name) ? undefined : integer(name, range)),
    optionalFlag: (name) => {
      const found = get(name)
      if (found === undefined || found === null) return false
      if (typeof found !== "boolean") throw malformed(name)
      return found
    },
    has: (name) => !isAbsent(name),
    raw: get
  }
}
