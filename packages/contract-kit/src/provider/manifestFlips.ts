// Capabilities are tried, not believed: whichever field of a manifest is wrong, some law must fail.
import { Manifest } from "@maksa/core"
import * as SchemaAST from "effect/SchemaAST"
import type { Law } from "./Law.ts"
import type { ProviderContract } from "./ProviderContract.ts"
import { providerLaws } from "./providerLaws.ts"
import { trialsOf, tryLaw } from "./runProviderContract.ts"

export interface ManifestFlip {
  /** Which leaf differs, and how: `limits.maxLines: 20 -> 21`. */
  readonly what: string
  readonly field: keyof Manifest
  readonly manifest: Manifest
}

// The port's own schema says what a leaf may be, so that a field that is new in it is changed too.
type Type = SchemaAST.AST

const isFalse = (type: Type): boolean => SchemaAST.isLiteral(type) && type.literal === false

/** What stands beside `false` where something may be undeclared. */
const declaredIn = (type: Type): Type | undefined =>
  SchemaAST.isUnion(type) && type.types.some(isFalse) ? type.types.find((one) => !isFalse(one)) : undefined

/** The words of a closed set. */
const wordsOf = (type: Type): ReadonlyArray<string> =>
  (SchemaAST.isUnion(type) ? type.types : [type]).flatMap((one) =>
    SchemaAST.isLiteral(one) && typeof one.literal === "string" ? [one.literal] : []
  )

/** What an undeclared leaf looks like when somebody declares it. */
const example = (type: Type): unknown => {
  if (SchemaAST.isObjects(type)) {
    return Object.fromEntries(type.propertySignatures.map(({ name, type: member }) => [name, example(member)]))
  }
  if (SchemaAST.isArrays(type)) return type.rest.map(example)
  if (SchemaAST.isBoolean(type)) return true
  if (SchemaAST.isNumber(type)) return 60
  const [word = "XTS"] = wordsOf(type)
  return word
}

/** Other values of one leaf, each wrong in its own way. */
const others = (path: string, type: Type, value: unknown): ReadonlyArray<unknown> => {
  if (typeof value === "boolean") return [!value]
  if (typeof value === "bigint") return [value + 1n, value - 1n]
  // A pace may be any that is quick enough, so the wrong one is far too slow, and rows must stay in order.
  if (path.endsWith(".everySeconds")) return [1_000_000_000]
  if (path.endsWith(".untilSeconds")) return [0]
  if (typeof value === "number") return [value + 1]
  const words = wordsOf(type)
  return words.length === 0 ? [`${String(value)}-x`] : words.filter((word) => word !== value)
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null

const shown = (value: unknown): string =>
  JSON.stringify(value, (_key, field: unknown) => (typeof field === "bigint" ? field.toString() : field))

interface Change {
  readonly what: string
  readonly value: unknown
}

/** A list of words or texts with one more, and without each one. */
const listChanges = (path: string, type: Type, list: ReadonlyArray<unknown>): ReadonlyArray<Change> => {
  const words = wordsOf(type)
  const more = (words.length === 0 ? [example(type)] : words).filter((word) => !list.includes(word))
  return [
    ...list.map((word) => ({ what: `${path}: without ${String(word)}`, value: list.filter((one) => one !== word) })),
    ...more.map((word) => ({ what: `${path}: with ${String(word)}`, value: [...list, word] }))
  ]
}

/** Every value that differs from `value` in one leaf. */
const changes = (path: string, type: Type, value: unknown): ReadonlyArray<Change> => {
  const declared = declaredIn(type)
  if (declared !== undefined) {
    return value === false
      ? [{ what: `${path}: declared`, value: example(declared) }]
      : [...changes(path, declared, value), { what: `${path}: undeclared`, value: false }]
  }
  if (SchemaAST.isArrays(type) && Array.isArray(value)) {
    const [item] = type.rest
    if (item === undefined) return []
    if (!SchemaAST.isObjects(item)) return listChanges(path, item, value)
    return value.flatMap((one: unknown, i) =>
      changes(`${path}.${i}`, item, one).map((change) => ({ ...change, value: value.toSpliced(i, 1, change.value) }))
    )
  }
  if (!SchemaAST.isObjects(type) || !isObject(value)) {
    return others(path, type, value).map((other) => ({
      what: `${path}: ${shown(value)} -> ${shown(other)}`,
      value: other
    }))
  }
  const whole = { ...value } as Readonly<Record<string, unknown>> // an object, by its own names
  return type.propertySignatures.flatMap(({ name: key, type: member }) => {
    const name = String(key)
    const inner = path === "" ? name : `${path}.${name}`
    const { [name]: own, ...rest } = whole
    if (!(name in whole)) return [{ what: `${inner}: declared`, value: { ...whole, [name]: example(member) } }]
    const inside = changes(inner, member, own).map(({ value: other, what }) => ({
      what,
      value: { ...whole, [name]: other }
    }))
    return SchemaAST.isOptional(member) ? [...inside, { what: `${inner}: undeclared`, value: rest }] : inside
  })
}

/** Every manifest that differs from this one in a single leaf. */
export const manifestFlips = (manifest: Manifest): ReadonlyArray<ManifestFlip> =>
  changes("", Manifest.ast, manifest).map(({ what, value }) => ({
    what,
    // the first part of a path is a field of the manifest
    field: what.split(/[.:]/)[0] as keyof Manifest,
    // a manifest with one leaf changed; whether it is still a right one is for the laws
    manifest: value as Manifest
  }))

export interface FlipResult {
  readonly what: string
  /** The law that failed; absent: none did, so nobody would notice this mistake. */
  readonly noticedBy?: string
}

/** Laws about this field first, so that most flips are noticed at once. */
const inOrder = (field: keyof Manifest, laws: ReadonlyArray<Law>): ReadonlyArray<Law> => [
  ...laws.filter((law) => law.about?.includes(field) === true),
  ...laws.filter((law) => law.about?.includes(field) !== true)
]

const noticedBy = async (
  contract: ProviderContract,
  driver: Awaited<ReturnType<ProviderContract["driver"]>>,
  flip: ManifestFlip
): Promise<string | undefined> => {
  const flipped: ProviderContract = {
    ...contract,
    make: (own) => ({ ...contract.make(own), manifest: flip.manifest })
  }
  for (const trial of trialsOf(flipped, inOrder(flip.field, providerLaws))) {
    if ((await tryLaw(flipped, driver, trial)).outcome === "failed") return trial.law.id
  }
  return undefined
}

export interface FlipOptions {
  /** Flips of these alone: what a contract's manifest does not share with another one's that is tried whole. */
  readonly fields?: ReadonlyArray<keyof Manifest>
  readonly onResult?: (result: FlipResult) => void
}

/** Tries the contract with each leaf of its manifest changed: the kit that notices nothing tries too little. */
export const tryManifestFlips = async (
  contract: ProviderContract,
  { fields, onResult = () => {} }: FlipOptions = {}
): Promise<ReadonlyArray<FlipResult>> => {
  const driver = await contract.driver()
  try {
    const results: Array<FlipResult> = []
    const flips = manifestFlips(contract.make(driver).manifest)
    for (const flip of flips.filter(({ field }) => fields?.includes(field) !== false)) {
      const law = await noticedBy(contract, driver, flip)
      const result = { what: flip.what, ...(law === undefined ? {} : { noticedBy: law }) }
      results.push(result)
      onResult(result)
    }
    return results
  } finally {
    await driver[Symbol.asyncDispose]()
  }
}
