import { type History, playHistory } from "@maksa/contract-kit"
import { assert, it } from "vitest"
import { contract } from "./contract.ts"

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

it(
  "repeats a history to the byte: every call, every message, every event and all that is stored",
  { timeout: 120_000 },
  async () => {
    const [first, second] = await playHistory(contract, eventful, 2)
    assert.isAbove(first?.calls.length ?? 0, 2)
    assert.isAbove(first?.notices.length ?? 0, 0)
    assert.deepStrictEqual(second, first)
  }
)
