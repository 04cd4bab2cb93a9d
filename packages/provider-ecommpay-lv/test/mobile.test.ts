import { createRequire } from "node:module"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { type MobilePayment, signMobilePayment, type SignedMobilePayment } from "../src/mobile.ts"
import { sign } from "../src/signature.ts"
import { openSandbox, type Provider } from "./support/openSandbox.ts"

// The official npm SDK's signature of a flat object.
const sdk: { readonly signer: (body: object, secret: string) => string } = createRequire(import.meta.url)("ecommpay")

/** What the Mobile SDK sends: its members by their wire names, flags as 1 and 0. */
const sentByApp = (set: SignedMobilePayment): Readonly<Record<string, string>> => {
  const names: Readonly<Record<string, string>> = {
    projectId: "project_id",
    paymentId: "payment_id",
    paymentAmount: "payment_amount",
    paymentCurrency: "payment_currency",
    paymentDescription: "payment_description",
    customerId: "customer_id",
    regionCode: "region_code",
    languageCode: "language_code",
    forcePaymentMethod: "force_payment_method",
    hideSavedWallets: "hide_saved_wallets",
    signature: "signature"
  }
  return Object.fromEntries(
    Object.entries(set).map(([name, value]) => [
      names[name] ?? assert.fail(name),
      value === false ? "0" : String(value)
    ])
  )
}

const secret = "the project's secret"
const payment: MobilePayment = {
  projectId: 200,
  paymentId: "att_0123",
  amount: 1200n,
  customerId: "c-17",
  description: "Nodeva: ēka",
  languageCode: "lv",
  regionCode: "LV"
}

describe("a payment for the Mobile SDK", () => {
  it("is signed as the SDK's documentation shows", () => {
    // "Signature generation": its string is these parameters in order, its key 12345.
    const documented = {
      customer_id: "5",
      payment_amount: 30,
      payment_currency: "RUB",
      payment_id: "payment1",
      project_id: 115
    }
    const signature = "pVmAtGFBQJD2NgLToP1B2elR4QROiYGi3IobPD9PFDfrkjBqdSCFgrVSEtebVJUzOUUHX5tPnHQq9RMn61679A=="
    assert.equal(sign(documented, "12345"), signature)
  })

  it("is plain JSON with the SDK's own names, signed like the official npm SDK signs what the app sends", () => {
    const { signature, ...members } = signMobilePayment(payment, secret)
    assert.deepEqual(JSON.parse(JSON.stringify(members)), {
      projectId: 200,
      paymentId: "att_0123",
      paymentAmount: 1200,
      paymentCurrency: "EUR",
      customerId: "c-17",
      paymentDescription: "Nodeva: ēka",
      languageCode: "lv",
      regionCode: "LV",
      forcePaymentMethod: "online-latvian-banks",
      hideSavedWallets: false
    })
    const { signature: _signature, ...sent } = sentByApp({ signature, ...members })
    assert.equal(signature, sdk.signer(sent, secret))
    const { description: _description, languageCode: _language, regionCode: _region, ...least } = payment
    const small = signMobilePayment({ ...least, offersOtherMethods: true }, secret)
    assert.notProperty(small, "forcePaymentMethod")
    const { signature: smallSignature, ...smallSent } = sentByApp(small)
    assert.equal(smallSignature, sdk.signer(smallSent, secret))
  })

  // Starting takes the simulator a while on a busy machine; hooks have the time for it.
  let provider: Provider
  beforeAll(async () => {
    provider = await openSandbox()
  })
  afterAll(() => provider.sandbox.close())

  it("is taken by the platform as it is, and refused with any signed member changed", async () => {
    const { endpoints, projectId, secret: key } = provider
    const set = signMobilePayment({ ...payment, projectId }, key)
    const open = async (parameters: Readonly<Record<string, string>>) => {
      const page = await fetch(endpoints.paymentPage, { method: "POST", body: new URLSearchParams(parameters) })
      await page.body?.cancel()
      return page.status
    }
    const sent = sentByApp(set)
    assert.equal(await open(sent), 200)
    for (const name of Object.keys(sent)) {
      assert.notEqual(await open({ ...sent, [name]: `${sent[name]}1` }), 200, name)
    }
  })

  it("is refused by the name of what is wrong, and by nothing else", () => {
    const wrong: ReadonlyArray<readonly [name: string, change: Partial<MobilePayment>]> = [
      ["projectId", { projectId: 0 }],
      ["projectId", { projectId: 1.5 }],
      ["paymentId", { paymentId: "" }],
      ["paymentId", { paymentId: " 7654321" }],
      ["amount", { amount: 0n }],
      ["amount", { amount: 10_000_000_000_001n }],
      ["customerId", { customerId: "32199887654" }],
      ["description", { description: "lieta 010190-17654" }],
      ["description", { description: "7654\n321" }],
      ["description", { description: "7654".repeat(64) }],
      ["languageCode", { languageCode: "lv_7654" }],
      ["regionCode", { regionCode: "7654" }]
    ]
    for (const [name, change] of wrong) {
      const sentence = `A payment by the Mobile SDK cannot have this ${name}.`
      assert.throws(() => signMobilePayment({ ...payment, ...change }, secret), RangeError, sentence)
    }
    assert.throws(() => signMobilePayment({ ...payment, description: "a;b" }, secret), /separates signed lines/)
    assert.throws(() => signMobilePayment(payment, ""), /secret must be/)
  })
})
