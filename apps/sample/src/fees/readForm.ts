import { type Bank, banks, type Way, type WayChoice, waysFor } from "./ways.ts"
import type { Service, Variant } from "./services.ts"

/** Fields of the form as they came, for showing it again; the personal code is never among them. */
export interface Entered {
  readonly variant: string
  readonly quantity: string
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly way: string
  readonly bank: string
}

export type FieldName = keyof Entered | "code"
/** What is wrong, by field; the page has a text for each. */
export type FormErrors = Partial<Record<FieldName, true>>

export interface PayerFields {
  readonly firstName: string
  readonly lastName: string
  readonly email?: string
  /** Only where VISS MM is chosen. */
  readonly code?: string
}

export type Priced = { readonly variant: Variant } | { readonly quantity: string }

type Fields = Readonly<Record<string, unknown>>

const text = (fields: Fields, name: string): string => {
  const value = fields[name]
  return typeof value === "string" ? value.trim().slice(0, 200) : ""
}

export const emptyForm: Entered = {
  variant: "",
  quantity: "",
  firstName: "",
  lastName: "",
  email: "",
  way: "",
  bank: ""
}

export const readEntered = (fields: Fields): Entered => ({
  variant: text(fields, "variant"),
  quantity: text(fields, "quantity"),
  firstName: text(fields, "firstName"),
  lastName: text(fields, "lastName"),
  email: text(fields, "email"),
  way: text(fields, "way"),
  bank: text(fields, "bank")
})

export type Read<A> = { readonly value: A } | { readonly errors: FormErrors }

/** What is paid for: a variant with its price, or how many. */
export const readPriced = (service: Service, { quantity, variant }: Entered): Read<Priced> => {
  if (service.pricing === "tariff") {
    const isWhole = /^[1-9]\d{0,3}$/.test(quantity) && Number(quantity) <= service.most
    return isWhole ? { value: { quantity } } : { errors: { quantity: true } }
  }
  const found = service.variants.find((one) => one.id === variant)
  return found === undefined ? { errors: { variant: true } } : { value: { variant: found } }
}

const oneOf = <A extends string>(allowed: ReadonlyArray<A>, value: string): A | undefined =>
  allowed.find((one) => one === value)

const readWay = (service: Service, entered: Entered): Read<WayChoice> => {
  const way: Way | undefined = oneOf(waysFor(service), entered.way)
  if (way === undefined) return { errors: { way: true } }
  if (way !== "bank-link") return { value: { way } }
  const bank: Bank | undefined = oneOf(banks, entered.bank)
  return bank === undefined ? { errors: { bank: true } } : { value: { way, bank } }
}

const nameShape = /^[\p{L}][\p{L}\p{M} '’.-]{0,69}$/u
const emailShape = /^[^\s@;]{1,64}@[^\s@;]+\.[^\s@;.]{2,}$/
const codeShape = /^\d{6}-?\d{5}$/

const readPayer = (entered: Entered, code: string, way: Way | undefined): Read<PayerFields> => {
  const { email, firstName, lastName } = entered
  const errors: FormErrors = {
    ...(nameShape.test(firstName) ? {} : { firstName: true }),
    ...(nameShape.test(lastName) ? {} : { lastName: true }),
    ...(email === "" || emailShape.test(email) ? {} : { email: true }),
    ...(way !== "viss-mm" || code === "" || codeShape.test(code) ? {} : { code: true })
  }
  if (Object.keys(errors).length > 0) return { errors }
  const value = {
    firstName,
    lastName,
    ...(email === "" ? {} : { email }),
    ...(way === "viss-mm" && code !== "" ? { code } : {})
  }
  return { value }
}

/** Who pays and how: the part that a second try asks again. */
export const readPaying = (
  service: Service,
  entered: Entered,
  fields: Fields
): Read<{ readonly choice: WayChoice; readonly payer: PayerFields }> => {
  const choice = readWay(service, entered)
  const payer = readPayer(entered, text(fields, "code"), oneOf(waysFor(service), entered.way))
  if ("errors" in choice || "errors" in payer) {
    return { errors: { ...("errors" in payer ? payer.errors : {}), ...("errors" in choice ? choice.errors : {}) } }
  }
  return { value: { choice: choice.value, payer: payer.value } }
}
