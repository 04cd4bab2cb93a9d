import { defineProviderContract, type OrderScenario, type ProviderContract } from "@maksa/contract-kit"
import { template, type TemplateConfig, type TemplatePaymentOptions } from "../../src/index.ts"
import { openDriver, type TemplateDriver } from "./driver.ts"

const amount = { minorUnits: 1200n, currency: "EUR" }

const order = (
  name: string,
  options: TemplatePaymentOptions,
  actions: OrderScenario["actions"],
  more: Partial<OrderScenario> = {}
): OrderScenario => ({ name, firstContact: "call", amount, options, actions, ...more })

const consent = order("after consent", { flow: "consent" }, ["collect", "redirect"], {
  answers: { iban: "LV80BANK0000435195001" }
})

const configOf = (driver: TemplateDriver): TemplateConfig => {
  const { accounts, origin } = driver.sandbox
  return {
    environment: "sandbox",
    account: accounts.own.id,
    key: accounts.own.key,
    secrets: [accounts.own.secret],
    endpoints: { api: origin, pages: origin },
    timeouts: { connectMillis: 1_000, responseMillis: 400 }
  }
}

/** The provider's contract: what the kit needs to hold the adapter against the simulator. */
export const contract: ProviderContract = defineProviderContract({
  name: "template",
  driver: openDriver,
  make: (driver) => template(configOf(driver)),
  defects: {
    expired: (driver) => template({ ...configOf(driver), key: driver.sandbox.accounts.expiredKey }),
    unknown: (driver) => template({ ...configOf(driver), key: "key-of-nobody" }),
    wrong_secret: (driver) => template({ ...configOf(driver), secrets: ["secret-of-nobody"] })
  },
  scenarios: {
    orders: [
      order("by page", {}, ["redirect"]),
      order("by form", { flow: "form" }, ["submit_form"], { firstContact: "payer" }),
      order("by widget", { flow: "widget" }, ["load_widget"]),
      consent,
      order("in the portal", { flow: "portal" }, ["pay_elsewhere"]),
      order("once prepared", { flow: "later" }, ["wait", "redirect"]),
      {
        name: "by tariff",
        firstContact: "call",
        lines: [
          { position: "T-01", quantity: "2" },
          { position: "T-02", quantity: "0.5" }
        ],
        options: {},
        actions: ["redirect"]
      }
    ],
    collect: consent,
    personal: (payer) => order("with personal data", {}, ["redirect"], { payer })
  },
  secrets: (driver) => {
    const { key, secret } = driver.sandbox.accounts.own
    return [key, secret]
  }
})
