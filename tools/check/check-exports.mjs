// package.json of every published package against what is on disk: an export that does not exist breaks its users, not us.
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { publishedPackages, shown } from "./workspace.mjs"

/** `./dist/x.js` for `./src/x.ts`, with another ending for types. */
const built = (source, ending) => source.replace(/^\.\/src\//, "./dist/").replace(/\.ts$/, ending)

const isShipped = (path, files) => {
  const [, top] = path.split("/")
  return path === "./package.json" || files.includes(top)
}

/** Complaints about one package; `exists` answers whether a path of the package is there, `read` its text. */
export const complaintsOf = (json, exists) => {
  const found = []
  const files = json.files ?? []
  for (const name of ["README.md", "LICENSE"]) if (!exists(`./${name}`)) found.push(`has no ${name}`)
  if ((json.description ?? "").trim() === "") found.push("has no description")
  if (json.license !== "Apache-2.0") found.push("has another licence than Apache-2.0")
  if (json.type !== "module") found.push('is not "type": "module"')
  if (json.sideEffects !== false) found.push('does not say "sideEffects": false')
  if (json.engines?.node !== ">=22.19") found.push("does not state the Node that it needs (>=22.19)")
  if (json.publishConfig?.access !== "public" || json.publishConfig?.provenance !== true) {
    found.push("is not published publicly with provenance")
  }
  if (!files.includes("dist") || !files.includes("src")) found.push('ships not both "dist" and "src"')
  if (!files.includes("!dist/.tsbuildinfo")) found.push("ships the compiler's build information")
  for (const entry of files) {
    if (!entry.startsWith("!") && !exists(`./${entry}`)) found.push(`"files" names ${entry}, which is not there`)
  }
  const subpaths = Object.entries(json.exports ?? {})
  if (!("." in (json.exports ?? {}))) found.push('"exports" has no "."')
  if (json.exports?.["./package.json"] !== "./package.json") found.push('"exports" has no "./package.json"')
  for (const [subpath, target] of subpaths) {
    if (/internal|\*/.test(subpath)) found.push(`"exports" opens ${subpath}`)
    if (typeof target === "string") {
      if (!exists(target)) found.push(`${subpath}: ${target} is not there`)
      if (!isShipped(target, files)) found.push(`${subpath}: ${target} is not in "files"`)
      continue
    }
    const source = target["@maksa/source"]
    // The first condition that matches wins, so the order is part of the meaning.
    if (Object.keys(target).join() !== "@maksa/source,types,default") {
      found.push(`${subpath}: conditions must be @maksa/source, types, default, in this order`)
      continue
    }
    if (target.types !== built(source, ".d.ts")) found.push(`${subpath}: types are not built from ${source}`)
    if (target.default !== built(source, ".js")) found.push(`${subpath}: default is not built from ${source}`)
    for (const path of Object.values(target)) {
      if (!exists(path))
        found.push(`${subpath}: ${path} is not there${path.startsWith("./dist") ? " (build first)" : ""}`)
      if (!isShipped(path, files)) found.push(`${subpath}: ${path} is not in "files"`)
    }
  }
  const commands = typeof json.bin === "string" ? { [json.name]: json.bin } : (json.bin ?? {})
  for (const [name, path] of Object.entries(commands)) {
    if (!exists(path)) found.push(`bin ${name}: ${path} is not there`)
    if (!isShipped(path, files)) found.push(`bin ${name}: ${path} is not in "files"`)
  }
  return found
}

export default async () =>
  publishedPackages().flatMap(({ folder, json }) => {
    const complaints = complaintsOf(json, (path) => existsSync(join(folder, path)))
    const commands = typeof json.bin === "string" ? [json.bin] : Object.values(json.bin ?? {})
    for (const path of commands) {
      if (existsSync(join(folder, path)) && !readFileSync(join(folder, path), "utf8").startsWith("#!")) {
        complaints.push(`${path} is a command without a "#!" line`)
      }
    }
    return complaints.map((line) => `${shown(folder)}: ${line}`)
  })
