// Values that must never be found where they do not belong, and the forms in which they may hide.
import type { Canaries } from "../../ProviderContract.ts"

/** Made up, unlike anything that occurs by chance, and shaped so that an adapter takes them. */
export const payerCanaries: Canaries["payer"] = {
  firstName: "Zvaigznīte",
  lastName: "Kanārijputniņa",
  companyName: "SIA Kanārija Qzx",
  code: "329999-91919",
  email: "kanarija.qzx@example.test",
  phone: "+37129919191",
  address: "Kanāriju iela 91-19, Qzxpils",
  ipAddress: "203.0.113.191",
  reference: "payer-ref-public"
}

/** An account that is nobody's: the published example of a Latvian IBAN's form. */
export const ibanCanary = "LV80BANK0000435195001"

/** Every personal value; the reference is the agency's own and may be shown. */
export const personalValues = ({ reference: _reference, ...personal }: Canaries["payer"]): ReadonlyArray<string> =>
  Object.values(personal)

const forms = (value: string): ReadonlyArray<string> => {
  const bytes = Buffer.from(value, "utf8")
  return [
    value,
    value.normalize("NFD"),
    encodeURIComponent(value),
    encodeURIComponent(value).replaceAll("%20", "+"),
    JSON.stringify(value).slice(1, -1),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("hex"),
    ...(value.includes("-") ? [value.replaceAll("-", "")] : [])
  ]
}

/** The values that occur in the text, in any form. */
export const foundIn = (text: string, values: ReadonlyArray<string>): ReadonlyArray<string> => {
  const low = text.toLowerCase()
  return values.filter((value) => forms(value).some((form) => low.includes(form.toLowerCase())))
}
