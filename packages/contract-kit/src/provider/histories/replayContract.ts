import { assert, describe, it } from "vitest"
import type { ProviderContract } from "../ProviderContract.ts"
import { playHistory } from "./runHistories.ts"
import type { History } from "./Step.ts"

/** A lost reply, messages that are kept back, a restart and a week: much that could come out otherwise the second time. */
const eventful: History = [
  { do: "fault", operation: "create", kind: "close", phase: "after", times: 1 },
  { do: "create", order: 2, days: 10 },
  { do: "jump", by: 60 },
  { do: "hold" },
  { do: "create", order: 0, days: 10 },
  { do: "act", of: 1, act: "pay" },
  { do: "act", of: 0, act: "pay" },
  { do: "restart" },
  { do: "deliver", notice: 0 },
  { do: "release" },
  { do: "jump", by: "soft_window" }
]

/**
 * Registers with vitest that a history which is played again repeats itself to the byte, so that a failure can be looked at
 * by its seed. Not for a wire that demands chance in its messages, as the random ids of WS-Security are: there a failure
 * repeats by what it means.
 */
export const replayContract = (contract: ProviderContract): void => {
  describe(`replay: ${contract.name}`, () => {
    it("repeats every call, message and event, and all that is stored, to the byte", { timeout: 120_000 }, async () => {
      const [first, second] = await playHistory(contract, eventful, 2)
      assert.isAbove(first?.calls.length ?? 0, 2)
      assert.isAbove(first?.notices.length ?? 0, 0)
      assert.deepStrictEqual(second, first)
    })
  })
}
