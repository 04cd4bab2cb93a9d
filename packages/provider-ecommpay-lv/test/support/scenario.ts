// The simulator for all tests of one file, and for each of them a new engine around it.
import { openWorld, type OrderScenario, type World } from "@maksa/contract-kit"
import { afterAll, afterEach, beforeAll } from "vitest"
import type { FundsConfirmation } from "../../src/index.ts"
import { contract, decliningContract, reversingContract } from "../contract/contract.ts"
import { type EcommpayDriver, openEcommpayDriver } from "../contract/driver.ts"

const contracts = { off: contract, decline: decliningContract, reversal: reversingContract } as const

/** @param confirmation what the project does about money that does not arrive. */
export const useScenario = (confirmation: FundsConfirmation = "off") => {
  let driver: EcommpayDriver
  let world: World | undefined
  beforeAll(async () => {
    driver = await openEcommpayDriver(confirmation)
  })
  afterEach(async () => {
    await world?.[Symbol.asyncDispose]()
    world = undefined
  })
  afterAll(() => driver[Symbol.asyncDispose]())
  return {
    get driver() {
      return driver
    },
    /** A reset simulator, and an engine that lives until the test ends. */
    open: async (order?: OrderScenario): Promise<World> => {
      world = await openWorld(contracts[confirmation], driver, order === undefined ? {} : { order })
      return world
    }
  }
}
