import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { inspect } from "node:util"
import { assert, describe, it } from "vitest"
import { EcommpayLvPaymentOptions, type PageOptions } from "../src/index.ts"
import { sign } from "../src/signature.ts"
import { orderAt } from "./support/openAdapter.ts"
import { makeRecorded, secret } from "./support/recordingTransport.ts"

const { adapter } = makeRecorded(() => assert.fail("nothing is sent"), { flow: "payment_page" })
const plain = orderAt(Date.parse("2026-12-01T12:00:00Z"))
const decode = Schema.decodeUnknownSync(EcommpayLvPaymentOptions, { onExcessProperty: "error" })

/** The page's form, by options as a caller writes them. */
const formOf = async (page: PageOptions, payer = {}) => {
  const options = decode(JSON.parse(JSON.stringify({ page })))
  const [observed] = await Effect.runPromise(adapter.create({ ...plain, payer, options }))
  const action = observed?.says._tag === "action_needed" ? observed.says.action : undefined
  if (action?._tag !== "submit_form") return assert.fail(action?._tag)
  const { signature, ...fields } = action.fields
  assert.equal(signature, sign(fields, secret))
  return { url: action.url, fields }
}
const parsed = (base64: string | undefined): unknown => JSON.parse(Buffer.from(base64 ?? "", "base64").toString("utf8"))

const mark = "CANARY-Zāle"
const payer: Required<NonNullable<PageOptions["payer"]>> = {
  middleName: mark,
  birthDate: "1990-02-28",
  birthplace: mark,
  country: "LV",
  state: mark,
  city: mark,
  street: mark,
  address: mark,
  postalCode: "LV-1050"
}
const billing: Required<NonNullable<PageOptions["billing"]>> = {
  address: mark,
  city: mark,
  country: "LV",
  postalCode: "LV-1051",
  region: mark,
  regionCode: "RIX"
}
const addressCheck: Required<NonNullable<PageOptions["addressCheck"]>> = { postalCode: "LV-1052", streetAddress: mark }
const booking: PageOptions["booking"] = {
  id: "83",
  reference: "zale",
  total: "120000",
  people: 2,
  startDate: "2026-12-24",
  endDate: "2026-12-26",
  description: "Zāles noma",
  bookers: [{ firstName: mark, lastName: mark, email: "CANARY@example.com" }],
  items: [{ description: "Zāle", startDate: "2026-12-24", endDate: "2026-12-25" }]
}
const receipt: PageOptions["receipt"] = {
  positions: [{ amount: "1200", quantity: 3, tax: 21, taxAmount: "208", description: "Nodeva" }, { amount: "0" }],
  totalTaxAmount: "208",
  commonTax: 21
}
const all: PageOptions = { payer, billing, addressCheck, booking, receipt }

describe("what Payment Page is told of the payer", () => {
  it("has the documented names and forms, and nothing of it stands in an address", async () => {
    const { fields, url } = await formOf(all)
    assert.notInclude(url, "?")
    const expected = {
      customer_middle_name: mark,
      customer_day_of_birth: "28-02-1990",
      customer_birthplace: mark,
      customer_country: "LV",
      customer_state: mark,
      customer_city: mark,
      customer_street: mark,
      customer_address: mark,
      customer_zip: "LV-1050",
      billing_address: mark,
      billing_city: mark,
      billing_country: "LV",
      billing_postal: "LV-1051",
      billing_region: mark,
      billing_region_code: "RIX",
      avs_post_code: "LV-1052",
      avs_street_address: mark
    }
    assert.deepEqual({ ...fields, ...expected }, fields)
    assert.deepEqual(parsed(fields["booking_info"]), {
      id: "83",
      reference: "zale",
      total: 120_000,
      pax: 2,
      start_date: "24-12-2026",
      end_date: "26-12-2026",
      description: "Zāles noma",
      bookers: [{ first_name: mark, last_name: mark, email: "CANARY@example.com" }],
      items: [{ description: "Zāle", start_date: "24-12-2026", end_date: "25-12-2026" }]
    })
    assert.deepEqual(parsed(fields["receipt_data"]), {
      positions: [{ quantity: 3, amount: 1200, tax: 21, tax_amount: 208, description: "Nodeva" }, { amount: 0 }],
      total_tax_amount: 208,
      common_tax: 21
    })
  })

  it("makes a form of the call by any single member", async () => {
    const groups = { payer, billing, addressCheck } as const
    const single = Object.entries(groups).flatMap(([group, members]) =>
      Object.entries<string>({ ...members }).map(([name, value]) => ({
        [group]: { ...(name === "regionCode" ? { country: "LV" } : {}), [name]: value }
      }))
    )
    for (const page of [...single, { booking: { id: "83" } }, { receipt }]) await formOf(page)
    assert.lengthOf(single, 17)
    for (const [name, value] of Object.entries({
      firstName: mark,
      lastName: mark,
      email: "a@example.com",
      phone: "20000000"
    })) {
      await formOf({}, { [name]: Redacted.make(value) })
    }
  })
})

