// Capabilities are tried, not believed: whichever field of a manifest is wrong, some law must fail.
import type { Manifest } from "@maksa/core"
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

/** Values of closed sets, by path. */
const words: Readonly<Record<string, ReadonlyArray<string>>> = {
  "receipt.origin": ["provider", "generated"],
  "receipt.formats": ["pdf", "xml"],
  deadline: ["kept", "ignored"],
  amountEvidence: ["status", "receipt", "listing", "none"],
  webhook: ["signed", "hint_only"],
  firstContact: ["call", "payer", "either"],
  outcomes: ["promised", "received", "refused", "lapsed", "withdrawn", "undone"],
  actions: ["redirect", "submit_form", "load_widget", "collect", "pay_elsewhere", "wait"],
  languages: ["lv", "en", "ru"],
  repeatCreate: ["never", "after_absence"],
  "limits.currencies": ["EUR", "XTS"],
  "extras.payout.currencies": ["EUR", "XTS"],
  "extras.list.by": ["beginning", "end"]
}
/** What an undeclared extra looks like when somebody declares it. */
const declared: Readonly<Record<string, unknown>> = {
  "extras.refund": { partial: true, windowDays: 30 },
  "extras.payout": { currencies: ["EUR"] },
  "extras.list": { by: "beginning" },
  "absenceProvesAfter.notSubmittedSeconds": 60,
  "absenceProvesAfter.lapsedSeconds": 3600
}

/** Other values of one leaf, each wrong in its own way. */
const others = (path: string, value: unknown): ReadonlyArray<unknown> => {
  if (typeof value === "boolean") return [value ? false : (declared[path] ?? true)]
  if (typeof value === "bigint") return [value + 1n, value - 1n]
  // A pace may be any that is quick enough, so the wrong one is far too slow, and rows must stay in order.
  if (path.endsWith(".everySeconds")) return [1_000_000_000]
  if (path.endsWith(".untilSeconds")) return [0]
  if (typeof value === "number") return declared[path] === undefined ? [value + 1] : [value + 1, false]
  if (typeof value === "string") return words[path]?.filter((word) => word !== value) ?? [`${value}-x`]
  return []
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null

const shown = (value: unknown): string =>
  JSON.stringify(value, (_key, field: unknown) => (typeof field === "bigint" ? field.toString() : field))

interface Change {
  readonly what: string
  readonly value: unknown
}

/** Every value that differs from `value` in one leaf. */
const changes = (path: string, value: unknown): ReadonlyArray<Change> => {
  if (Array.isArray(value) && words[path] !== undefined) {
    const list = value as ReadonlyArray<string> // the words' paths hold texts
    const more = words[path].filter((word) => !list.includes(word))
    return [
      ...list.map((word) => ({ what: `${path}: without ${word}`, value: list.filter((one) => one !== word) })),
      ...more.map((word) => ({ what: `${path}: with ${word}`, value: [...list, word] }))
    ]
  }
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, i) =>
      changes(`${path}.${i}`, item).map((one) => ({ what: one.what, value: value.toSpliced(i, 1, one.value) }))
    )
  }
  if (!isObject(value)) {
    return others(path, value).map((other) => ({ what: `${path}: ${shown(value)} -> ${shown(other)}`, value: other }))
  }
  const inside = Object.entries(value).flatMap(([name, member]: [string, unknown]) =>
    changes(path === "" ? name : `${path}.${name}`, member).map((one) => ({
      what: one.what,
      value: { ...value, [name]: one.value }
    }))
  )
  // A declared extra with settings may also not be declared at all.
  return declared[path] === undefined ? inside : [...inside, { what: `${path}: undeclared`, value: false }]
}

/** Every manifest that differs from this one in a single leaf. */
export const manifestFlips = (manifest: Manifest): ReadonlyArray<ManifestFlip> =>
  changes("", manifest).map(({ what, value }) => ({
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
