import {
  defineProviderContract,
  type OrderScenario,
  type ProviderContract,
  type ProviderScenarios
} from "@maksa/contract-kit"
import { type PortalMode, vissMm, type VissMmPortal } from "../../src/index.ts"
import { citizen } from "./citizen.ts"
import { scenarios } from "./contract.ts"
import { openVissMmDriver, type VissMmDriver } from "./driver.ts"

const configured = (mode: PortalMode, driver: VissMmDriver, client: keyof VissMmDriver["clients"]): VissMmPortal => {
  const { kdv, ...services } = driver.portal
  return vissMm({
    service: "portal",
    mode,
    environment: "sandbox",
    credentials: driver.clients[client],
    ...services,
    documentList: { url: kdv },
    ca: driver.ca,
    // A fault that never answers must not hold a law up for long; a healthy answer takes milliseconds.
    timeouts: { connectMillis: 5000, responseMillis: 1500 }
  })
}

/** MM as a service of the portal: requests by IVIS messages, status and documents behind security tokens. */
const contractOf = (mode: PortalMode, own: ProviderScenarios): ProviderContract =>
  defineProviderContract({
    name: `viss-mm-portal-${mode}`,
    driver: () => openVissMmDriver(`portal-${mode}`),
    make: (driver) => configured(mode, driver, "a"),
    defects: {
      expired: (driver) => configured(mode, driver, "expired"),
      unknown: (driver) => configured(mode, driver, "unknownCa")
    },
    scenarios: own,
    // The first line of the encrypted key stands for the rest of it.
    secrets: ({ clients: { a } }) => [a.passphrase, /ENCRYPTED PRIVATE KEY-----\n(.+)\n/.exec(a.pem)?.[1] ?? a.pem]
  })

export const syncContract = contractOf("sync", scenarios)

const later = (order: OrderScenario): OrderScenario => ({
  ...order,
  actions: ["pay_elsewhere"],
  payer: { ...order.payer, ...citizen }
})
const [first, ...others] = scenarios.orders

export const asyncContract = contractOf("async", {
  orders: [later(first), ...others.map(later)],
  personal: (payer) => later(scenarios.personal(payer))
})
