import { readFileSync } from "node:fs"
import { escapeText } from "./xmlWrite.ts"

export type WsdlProfile = "samples" | "position"

// The same relative place from src/viss-mm and from dist/viss-mm.
const asset = (profile: WsdlProfile): URL => new URL(`../../assets/mm-${profile}.wsdl`, import.meta.url)

const texts = new Map<WsdlProfile, string>()

const load = (profile: WsdlProfile): string => {
  const known = texts.get(profile)
  if (known !== undefined) return known
  const text = readFileSync(asset(profile), "utf8")
  texts.set(profile, text)
  return text
}

/** The service's WSDL with its own address and the item name of PriceList in use. */
export const wsdlText = (profile: WsdlProfile, address: string, priceListItemName: string): string =>
  load(profile)
    .replace(/(<soap:address location=")[^"]*(")/, (_whole, before: string, after: string) => {
      return `${before}${escapeText(address)}${after}`
    })
    .replace(/(maxOccurs="unbounded" name=")PriceListStructure(")/, `$1${priceListItemName}$2`)
