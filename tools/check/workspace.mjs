// What the repository checks read: packages, files and imports. No check changes anything that stays.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..")

const ignored = new Set([
  "node_modules",
  "dist",
  "coverage",
  "test-results",
  ".git",
  ".nx",
  ".data",
  ".install-lock",
  ".stryker"
])

/** Files under `folder` whose names end in one of `endings`; absolute, sorted. Generated and installed folders are left out. */
export const filesUnder = (folder, endings, leaveOut = ignored) => {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      if (leaveOut.has(entry.name) || entry.name.startsWith(".check-")) return []
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesUnder(path, endings, leaveOut)
      return entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)) ? [path] : []
    })
    .toSorted()
}

/** The path as it is written in messages: relative to the root, with slashes. */
export const shown = (path) => relative(root, path).split(sep).join("/")

/** Workspace packages: `{ name, folder, area, json }`, where area is `packages` or `apps`. */
export const workspacePackages = () =>
  ["packages", "apps"].flatMap((area) =>
    (existsSync(join(root, area)) ? readdirSync(join(root, area)) : [])
      .map((name) => join(root, area, name))
      .filter((folder) => statSync(folder).isDirectory() && existsSync(join(folder, "package.json")))
      .map((folder) => {
        const json = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"))
        return { name: json.name, folder, area, json }
      })
  )

export const publishedPackages = () => workspacePackages().filter(({ json }) => json.private !== true)

/** Source text without comments, so that examples in documentation comments are not read as imports. */
const withoutComments = (text) => text.replaceAll(/\/\*[^]*?\*\//g, "").replaceAll(/^\s*\/\/.*$/gm, "")

/** Every module that `text` imports, exports from, or loads dynamically by a literal name. */
export const importsOf = (text) => {
  const code = withoutComments(text)
  const patterns = [
    /(?:^|[\n;}])\s*(?:import|export)\s[^"';]*?\bfrom\s*["']([^"']+)["']/g,
    /(?:^|[\n;}])\s*import\s*["']([^"']+)["']/g,
    /\bimport\s*\(\s*["']([^"']+)["']/g,
    /\brequire\s*\(\s*["']([^"']+)["']/g
  ]
  return [...new Set(patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1])))]
}

/** `@scope/name` or `name` of a bare module name. */
export const packageOf = (specifier) =>
  specifier.startsWith("@") ? specifier.split("/").slice(0, 2).join("/") : specifier.split("/")[0]
