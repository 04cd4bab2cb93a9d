// What the provider accepts as an order, and what it costs.
import { Refusal, type WireAmount, type WireOrder } from "./wire.ts"

/** Limits of the provider's document. */
export const limits = {
  // Without decimals, with two and with three.
  currencies: ["EUR", "JPY", "KWD"],
  minValue: 10n,
  maxValue: 5_000_000n,
  maxLines: 20,
  maxDescription: 140,
  maxDays: 30
} as const

/** The price list: minor units of euro for one. */
export const priceList: Readonly<Record<string, bigint>> = { "T-01": 250n, "T-02": 1999n }

const flows = new Set(["page", "form", "widget", "consent", "portal", "later"])
const million = 1_000_000n

/** Quantity times price, half cents up. */
const priceOf = (position: string, quantity: string): bigint => {
  const price = priceList[position]
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(quantity)
  if (price === undefined) throw new Refusal(422, "unknown_position")
  if (match === null) throw new Refusal(422, "wrong_quantity")
  const millionths = BigInt((match[1] ?? "") + (match[2] ?? "").padEnd(6, "0"))
  return (price * millionths + million / 2n) / million
}

const currencies: ReadonlySet<string> = new Set(limits.currencies)

const totalOf = (order: WireOrder): WireAmount => {
  let value = 0n
  const used = new Set<string>()
  for (const line of order.lines) {
    if ("amount" in line) {
      if (!/^\d{1,15}$/.test(line.amount.value)) throw new Refusal(422, "wrong_amount")
      used.add(line.amount.currency)
      value += BigInt(line.amount.value)
    } else {
      used.add("EUR")
      value += priceOf(line.position, line.quantity)
    }
  }
  const [currency = "", ...others] = used
  if (others.length > 0 || !currencies.has(currency)) throw new Refusal(422, "wrong_amount")
  if (value < limits.minValue || value > limits.maxValue) throw new Refusal(422, "amount_out_of_range")
  return { value: value.toString(), currency }
}

/** Reads an order strictly, as its document asks; answers its total. */
export const readOrder = (text: string, now: number): { readonly order: WireOrder; readonly total: WireAmount } => {
  let order: WireOrder
  try {
    // The checks below stand in for a schema; what they leave open breaks the simulator loudly.
    order = JSON.parse(text) as WireOrder
  } catch {
    throw new Refusal(400, "not_json")
  }
  const texts = [order.id, order.reference, order.description, order.expires_at, order.return_url, order.notice_url]
  if (texts.some((one) => typeof one !== "string" || one === "")) throw new Refusal(422, "missing_field")
  if (!flows.has(order.flow)) throw new Refusal(422, "unknown_flow")
  if (!/^(?:lv|en|ru)$/.test(order.language)) throw new Refusal(422, "unknown_language")
  if (order.description.length > limits.maxDescription) throw new Refusal(422, "description_too_long")
  if (!Array.isArray(order.lines) || order.lines.length === 0 || order.lines.length > limits.maxLines) {
    throw new Refusal(422, "wrong_lines")
  }
  const expiresAt = Date.parse(order.expires_at)
  if (!(expiresAt > now)) throw new Refusal(422, "expired")
  if (expiresAt > now + limits.maxDays * 86_400_000) throw new Refusal(422, "expires_too_late")
  return { order, total: totalOf(order) }
}
