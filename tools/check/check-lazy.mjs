// What importing a package loads: heavy libraries come with the first use, never with the import (ARCHITECTURE.md).
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { publishedPackages, root } from "./workspace.mjs"

const heavy = [
  "undici",
  "soap",
  "saxes",
  "node-forge",
  "kysely",
  "better-sqlite3",
  "pdfkit",
  "fontkit",
  "dejavu-fonts-ttf"
]

// Prints the package of every module that the import resolves, ours left out.
const recorder = `
import { registerHooks } from "node:module"
const seen = new Set()
registerHooks({
  resolve(specifier, context, next) {
    const result = next(specifier, context)
    const match = /\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)\\/(.*)$/.exec(result.url)
    if (match !== null) {
      seen.add(match[1])
      if (match[1] === "effect" && /^dist\\/index\\.js/.test(match[2])) seen.add("the root of effect")
    }
    return result
  }
})
process.on("exit", () => console.log(JSON.stringify([...seen])))
`

/** Packages of node_modules that importing `specifier` loads. */
export const loadedBy = (specifier) => {
  const folder = mkdtempSync(join(root, ".check-lazy-"))
  try {
    const hook = join(folder, "hook.mjs")
    writeFileSync(hook, recorder)
    const args = [
      "--import",
      pathToFileURL(hook).href,
      "--input-type=module",
      "-e",
      `await import(${JSON.stringify(specifier)})`
    ]
    const result = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" })
    if (result.status !== 0)
      return { error: result.stderr.split("\n").find((line) => line.includes("Error")) ?? "it failed" }
    return { packages: JSON.parse(result.stdout.trim().split("\n").at(-1)) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Complaints about what one import loaded. `/signature` entries are used without Effect and load nothing at all. */
export const complaintsOf = (specifier, packages) => {
  const forbidden = specifier.endsWith("/signature")
    ? packages
    : packages.filter((name) => heavy.includes(name) || name === "the root of effect")
  return forbidden.map((name) => `import of ${specifier} loads ${name}`)
}

const isLazy = (name) => name === "@maksa/core" || name === "@maksa/receipts" || name.startsWith("@maksa/provider-")

export default async () =>
  publishedPackages()
    .filter(({ name }) => isLazy(name))
    .flatMap(({ name, json }) =>
      Object.entries(json.exports)
        // `@maksa/core/undici` is the transport itself.
        .filter(([subpath, target]) => typeof target === "object" && subpath !== "./undici")
        .flatMap(([subpath]) => {
          const specifier = name + subpath.slice(1)
          const { error, packages } = loadedBy(specifier)
          return error === undefined ? complaintsOf(specifier, packages) : [`${specifier} cannot be imported: ${error}`]
        })
    )
