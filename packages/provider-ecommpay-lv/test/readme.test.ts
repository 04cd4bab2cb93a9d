import { readdirSync, readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { paymentStatuses } from "../src/internal/statuses.ts"

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8")
const source = new URL("../src/", import.meta.url)

describe("the README", () => {
  it("lists exactly the assumptions that the code marks", () => {
    const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"))
    const code = files.map((name) => readFileSync(new URL(name, source), "utf8")).join("\n")
    const marked = new Set([...code.matchAll(/ASSUMPTION\((ecommpay-lv#\d+)\)/g)].map((match) => match[1]))
    const listed = new Set([...readme.matchAll(/^\| (ecommpay-lv#\d+) +\|/gm)].map((match) => match[1]))
    assert.isAbove(marked.size, 0)
    assert.sameMembers([...listed], [...marked])
  })

  it("names every status that is not merely waiting", () => {
    const map = readme.slice(readme.indexOf("## Status map"), readme.indexOf("## Error map"))
    for (const [status, [kind]] of Object.entries(paymentStatuses)) {
      if (kind !== "working") assert.include(map, `\`${status}\``, status)
    }
  })
})
