import { defineProviderContract, type ProviderContract } from "@maksa/contract-kit"
import { pocket } from "../src/index.ts"
import { openDriver } from "./driver.ts"
import { key } from "./Simulator.ts"

const amount = { minorUnits: 1200n, currency: "EUR" }
const order = { name: "by page", firstContact: "call", amount, options: {}, actions: ["redirect"] } as const

/** Everything that the contract kit needs to certify the adapter. */
export const contract: ProviderContract = defineProviderContract({
  name: "pocket",
  driver: openDriver,
  make: ({ origin }) => pocket({ environment: "sandbox", api: origin, key, responseMillis: 400 }),
  defects: {
    unknown: ({ origin }) => pocket({ environment: "sandbox", api: origin, key: "nobody's", responseMillis: 400 })
  },
  scenarios: {
    orders: [order],
    // It takes no personal data; what is given all the same must not get out.
    personal: (payer) => ({ ...order, payer })
  },
  secrets: () => [key]
})
