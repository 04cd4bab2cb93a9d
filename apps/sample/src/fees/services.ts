// What the municipality collects. In a real agency this comes from its own systems.
import { type Money, money } from "@maksa/core"
import type { CountForms } from "../format.ts"
import type { Both, Language } from "../Language.ts"

interface Common {
  readonly id: string
  /** First letters of the case number. */
  readonly prefix: string
  readonly title: Both
  readonly summary: Both
  /** The office that goes ahead when the money is there. */
  readonly office: Both
  /** Number of the step in the public service catalogue; at VISS MM it fixes payee, account and price list. */
  readonly serviceStep: string
  /** Position of the price list. */
  readonly position: string
}

export interface Variant {
  readonly id: string
  readonly name: Both
  readonly price: Money
}

/** The municipality knows the price. */
export interface PricedService extends Common {
  readonly pricing: "amount"
  readonly variants: readonly [Variant, ...ReadonlyArray<Variant>]
}

/** VISS MM prices it: a position of the price list times a quantity. */
export interface TariffService extends Common {
  readonly pricing: "tariff"
  /** What is counted: "3 pages". */
  readonly unit: Readonly<Record<Language, CountForms>>
  /** "per page". */
  readonly perUnit: Both
  /** For information: the price list decides. */
  readonly unitPrice: Money
  readonly most: number
}

export type Service = PricedService | TariffService

const euro = (cents: bigint): Money => money(cents, "EUR")

export const services: readonly [Service, ...ReadonlyArray<Service>] = [
  {
    id: "building-permit",
    prefix: "BA",
    pricing: "amount",
    title: { lv: "Būvatļaujas nodeva", en: "Building permit fee" },
    summary: {
      lv: "Nodeva par būvatļaujas izsniegšanu jaunbūvei, pārbūvei vai atjaunošanai.",
      en: "The fee for a permit to build, rebuild or renovate."
    },
    office: { lv: "Būvvalde", en: "The building board" },
    serviceStep: "PN030",
    position: "30",
    variants: [
      {
        id: "house",
        name: { lv: "Dzīvojamā māja (viena ģimene)", en: "Single-family house" },
        price: euro(7114n)
      },
      { id: "outbuilding", name: { lv: "Palīgēka vai garāža", en: "Outbuilding or garage" }, price: euro(2846n) },
      {
        id: "public",
        name: { lv: "Daudzdzīvokļu vai publiska ēka", en: "Apartment or public building" },
        price: euro(142_29n)
      }
    ]
  },
  {
    id: "dog-registration",
    prefix: "SR",
    pricing: "amount",
    title: { lv: "Suņa reģistrācija", en: "Dog registration" },
    summary: {
      lv: "Ikgadējā nodeva par suņa turēšanu novadā.",
      en: "The yearly fee for keeping a dog in the municipality."
    },
    office: { lv: "Klientu centrs", en: "The customer centre" },
    serviceStep: "PN050",
    position: "50",
    variants: [
      { id: "full", name: { lv: "Pilna nodeva", en: "Full fee" }, price: euro(1067n) },
      {
        id: "reduced",
        name: { lv: "Senioriem un personām ar invaliditāti", en: "Seniors and persons with a disability" },
        price: euro(534n)
      }
    ]
  },
  {
    id: "archive-copies",
    prefix: "AK",
    pricing: "tariff",
    title: { lv: "Arhīva dokumentu kopijas", en: "Copies of archive documents" },
    summary: {
      lv: "Apliecinātas kopijas no novada arhīva. Cenu nosaka valsts cenrādis.",
      en: "Certified copies from the municipal archive. The price is set by the state price list."
    },
    office: { lv: "Novada arhīvs", en: "The municipal archive" },
    serviceStep: "PN060",
    position: "60",
    unit: {
      lv: { zero: "lappušu", one: "lappuse", other: "lappuses" },
      en: { one: "page", other: "pages" }
    },
    perUnit: { lv: "par lappusi", en: "per page" },
    unitPrice: euro(85n),
    most: 200
  }
]

export const findService = (id: string): Service | undefined => services.find((service) => service.id === id)
