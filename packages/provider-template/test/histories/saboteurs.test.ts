import { runHistories } from "@maksa/contract-kit"
import { assert, describe, it } from "vitest"
import { contract } from "../contract/contract.ts"
import { historySaboteurs } from "./saboteurs.ts"

describe("random histories find an adapter that", () => {
  for (const { id, sentence, spoil } of historySaboteurs) {
    it(`${id}: ${sentence}`, { timeout: 300_000 }, async ({ annotate }) => {
      const { broken, played } = await runHistories(spoil(contract), { count: 2_000, seed: 1 })
      assert.isDefined(broken, `${id} was not found in ${played} histories`)
      await annotate(`after ${played} histories, in ${broken?.history.length} steps: ${broken?.error.split("\n")[0]}`)
    })
  }
})
