import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { connectionKinds } from "../src/kernel/Faults.ts"
import { simErrors } from "../src/viss-mm/errors.ts"
import { defaultSettings } from "../src/viss-mm/settings.ts"

const page = readFileSync(new URL("../docs/viss-mm.md", import.meta.url), "utf8")

describe("the page about the VISS MM simulator", () => {
  it.each(Object.keys(defaultSettings))("says what the setting %s is about", (setting) => {
    assert.include(page, `\`${setting}\``)
  })

  it.each(Object.keys(simErrors))("explains the error code %s", (code) => {
    assert.match(page, new RegExp(`\\| ${code} +\\| \\S`))
  })

  it.each(connectionKinds)("names the fault %s", (kind) => {
    assert.include(page, `\`${kind}\``)
  })

  it("marks every row of a table with settings by how sure we are", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("| "))
    const behaviours = rows.filter((line) => line.split(/(?<!\\)\|/).length === 5)
    assert.isAbove(behaviours.length, 60)
    const unmarked = behaviours
      .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
      .filter(([, , certainty]) => certainty === "")
    assert.deepEqual(unmarked, [])
  })
})
