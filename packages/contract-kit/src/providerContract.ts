import { afterAll, beforeAll, describe, it } from "vitest"
import assert from "node:assert/strict"
import { openDriver, requireContract } from "./provider/contractProblems.ts"
import { describeFailure } from "./provider/describeFailure.ts"
import type { ProviderContract } from "./provider/ProviderContract.ts"
import type { LawResult } from "./provider/Report.ts"
import { type Trial, trialsOf, tryLaw } from "./provider/runProviderContract.ts"
import type { SandboxDriver } from "./provider/SandboxDriver.ts"

/**
 * Registers a contract with vitest: one test for each law and way to order. A law that the manifest does not call for is
 * reported as skipped, with the reason, and the last test asserts that nothing else was left out.
 *
 * `some`: trials; all of them, unless the same adapter is tried with several configurations. Then one is tried with all, and
 * another with those in which it may differ.
 */
export const providerContract = (contract: ProviderContract, some?: ReadonlyArray<Trial>): void => {
  requireContract(contract)
  const trials = some ?? trialsOf(contract)
  describe(`provider contract: ${contract.name}`, () => {
    let driver: SandboxDriver | undefined
    const results: Array<LawResult> = []
    beforeAll(async () => {
      driver = await openDriver(contract)
    })
    afterAll(async () => {
      await driver?.[Symbol.asyncDispose]()
    })
    for (const trial of trials) {
      const { law, order } = trial
      const name = law.once === true ? law.id : `${law.id}, ${order.name}`
      it(`${name}: ${law.sentence}`, { timeout: 180_000 }, async (context) => {
        assert.ok(driver, "the simulator is not open")
        const result = await tryLaw(contract, driver, trial)
        results.push(result)
        if (result.outcome === "exempt") context.skip(result.reason)
        if (result.outcome === "failed") throw new Error(describeFailure(law, result.error), { cause: result.cause })
      })
    }
    it("leaves no law out without a reason in the manifest", () => {
      assert.ok(trials.length > 0, "there is no law to try")
      const open = trials.length - results.length
      assert.equal(open, 0, `${open} of ${trials.length} trials were not made`)
    })
  })
}
