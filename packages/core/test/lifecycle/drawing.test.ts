import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"
import { lifecycleJson, lifecycleMermaid } from "../../src/lifecycle/drawing.ts"

const document = (name: string): string =>
  readFileSync(new URL(`../../../../docs/generated/${name}`, import.meta.url), "utf8")

// Every cell of the table is in these documents, where people read and review it: no cell changes unseen.
describe("the table in the documentation", () => {
  it("is the one that runs, rule by rule", () => {
    assert.deepStrictEqual(JSON.parse(lifecycleJson()), JSON.parse(document("lifecycle.json")))
    assert.strictEqual(lifecycleJson(), document("lifecycle.json"))
  })

  it("is drawn arrow by arrow", () => {
    assert.strictEqual(lifecycleMermaid(), document("lifecycle.mmd"))
    assert.match(lifecycleMermaid(), /^stateDiagram-v2\n {2}\[\*\] --> created\n/)
  })
})
