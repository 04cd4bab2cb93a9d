import { defineProviderContract } from "@maksa/contract-kit"
import { vissMm, type VissMmPaymentApi } from "../../src/index.ts"
import { scenarios } from "./contract.ts"
import { openVissMmDriver, type VissMmDriver } from "./driver.ts"

const configured = (driver: VissMmDriver, client: keyof VissMmDriver["clients"]): VissMmPaymentApi =>
  vissMm({
    service: "payment-api",
    environment: "sandbox",
    credentials: { certificate: driver.clients[client].pem },
    endpoints: { paymentApi: driver.paymentApi },
    ca: driver.ca,
    // A fault that never answers must not hold a law up for long; a healthy answer takes milliseconds.
    timeouts: { connectMillis: 5000, responseMillis: 1500 }
  })

/** MM through its JSON microservice alone: sums by its list, confirmations by core. */
export const contract = defineProviderContract({
  name: "viss-mm-payment-api",
  driver: () => openVissMmDriver("payment-api"),
  make: (driver) => configured(driver, "a"),
  defects: {
    expired: (driver) => configured(driver, "expired"),
    unknown: (driver) => configured(driver, "unknownCa")
  },
  scenarios,
  // MM_Cert in the middle: its beginning is in every certificate.
  secrets: ({ clients: { a } }) => [
    /BEGIN CERTIFICATE-----\n(?:.+\n){5}(.+)\n/.exec(a.pem)?.[1] ?? a.pem,
    /ENCRYPTED PRIVATE KEY-----\n(.+)\n/.exec(a.pem)?.[1] ?? a.pem
  ]
})
