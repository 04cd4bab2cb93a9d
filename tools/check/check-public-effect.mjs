// Published types name stable symbols of Effect only: an unstable one would break our users with a minor of Effect (ADR 0014).
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { filesUnder, publishedPackages, root, shown } from "./workspace.mjs"

const declarations = new Set(["node_modules", "test-results"])
const effectTypes = join(root, "node_modules", "effect", "dist")

/** The declaration file of `effect/X`; a folder (`effect/http`) has an index. */
const declarationFile = (module) => {
  const name = module.replace(/^effect\/?/, "")
  return [join(effectTypes, `${name === "" ? "index" : name}.d.ts`), join(effectTypes, name, "index.d.ts")].find(
    (path) => existsSync(path)
  )
}

/** Stability of a module and of each exported name, by the `@stability` tag of the comment before it. */
export const stabilityOf = (text) => {
  const names = new Map()
  const comment =
    /\/\*\*(?:[^*]|\*(?!\/))*\*\/\s*(?:export\s+(?:declare\s+)?(?:abstract\s+)?(?:const|let|function|class|interface|type|namespace|enum)\s+([A-Za-z0-9_$]+))?/g
  let module
  for (const match of text.matchAll(comment)) {
    const stability = /@stability\s+(\w+)/.exec(match[0])?.[1]
    if (match.index === 0 && match[1] === undefined) module = stability
    if (match[1] === undefined || stability === undefined) continue
    // A name may be a value, a type and a namespace: the weakest promise counts.
    if (names.get(match[1]) === undefined || names.get(match[1]) === "stable") names.set(match[1], stability)
  }
  return { module, names }
}

/** What a declaration text takes from Effect: `{ module, name }`, where name is undefined for the module as a whole. */
export const uses = (text) => {
  const found = []
  for (const [, alias, module] of text.matchAll(
    /\bimport\s+(?:type\s+)?\*\s+as\s+(\w+)\s+from\s+["'](effect(?:\/[\w/-]+)?)["']/g
  )) {
    found.push({ module })
    for (const [, name] of text.matchAll(new RegExp(`(?<![\\w.$])${alias}\\.([A-Za-z_$][\\w$]*)`, "g"))) {
      found.push({ module, name })
    }
  }
  for (const [, list, module] of text.matchAll(
    /\b(?:import|export)\s+(?:type\s+)?\{([^}]*)\}\s+from\s+["'](effect(?:\/[\w/-]+)?)["']/g
  )) {
    for (const part of list.split(",")) {
      const [name] = part
        .trim()
        .replace(/^type\s+/, "")
        .split(/\s+as\s+/)
      if (name !== undefined && name !== "") found.push({ module, name })
    }
  }
  for (const [, module, name] of text.matchAll(
    /\bimport\(["'](effect(?:\/[\w/-]+)?)["']\)(?:\.([A-Za-z_$][\w$]*))?/g
  )) {
    found.push(name === undefined ? { module } : { module, name })
  }
  return found
}

/** Complaints about one declaration text; `stability` answers what a module promises, or undefined if there is none such. */
export const complaintsOf = (text, stability) => {
  const found = new Set()
  for (const { module, name } of uses(text)) {
    if (module === "effect") {
      found.add("imports the root of effect; import from a module path")
      continue
    }
    const promises = stability(module)
    if (promises === undefined) found.add(`names ${module}, which effect does not have`)
    else if (promises.module !== undefined && promises.module !== "stable")
      found.add(`names ${module}, which is ${promises.module}`)
    else if (name !== undefined) {
      const one = promises.names.get(name)
      if (one !== undefined && one !== "stable") found.add(`names ${name} of ${module}, which is ${one}`)
    }
  }
  return [...found]
}

export default async () => {
  const known = new Map()
  const stability = (module) => {
    if (!known.has(module)) {
      const file = declarationFile(module)
      known.set(module, file === undefined ? undefined : stabilityOf(readFileSync(file, "utf8")))
    }
    return known.get(module)
  }
  return publishedPackages().flatMap(({ folder }) => {
    const files = filesUnder(join(folder, "dist"), [".d.ts"], declarations)
    if (files.length === 0) return [`${shown(folder)} has no declarations (build first)`]
    return files.flatMap((file) =>
      complaintsOf(readFileSync(file, "utf8"), stability).map((line) => `${shown(file)} ${line}`)
    )
  })
}
