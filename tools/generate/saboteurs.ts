// The matrix of saboteurs, from what `npm run saboteurs` found; whoever is new is missing until it was run.
import { filesOf, recorded } from "../saboteurs/record.ts"
import { suites } from "../saboteurs/suites.ts"
import { isProgram, write } from "./write.ts"

/** Path from the root -> content. */
export const generate = (): ReadonlyMap<string, string> => filesOf(suites, recorded())

if (isProgram(import.meta.url)) write(generate())
