import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import { EcommpayLvPaymentOptions } from "../src/index.ts"
import { sign } from "../src/signature.ts"
import { ipAddress, orderAt, reasonOf } from "./support/openAdapter.ts"
import { makeRecorded, secret } from "./support/recordingTransport.ts"

const { adapter } = makeRecorded(() => assert.fail("nothing is sent"), { flow: "payment_page" })
const plain = orderAt(Date.parse("2026-12-01T12:00:00Z"))

const fieldsOf = async (options: EcommpayLvPaymentOptions) => {
  const [observed] = await Effect.runPromise(adapter.create({ ...plain, options }))
  const action = observed?.says._tag === "action_needed" ? observed.says.action : undefined
  if (action?._tag !== "redirect") return assert.fail(action?._tag)
  const { signature, ...fields } = Object.fromEntries(new URL(action.url).searchParams)
  // `frame_mode` is the one parameter that the signature leaves out.
  assert.equal(signature, sign(fields, secret))
  return fields
}
const split = '{"online_latvian_banks":{"split_banks":true}}'
const some = '{"online_latvian_banks":{"split_banks":true,"banks_id":[2001,1991]}}'
const one = '{"online_latvian_banks":{"split_banks":true,"banks_id":[1981]}}'

const forced = { force_payment_method: "online-latvian-banks" }
const ways: ReadonlyArray<readonly [name: string, options: EcommpayLvPaymentOptions, expected: object]> = [
  ["behind the method", { page: { bankDisplay: "behind_method" } }, {}],
  ["among the methods", { page: { bankDisplay: "among_methods" } }, { payment_methods_options: split }],
  [
    "as their own group",
    { page: { bankDisplay: "group" } },
    { force_payment_group: "openbanking", payment_methods_options: split }
  ],
  ["as a choice", { page: {} }, forced],
  ["as a choice of some", { page: { onlyBanks: [2001, 1991] } }, { ...forced, payment_methods_options: some }],
  ["as the way to one", { bank: "swedbank", page: {} }, { ...forced, payment_methods_options: one }]
]

describe("Payment Page shows banks", () => {
  for (const [name, options, expected] of ways) {
    it(name, async () => {
      const { force_payment_group, force_payment_method, payment_methods_options } = await fieldsOf(options)
      assert.deepEqual(
        JSON.parse(JSON.stringify({ force_payment_group, force_payment_method, payment_methods_options })),
        expected
      )
    })
  }
})

describe("a payment's options of Payment Page", () => {
  it("become the documented parameters, flags as 1 and 0", async () => {
    const fields = await fieldsOf({
      page: {
        bankDisplay: "among_methods",
        hiddenMethods: ["card", "sepa"],
        returnMode: "parent_page",
        successMode: "blank_page",
        failMode: "iframe",
        returnButton: "always",
        successButton: "in_tab",
        failButton: "never",
        returnsFromBank: true,
        opensNewPage: true,
        opensBankInNewTab: false,
        closesOnMissclick: false,
        redirectsOnMobile: true,
        targetElement: "pay",
        modalClass: "wide",
        frameMode: "popup",
        styleId: 7,
        terminalId: 8,
        interfaceId: 22,
        regionCode: "LV",
        extraParam: "a:b",
        merchantData: "c"
      }
    })
    const expected = {
      hide: "card,sepa",
      merchant_return_redirect_mode: "parent_page",
      redirect_success_mode: "blank_page",
      redirect_fail_mode: "iframe",
      merchant_return_enabled: "2",
      merchant_success_enabled: "1",
      merchant_fail_enabled: "0",
      redirect_return_url: plain.urls.return,
      redirect: "1",
      force_acs_new_window: "0",
      close_on_missclick: "0",
      redirect_on_mobile: "1",
      target_element: "pay",
      css_modal_wrap: "wide",
      frame_mode: "popup",
      style_id: "7",
      terminal_id: "8",
      interface_type: '{"id":22}',
      region_code: "LV",
      payment_extra_param: "a:b",
      merchant_data: "c"
    }
    assert.deepEqual({ ...fields, ...expected }, fields)
  })

  it("leave the payer a button where the page does not take them on", async () => {
    const fields = await fieldsOf({ page: { takesPayerOn: false, successMode: "parent_page" } })
    assert.notProperty(fields, "redirect_success_url")
    assert.equal(fields["merchant_success_url"], plain.urls.return)
    assert.equal(fields["merchant_fail_url"], plain.urls.return)
    assert.equal(fields["merchant_success_redirect_mode"], "parent_page")
  })

  it("leave out what the method does not have, and say so to who writes it", async () => {
    const decode = Schema.decodeUnknownExit(EcommpayLvPaymentOptions, { onExcessProperty: "error" })
    const names = ["mode", "operationType", "identifyDocNumber", "accountNumber", "accountToken", "recipientPan"]
    for (const name of names) assert.match(String(decode({ page: { [name]: "1" } })), new RegExp(name))
    const fields = Object.keys(await fieldsOf({ page: { returnsFromBank: false } }))
    for (const name of ["mode", "operation_type", "redirect_return_url"]) assert.notInclude(fields, name)
  })

  it("that do not go together, or go by Gate, are refused by name", async () => {
    const refused: ReadonlyArray<EcommpayLvPaymentOptions> = [
      { bank: "seb", page: { onlyBanks: [2001] } },
      { bank: "seb", page: { bankDisplay: "group" } },
      { page: { bankDisplay: "behind_method", onlyBanks: [2001] } },
      { page: { hiddenMethods: ["card"] } },
      { flow: "gate", page: {} }
    ]
    for (const options of refused) {
      const reason = await reasonOf(adapter.create({ ...plain, payer: { ipAddress }, options }))
      assert.equal(
        reason._tag === "InvalidRequest" ? reason.field : reason._tag,
        "options.page",
        JSON.stringify(options)
      )
    }
  })

  it("are refused with `;`, line breaks, unknown words or numbers out of range", () => {
    const decode = Schema.decodeUnknownExit(EcommpayLvPaymentOptions)
    for (const page of [
      { extraParam: "a;b" },
      { merchantData: "a\nb" },
      { regionCode: "LVA" },
      { returnButton: "sometimes" },
      { styleId: 0 },
      { interfaceId: 1.5 },
      { onlyBanks: [] },
      { hiddenMethods: ["card,sepa"] },
      { bankDisplay: "list" },
      { frameMode: "modal" }
    ]) {
      assert.equal(decode({ page })._tag, "Failure", JSON.stringify(page))
    }
  })
})
