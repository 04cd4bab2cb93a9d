import assert from "node:assert/strict"
import type { Law } from "../../Law.ts"
import { portProblems } from "../../portProblems.ts"

export const builtForThisPort: Law = {
  id: "built-for-this-port",
  sentence: "The adapter was built for the provider port of the installed core, and its manifest fits that port.",
  reason: "An adapter of another port is misunderstood: a capability is missed, or an outcome is read as another one.",
  duty: "State the port version that you built for, and fill the manifest as that port describes it.",
  about: ["port"],
  once: true,
  check: async (world) => {
    assert.deepEqual(portProblems(world.provider), [])
  }
}
