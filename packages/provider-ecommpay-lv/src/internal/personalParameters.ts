// The part of a Payment Page call that may name the payer.
import type { PageOptions } from "../page.ts"
import type { PageBooking, PageReceipt } from "../pagePurchase.ts"
import type { Person } from "./order.ts"

type Optional = Readonly<Record<string, string | undefined>>

/** `2026-08-12` -> `12-08-2026`. */
const toWireDay = (day: string | undefined): string | undefined => day?.split("-").toReversed().join("-")

// Checked by the options' schema: digits, at most 10^14 and so a safe integer.
const toInteger = (cents: string | undefined): number | undefined => (cents === undefined ? undefined : Number(cents))

/** JSON of an object without the members that are not there, as Base64. */
const encoded = (value: object | undefined): string | undefined =>
  value === undefined ? undefined : Buffer.from(JSON.stringify(value), "utf8").toString("base64")

const stayOf = ({ description, endDate, startDate }: Pick<PageBooking, "description" | "endDate" | "startDate">) => ({
  description,
  start_date: toWireDay(startDate),
  end_date: toWireDay(endDate)
})

const bookingOf = (booking: PageBooking) => ({
  ...stayOf(booking),
  total: toInteger(booking.total),
  pax: booking.people,
  reference: booking.reference,
  id: booking.id,
  bookers: booking.bookers?.map(({ email, firstName, lastName }) => ({
    first_name: firstName,
    last_name: lastName,
    email
  })),
  items: booking.items?.map(stayOf)
})

const receiptOf = ({ commonTax, positions, totalTaxAmount }: PageReceipt) => ({
  positions: positions.map(({ amount, description, quantity, tax, taxAmount }) => ({
    quantity,
    amount: toInteger(amount),
    tax,
    tax_amount: toInteger(taxAmount),
    description
  })),
  total_tax_amount: toInteger(totalTaxAmount),
  common_tax: commonTax
})

/** Everything here makes the call a posted form. */
export const personalParameters = (
  person: Person,
  { addressCheck, billing, booking, payer, receipt }: PageOptions
): Optional => ({
  customer_first_name: person.firstName,
  customer_last_name: person.lastName,
  customer_email: person.email,
  customer_phone: person.phone,
  customer_middle_name: payer?.middleName,
  customer_day_of_birth: toWireDay(payer?.birthDate),
  customer_birthplace: payer?.birthplace,
  customer_country: payer?.country,
  customer_state: payer?.state,
  customer_city: payer?.city,
  customer_street: payer?.street,
  customer_address: payer?.address,
  customer_zip: payer?.postalCode,
  billing_address: billing?.address,
  billing_city: billing?.city,
  billing_country: billing?.country,
  billing_postal: billing?.postalCode,
  billing_region: billing?.region,
  billing_region_code: billing?.regionCode,
  avs_post_code: addressCheck?.postalCode,
  avs_street_address: addressCheck?.streetAddress,
  booking_info: encoded(booking === undefined ? undefined : bookingOf(booking)),
  receipt_data: encoded(receipt === undefined ? undefined : receiptOf(receipt))
})
