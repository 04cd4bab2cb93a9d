import { openWorld, type World } from "@maksa/contract-kit"
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest"
import { contract } from "../contract/contract.ts"
import { openDriver, type TemplateDriver } from "../contract/driver.ts"

/** One simulator for all tests of a file, and for each test a world of its own around it. */
export const useWorld = () => {
  let driver: TemplateDriver
  let world: World
  beforeAll(async () => {
    driver = await openDriver()
  })
  beforeEach(async () => {
    world = await openWorld(contract, driver)
  })
  afterEach(() => world[Symbol.asyncDispose]())
  afterAll(() => driver[Symbol.asyncDispose]())
  return {
    get world() {
      return world
    },
    get sandbox() {
      return driver.sandbox
    },
    /** A payment that the payer has paid, and we have heard of. */
    paid: async () => {
      const payment = await world.create()
      await world.act(payment, "pay")
      await world.quiet()
      return world.get(payment)
    }
  }
}