describe("what Payment Page is not told", () => {
  const iban = "LV80BANK0000435195001"
  const wrong: ReadonlyArray<readonly [says: RegExp, page: object]> = [
    [/';', which separates/, { payer: { city: "CANARY;" } }],
    [/';', which separates/, { billing: { address: "CANARY;" } }],
    [/';', which separates/, { addressCheck: { streetAddress: "CANARY;" } }],
    [/';', which separates/, { booking: { bookers: [{ lastName: "CANARY;" }] } }],
    [/';', which separates/, { receipt: { positions: [{ amount: "1", description: "CANARY;" }] } }],
    [/';', which separates/, { extraParam: "CANARY;" }],
    [/line breaks/, { payer: { address: "CANARY\nstreet" } }],
    [/at most 255/, { payer: { street: "CANARY".repeat(43) } }],
    [/at most 10/, { payer: { postalCode: "CANARY-1050" } }],
    [/YYYY-MM-DD/, { payer: { birthDate: "30-02-1990" } }],
    [/YYYY-MM-DD/, { payer: { birthDate: "1990-02-30" } }],
    [/two capital letters/, { payer: { country: "CANARY" } }],
    [/regionCode needs country/, { billing: { regionCode: "RIX" } }],
    [/account number \(IBAN\)/, { payer: { street: iban } }],
    [/account number \(IBAN\)/, { merchantData: `no konta ${iban.toLowerCase()}, CANARY` }],
    [/account number \(IBAN\)/, { booking: { reference: "LV80 BANK 0000 4351 9500 1 CANARY" } }],
    [/personal code/, { merchantData: "CANARY 32199887766" }],
    [/personal code/, { receipt: { positions: [{ amount: "1", description: "CANARY 010190-12345" }] } }],
    [/sum in cents/, { receipt: { positions: [{ amount: "12.00" }] } }],
    [/sum in cents/, { booking: { total: "-1" } }]
  ]
  it("is refused by name, with a reason, and without the value", () => {
    for (const [says, page] of wrong) {
      const exit = Effect.runSyncExit(Schema.decodeUnknownEffect(EcommpayLvPaymentOptions)({ page }))
      if (Exit.isSuccess(exit)) return assert.fail(JSON.stringify(page))
      const reason = exit.cause.reasons.find(Cause.isFailReason)
      assert.match(reason?.error.message ?? "", says)
      assert.notMatch(`${Cause.pretty(exit.cause)} ${reason?.error.message}`, /CANARY|32199887766|BANK/i, inspect(page))
    }
  })

  it("holds no account number of the payer in any text, but takes what only looks like one", async () => {
    const { fields } = await formOf({ payer: { street: "LV80BANK0000435195002" }, merchantData: "LV12 iela" })
    assert.equal(fields["customer_street"], "LV80BANK0000435195002")
  })
})
