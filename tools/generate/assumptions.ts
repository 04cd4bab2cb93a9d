// Writes docs/generated/assumptions.md from the comments `ASSUMPTION(provider#n): ...`: `node tools/generate/assumptions.ts`.
import { readdirSync, readFileSync } from "node:fs"
import { join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import { isProgram, write } from "./write.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))

interface Assumption {
  readonly number: number
  readonly text: string
  readonly file: string
}

const sourcesUnder = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()

/** The assumptions of `provider` in one source: from the mark to the end of its sentence block in the comment. */
export const assumptionsIn = (provider: string, source: string, file: string): ReadonlyArray<Assumption> => {
  const found: Array<Assumption> = []
  const lines = source.split("\n")
  for (const [index, line] of lines.entries()) {
    const match = new RegExp(`ASSUMPTION\\(${provider}#(\\d+)\\):\\s*(.*)$`).exec(line)
    if (match === null) continue
    const parts = [match[2] ?? ""]
    // The comment goes on as long as its lines do; an empty line of it ends the paragraph.
    for (const next of lines.slice(index + 1)) {
      const more = /^\s*(?:\/\/|\*(?!\/))\s?(.*)$/.exec(next)?.[1]
      if (more === undefined || more.trim() === "" || parts.at(-1)?.includes("*/") === true) break
      parts.push(more)
    }
    const text = parts
      .join(" ")
      .replace(/\s*\*\/.*$/, "")
      .replaceAll("|", "\\|")
      .trim()
    found.push({ number: Number(match[1]), text, file })
  }
  return found
}

/** Path from the root -> content. */
export const generate = (): ReadonlyMap<string, string> => {
  const packages = join(root, "packages")
  const providers = readdirSync(packages)
    .filter((name) => name.startsWith("provider-"))
    .toSorted()
  const sections = providers.map((name) => {
    const provider = name.replace(/^provider-/, "")
    const rows = sourcesUnder(join(packages, name, "src"))
      .flatMap((path) => assumptionsIn(provider, readFileSync(path, "utf8"), relative(root, path).split(sep).join("/")))
      .toSorted((a, b) => a.number - b.number || (a.file < b.file ? -1 : 1))
      .map(({ file, number, text }) => `| ${number} | ${text} | [${file.split("/").at(-1) ?? ""}](../../${file}) |`)
    // An adapter that assumes nothing has no section.
    return rows.length === 0
      ? ""
      : `## ${provider}\n\n| # | Assumption | Where |\n| --- | --- | --- |\n${rows.join("\n")}\n`
  })
  const head =
    "# What the adapters assume\n\nWhere a provider's documents are silent, the adapter assumes something and its source says so. Generated from those comments by `node tools/generate/assumptions.ts`; do not edit.\n"
  return new Map([
    ["docs/generated/assumptions.md", [head, ...sections.filter((section) => section !== "")].join("\n")]
  ])
}

if (isProgram(import.meta.url)) write(generate())
