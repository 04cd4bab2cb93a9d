// JSON that means the same to every reader: `JSON.parse` takes the last of two equal names and any depth.
import * as Result from "effect/Result"

const maxDepth = 16
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/gs
const utf8 = new TextDecoder("utf-8", { fatal: true })

/** What is wrong with the text beyond its grammar, in words without values. */
const problem = (text: string): string | undefined => {
  const open: Array<Set<string> | undefined> = []
  let previous = ""
  for (const [part] of text.matchAll(token)) {
    if (part === "{" || part === "[") {
      open.push(part === "{" ? new Set() : undefined)
      if (open.length > maxDepth) return "it is nested too deep"
    } else if (part === "}" || part === "]") open.pop()
    else if (part === ":") {
      const names = open.at(-1)
      // Escapes can spell one name in two ways.
      const name = names === undefined ? undefined : String(JSON.parse(previous))
      if (name === "__proto__") return "it has a poisonous name"
      if (name !== undefined && names?.has(name) === true) return "a name stands twice"
      if (name !== undefined) names?.add(name)
    }
    previous = part
  }
  return undefined
}

/** Reads bytes as strict JSON, or says what is wrong with them. */
export const parseStrict = (bytes: Uint8Array): Result.Result<unknown, string> =>
  Result.flatMap(
    Result.try({
      try: () => {
        const text = utf8.decode(bytes)
        return { text, value: JSON.parse(text) as unknown }
      },
      catch: () => "it is not JSON"
    }),
    ({ text, value }) => {
      const found = problem(text)
      return found === undefined ? Result.succeed(value) : Result.fail(found)
    }
  )
