import { describe, it } from "vitest"
import type { ProviderContract } from "../ProviderContract.ts"
import { describeBroken } from "./describeBroken.ts"
import { runHistories } from "./runHistories.ts"

export interface HistoriesContractOptions {
  /** How many histories; default 2,000. */
  readonly count?: number
  /** The same seed gives the same histories; default 1, so that a run is repeated by running it again. */
  readonly seed?: number
  /** The file that exports the contract, for the line that replays a failure. */
  readonly file?: string
}

/**
 * Registers random histories of a provider with vitest: whatever happens, and in whatever order it is heard of, nothing is
 * believed that is not true, and in the end everything that is true is believed.
 */
export const historiesContract = (
  contract: ProviderContract,
  { count = 2_000, seed = 1, file = "FILE" }: HistoriesContractOptions = {}
): void => {
  describe(`histories: ${contract.name}`, () => {
    it(`keeps every promise in ${count} random histories`, { timeout: 60_000 + count * 500 }, async ({ annotate }) => {
      const report = await runHistories(contract, { count, seed })
      if (report.broken !== undefined) throw new Error(describeBroken(report.broken, file))
      await annotate(`${report.played} histories in ${report.seconds.toFixed(1)} s, seed ${report.seed}`)
      if (report.played < count) throw new Error(`Only ${report.played} of ${count} histories were played.`)
    })
  })
}
