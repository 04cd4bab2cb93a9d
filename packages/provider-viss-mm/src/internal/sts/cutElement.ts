import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { MalformedMessage } from "../MalformedMessage.ts"

/** An element by namespace and name. */
export interface QName {
  readonly namespace: string
  readonly name: string
}

/** Cuts an element's original text out of a document. */
export type ElementCutter = (document: string, path: ReadonlyArray<QName>) => Result.Result<string, MalformedMessage>

const malformed = (problem: MalformedMessage["problem"], message: string): Result.Result<never, MalformedMessage> =>
  Result.fail(new MalformedMessage({ problem, message }))

/**
 * Loads the XML parser and returns a cutter: the text of the only child of the element at the end of `path` (from the
 * root on), just as it came. A signed element must be passed on so, because any other spelling of it is another text.
 *
 * **Details** The document must have passed the strict reader before: limits and DTDs are not looked at here. No child,
 * or several, and a path that leads to several places are refused.
 */
export const makeElementCutter: Effect.Effect<ElementCutter> = Effect.map(
  Effect.promise(() => import("saxes")),
  ({ SaxesParser }): ElementCutter =>
    (document, path) => {
      const parser = new SaxesParser({ xmlns: true, position: false })
      const found: Array<string> = []
      const starts: Array<number> = []
      /** How many of the open elements follow the path without a gap. */
      let matched = 0
      parser.on("opentagstart", () => {
        starts.push(document.lastIndexOf("<", parser.position - 1))
      })
      parser.on("opentag", (tag) => {
        const step = path[matched]
        const isNext = matched === starts.length - 1 && step?.name === tag.local && step.namespace === tag.uri
        if (isNext) matched++
      })
      parser.on("closetag", () => {
        const depth = starts.length
        const start = starts.pop() ?? 0
        if (matched === path.length && depth === path.length + 1) found.push(document.slice(start, parser.position))
        if (matched === depth) matched--
      })
      const parsed = Result.try({ try: () => parser.write(document).close(), catch: () => "not well-formed" })
      if (Result.isFailure(parsed)) return malformed("not_well_formed", "The document is not well-formed XML")
      const name = path.at(-1)?.name ?? "The document"
      const [only, ...others] = found
      if (only === undefined) return malformed("missing_element", `${name} is empty`)
      return others.length > 0 ? malformed("duplicate_element", `${name} has several elements`) : Result.succeed(only)
    }
)
