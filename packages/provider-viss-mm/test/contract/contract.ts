import { defineProviderContract, type OrderScenario, type ProviderScenarios } from "@maksa/contract-kit"
import { vissMm, type VissMm, type VissMmPaymentOptions } from "../../src/index.ts"
import { openVissMmDriver, type VissMmDriver } from "./driver.ts"

const configured = (driver: VissMmDriver, client: keyof VissMmDriver["clients"]): VissMm =>
  vissMm({
    environment: "sandbox",
    credentials: driver.clients[client],
    endpoints: driver.endpoints,
    ca: driver.ca,
    // A fault that never answers must not hold a law up for long; a healthy answer takes milliseconds.
    timeouts: { connectMillis: 5000, responseMillis: 1500 }
  })

const order = { firstContact: "call", actions: ["redirect"] } as const
const options = (more: Partial<VissMmPaymentOptions> = {}): VissMmPaymentOptions => ({ serviceStep: "02Y70", ...more })

const byAmount: OrderScenario = {
  ...order,
  name: "by amount",
  lines: [{ position: "54", amount: { minorUnits: 1212n, currency: "EUR" } }],
  options: options()
}
const byTariff: OrderScenario = {
  ...order,
  name: "by tariff",
  lines: [{ position: "53", quantity: "2" }],
  options: options()
}

/** The same orders for every service. */
export const scenarios: ProviderScenarios = {
  orders: [byAmount, byTariff],
  // MM takes the name of a person or of a company.
  personal: ({ companyName: _companyName, ...person }) => ({
    ...byAmount,
    name: "with personal data",
    payer: person
  })
}

export const contract = defineProviderContract({
  name: "viss-mm",
  driver: () => openVissMmDriver("x509"),
  make: (driver) => configured(driver, "a"),
  defects: {
    expired: (driver) => configured(driver, "expired"),
    unknown: (driver) => configured(driver, "unknownCa")
  },
  scenarios,
  // The first line of the encrypted key stands for the rest of it.
  secrets: ({ clients: { a } }) => [a.passphrase, /ENCRYPTED PRIVATE KEY-----\n(.+)\n/.exec(a.pem)?.[1] ?? a.pem]
})
