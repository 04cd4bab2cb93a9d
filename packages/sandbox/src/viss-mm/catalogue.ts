import { badInput } from "../kernel/ControlError.ts"
import { parseDecimal, toCents } from "./Decimal.ts"
import { startBanks, startServices } from "./startCatalogue.ts"

export interface Position {
  readonly code: string
  readonly title: { readonly lv: string; readonly en: string }
  /** EUR per unit as decimal text, at most two decimals. */
  readonly unitPrice: string
}

/** A step of a public service: it fixes the payee, the account and the price list. */
export interface ServiceStep {
  readonly step: string
  readonly name: { readonly lv: string; readonly en: string }
  readonly payee: string
  readonly iban: string
  readonly positions: ReadonlyArray<Position>
}

export interface Bank {
  readonly swiftCode: string
  readonly name: string
}

export interface Catalogue {
  services(): ReadonlyArray<ServiceStep>
  banks(): ReadonlyArray<Bank>
  findStep(step: string): ServiceStep | undefined
  findBank(swiftCode: string): Bank | undefined
  /** Adds a step, or replaces the one of the same number. */
  put(step: ServiceStep): void
  reset(): void
}

export const createCatalogue = (): Catalogue => {
  let services = new Map(startServices.map((service) => [service.step, service]))
  return {
    services: () => [...services.values()],
    banks: () => startBanks,
    findStep: (step) => services.get(step),
    findBank: (swiftCode) => startBanks.find((bank) => bank.swiftCode === swiftCode),
    put: (service) => {
      services.set(service.step, service)
    },
    reset: () => {
      services = new Map(startServices.map((service) => [service.step, service]))
    }
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null

const text = (source: Record<string, unknown>, name: string): string => {
  const value = source[name]
  if (typeof value !== "string" || value === "" || value.length > 200) throw badInput(`${name} must be a text`)
  return value
}

const twoLanguages = (value: unknown, name: string): { readonly lv: string; readonly en: string } => {
  if (typeof value === "string" && value !== "") return { lv: value, en: value }
  if (!isObject(value)) throw badInput(`${name} must be a text or {lv, en}`)
  return { lv: text(value, "lv"), en: text(value, "en") }
}

const readPosition = (value: unknown): Position => {
  if (!isObject(value)) throw badInput("a position is {code, title, unitPrice}")
  const unitPrice = text(value, "unitPrice")
  const price = parseDecimal(unitPrice)
  const cents = price === undefined ? undefined : toCents(price)
  if (cents === undefined || cents <= 0n) throw badInput("unitPrice must be a decimal text such as 12.30")
  return { code: text(value, "code"), title: twoLanguages(value["title"], "title"), unitPrice }
}

/** Reads one step of the body of `POST /viss-mm/catalogue`. */
export const readServiceStep = (value: unknown): ServiceStep => {
  if (!isObject(value)) throw badInput("a service step is {step, name, payee, iban, positions}")
  const { positions } = value
  if (!Array.isArray(positions) || positions.length === 0) throw badInput("positions must be a list with an item")
  const iban = text(value, "iban").replaceAll(" ", "")
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban)) throw badInput("iban is not an IBAN")
  return {
    step: text(value, "step"),
    name: twoLanguages(value["name"], "name"),
    payee: text(value, "payee"),
    iban,
    positions: positions.map(readPosition)
  }
}
