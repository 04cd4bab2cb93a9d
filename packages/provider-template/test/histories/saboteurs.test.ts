import { runHistories } from "@maksa/contract-kit"
import { assert, describe, it } from "vitest"
import { contract } from "../contract/contract.ts"
import { commandSaboteurs } from "./commandSaboteurs.ts"
import { historySaboteurs } from "./saboteurs.ts"

// Any seed finds them sooner or later; with these every one is found within the histories of a test run.
const usualSeed = 2

describe("random histories find an adapter that", () => {
  for (const { id, seed = usualSeed, sentence, spoil } of historySaboteurs) {
    it(`${id}: ${sentence}`, { timeout: 300_000 }, async ({ annotate }) => {
      const { broken, played } = await runHistories(spoil(contract), { count: 2_000, seed })
      assert.isDefined(broken, `${id} was not found in ${played} histories`)
      await annotate(`after ${played} histories, in ${broken?.history.length} steps: ${broken?.error.split("\n")[0]}`)
    })
  }
})

describe("only a history with the command finds", () => {
  for (const { engine, id, needs, sentence, spoil } of commandSaboteurs) {
    it(`${id}: ${sentence}`, { timeout: 300_000 }, async ({ annotate }) => {
      const spoiled = spoil?.(contract) ?? contract
      const options = { count: 2_000, seed: usualSeed, ...(engine === undefined ? {} : { engine }) }
      const { broken, played } = await runHistories(spoiled, options)
      assert.isDefined(broken, `${id} was not found in ${played} histories`)
      // Made as small as it gets, a history holds only what is needed.
      assert.isTrue(broken?.history.some(needs), JSON.stringify(broken?.history))
      const [, path] = /^--seed 2 --path ([\d:]+)$/.exec(broken?.replay ?? "") ?? []
      assert.isDefined(path)
      const again = await runHistories(spoiled, { ...options, count: 1, path: path ?? "" })
      assert.deepStrictEqual(again.broken?.history, broken?.history)
      assert.strictEqual(again.broken?.error.split("\n")[0], broken?.error.split("\n")[0])
      await annotate(`after ${played} histories, in ${broken?.history.length} steps: ${broken?.error.split("\n")[0]}`)
    })
  }
})
