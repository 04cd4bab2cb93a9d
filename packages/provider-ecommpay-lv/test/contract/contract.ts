import { defineProviderContract, type OrderScenario, type ProviderContract } from "@maksa/contract-kit"
import {
  type EcommpayLv,
  ecommpayLv,
  type EcommpayLvPaymentOptions,
  type EcommpayLvWithList,
  type FundsConfirmation
} from "../../src/index.ts"
import { bankAsking, type EcommpayDriver, openEcommpayDriver } from "./driver.ts"

const amount = { minorUnits: 1200n, currency: "EUR" }
const options = (chosen: EcommpayLvPaymentOptions): EcommpayLvPaymentOptions => chosen

const byPage: OrderScenario = {
  name: "by Payment Page",
  firstContact: "payer",
  amount,
  options: options({}),
  actions: ["redirect"]
}
/** Personal data never stand in a link. */
const byForm: OrderScenario = {
  ...byPage,
  name: "by Payment Page, with the payer's names",
  payer: { firstName: "Ernests", lastName: "Paraudziņš" },
  actions: ["submit_form"]
}
const byGate: OrderScenario = {
  name: "by Gate",
  firstContact: "call",
  amount,
  payer: { ipAddress: "192.0.2.7" },
  options: options({ flow: "gate" }),
  actions: ["wait", "redirect"]
}
/** The simulator's provider behind this bank asks for consent, and then loads its widget. */
const collect: OrderScenario = {
  ...byGate,
  name: "by Gate, after consent",
  options: options({ flow: "gate", bank: bankAsking }),
  actions: ["wait", "collect", "load_widget"]
}

const contractFor = (fundsConfirmation: FundsConfirmation, lists: boolean): ProviderContract => {
  const configured = (driver: EcommpayDriver, secret: string): EcommpayLv | EcommpayLvWithList =>
    ecommpayLv({
      environment: "sandbox",
      projectId: driver.projectId,
      secrets: [secret],
      fundsConfirmation,
      endpoints: driver.endpoints,
      ...(lists ? { dataApi: driver.dataApi } : {}),
      payout: { customerFields: ["ip_address", "first_name", "last_name"], ipAddress: "192.0.2.9" },
      // A fault that never answers must not hold a law up for long; a healthy answer takes milliseconds.
      timeouts: { connectMillis: 5000, responseMillis: 1500 }
    })
  return defineProviderContract({
    name: `ecommpay-lv, confirmation of funds: ${fundsConfirmation}`,
    driver: () => openEcommpayDriver(fundsConfirmation),
    make: (driver) => configured(driver, driver.secret),
    defects: { wrong_secret: (driver) => configured(driver, "not the project's secret") },
    scenarios: {
      orders: [byPage, byForm, byGate],
      collect,
      personal: (payer) => ({
        ...byForm,
        name: "with personal data",
        payer,
        options: options({
          page: {
            payer: { middleName: payer.firstName, address: payer.address },
            billing: { address: payer.address },
            booking: { bookers: [{ lastName: payer.lastName, email: payer.email }] }
          }
        })
      })
    },
    secrets: ({ dataApi, secret }) => [secret, dataApi.token, dataApi.secret]
  })
}

/** The usual project: nobody looks whether the money came. */
export const contract = contractFor("off", true)
/** The one without access to the Data API. */
export const decliningContract = contractFor("decline", false)
export const reversingContract = contractFor("reversal", true)
