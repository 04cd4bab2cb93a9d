import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { codes } from "../src/ecommpay-lv/Codes.ts"
import { defaultSettings } from "../src/ecommpay-lv/ProjectSettings.ts"

const page = readFileSync(new URL("../docs/ecommpay-lv.md", import.meta.url), "utf8")

const settings = [
  ...Object.keys(defaultSettings),
  ...Object.keys(defaultSettings.payouts),
  ...Object.keys(defaultSettings.callbackFormat)
]

describe("the page about the ecommpay simulator", () => {
  it("says what each setting is about", () => {
    assert.deepStrictEqual(
      settings.filter((setting) => !page.includes(`\`${setting}\``) && !page.includes(`\`${setting}:`)),
      []
    )
  })

  it("says where each result code comes", () => {
    const unnamed = Object.values(codes).filter(({ code }) => !new RegExp(`\\b${code}\\b`).test(page))
    assert.deepStrictEqual(unnamed, [])
  })

  it("marks every behaviour by how sure we are", () => {
    const rows = page.split("\n").filter((line) => line.startsWith("| "))
    const cells = rows.map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    const unmarked = cells.filter(([, behaviour, certainty]) => behaviour === "" || certainty === "")
    assert.isAbove(rows.length, 70)
    assert.deepStrictEqual(unmarked, [])
  })
})
