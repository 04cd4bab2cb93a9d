import type { CreateInput, Observed } from "@maksa/core"
import * as Effect from "effect/Effect"
import { afterAll, assert, beforeAll, beforeEach } from "vitest"
import type { EcommpayLvConfig, EcommpayLvPaymentOptions } from "../../src/index.ts"
import { type Agency, openAgency } from "./agency.ts"
import { type OpenAdapter, openAdapter, orderAt } from "./openAdapter.ts"
import { openSandbox, type Provider } from "./openSandbox.ts"

export type Order = CreateInput<EcommpayLvPaymentOptions>

/** The simulator, an adapter made for it, and the agency's server, for all tests of one file; reset before each. */
export const useWorld = (changes: Partial<EcommpayLvConfig> = {}) => {
  let provider: Provider
  let open: OpenAdapter
  let agency: Agency

  beforeAll(async () => {
    provider = await openSandbox()
    open = await openAdapter({
      environment: "sandbox",
      projectId: provider.projectId,
      secrets: [provider.secret],
      fundsConfirmation: "off",
      endpoints: provider.endpoints,
      ...changes
    })
    agency = await openAgency(open, () => provider.sandbox.clock.now())
  })
  afterAll(async () => {
    await agency.close()
    await open.close()
    await provider.sandbox.close()
  })
  beforeEach(() => {
    provider.sandbox.faults.clear()
    provider.sandbox.reset()
    agency.forget()
  })

  return {
    get provider() {
      return provider
    },
    get adapter() {
      return open.adapter
    },
    get agency() {
      return agency
    },
    now: (): number => provider.sandbox.clock.now(),
    order: (orderChanges: Partial<Order> = {}): Order => {
      const plain = orderAt(provider.sandbox.clock.now())
      const urls = { ...plain.urls, webhook: `${agency.url}/hook`, return: `${agency.url}/return` }
      return { ...plain, urls, ...orderChanges }
    },
    /** Creates and keeps what was observed; answers the last observation. */
    create: async (input: Order): Promise<Observed> => {
      const observed = await Effect.runPromise(open.adapter.create(input))
      agency.keepReply(observed)
      return observed.at(-1) ?? assert.fail("nothing was observed")
    }
  }
}
