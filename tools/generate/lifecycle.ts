// Writes docs/generated/lifecycle.json and lifecycle.mmd from core's table: `node tools/generate/lifecycle.ts`.
import { lifecycleJson, lifecycleMermaid } from "@maksa/core"
import { isProgram, write } from "./write.ts"

/** Path from the root -> content. */
export const generate = (): ReadonlyMap<string, string> =>
  new Map([
    ["docs/generated/lifecycle.json", lifecycleJson()],
    ["docs/generated/lifecycle.mmd", lifecycleMermaid()]
  ])

if (isProgram(import.meta.url)) write(generate())
