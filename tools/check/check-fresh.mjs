// Generated documents equal what their generators make of today's sources.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { root } from "./workspace.mjs"

const generators = [
  "tools/generate/lifecycle.ts",
  "tools/generate/capabilities.ts",
  "tools/generate/assumptions.ts",
  "tools/generate/laws.ts",
  "tools/generate/saboteurs.ts",
  "tools/generate/contracts.ts",
  "tools/generate/histories.ts"
]

/** Complaints about files that differ from `expected` (path -> content); `read` answers undefined for a missing file. */
export const complaintsOf = (generator, expected, read) =>
  [...expected].flatMap(([path, content]) => {
    const present = read(path)
    if (present === content) return []
    return [`${path} ${present === undefined ? "is not there" : "is not fresh"}; run: node ${generator}`]
  })

/** The drawing in a document equals the generated one. */
export const drawingComplaints = (document, drawing) => {
  const blocks = [...document.matchAll(/```mermaid\n([^]*?)```/g)].map(([, block]) => block)
  return blocks.includes(drawing) ? [] : ["docs/lifecycle.md does not hold docs/generated/lifecycle.mmd as it is"]
}

export default async () => {
  const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined)
  const complaints = []
  const known = new Set()
  for (const generator of generators) {
    const expected = (await import(pathToFileURL(join(root, generator)).href)).generate()
    for (const path of expected.keys()) known.add(path)
    complaints.push(...complaintsOf(generator, expected, read))
  }
  // A diagram that nobody generates any more would stay wrong for ever.
  const folder = "docs/generated"
  for (const name of existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : []) {
    if (!known.has(`${folder}/${name}`) && !/^(?:bench|forgeries|fuzz|histories|mutation|timing)\./.test(name))
      complaints.push(`${folder}/${name} has no generator`)
  }
  complaints.push(...drawingComplaints(read("docs/lifecycle.md") ?? "", read("docs/generated/lifecycle.mmd") ?? ""))
  return complaints
}
