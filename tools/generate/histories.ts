// The page of random histories, from the figures of their runs: `node tools/generate/histories.ts`.
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { type Run, toPage } from "../histories/report.ts"
import { isProgram, write } from "./write.ts"

const figures = fileURLToPath(new URL("../../docs/generated/histories.json", import.meta.url))

/** Path from the root -> content. */
export const generate = (): ReadonlyMap<string, string> =>
  // `npm run histories` writes the figures.
  new Map([["docs/generated/histories.md", toPage(JSON.parse(readFileSync(figures, "utf8")) as ReadonlyArray<Run>)]])

if (isProgram(import.meta.url)) write(generate())
