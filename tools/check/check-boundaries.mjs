// The dependency rule of ARCHITECTURE.md: who may import whom, in sources and in package.json.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { filesUnder, importsOf, packageOf, shown, workspacePackages } from "./workspace.mjs"

/** The part that a package plays, by its folder's name. */
export const roleOf = (area, name) => {
  if (area === "apps") return "app"
  if (name === "core" || name === "sandbox" || name === "cli") return name
  return name.startsWith("provider-") ? "provider" : "around-core"
}

// Which packages of ours a role may use when it runs. Tests may use the sandbox and the kit besides.
const ours = {
  core: () => false,
  sandbox: () => false,
  provider: (name) => name === "@maksa/core",
  "around-core": (name) => name === "@maksa/core",
  cli: () => true,
  app: () => true
}

const parsersOfAdapters = new Set(["saxes", "soap", "undici", "effect"])

/** Complaints about one import of a source file. `path` is relative to the package, with slashes. */
export const importComplaints = ({ role, path, specifier, declared, exportsOf }) => {
  // Bindings alone load what serves Node's own requests.
  const isOfNode = /^src\/node(?:\.ts|\/)/.test(path)
  if (specifier.startsWith(".")) {
    if (role === "core" && !isOfNode && /\/node(?:\.ts|\/)/.test(specifier)) {
      return [`core imports ${specifier}; only src/node.ts leads to src/node`]
    }
    const up = specifier.split("/").filter((part) => part === "..").length
    return up >= path.split("/").length ? [`${specifier} leaves the package`] : []
  }
  if (specifier.startsWith("node:")) {
    const allowed = isOfNode ? ["node:http", "node:stream/promises"] : ["node:crypto"]
    return role === "core" && !allowed.includes(specifier)
      ? [
          `core imports ${specifier}; only ${allowed.join(" and ")} ${allowed.length > 1 ? "are" : "is"} allowed in ${path}`
        ]
      : []
  }
  const name = packageOf(specifier)
  const found = []
  if (specifier === "effect") found.push("imports the root of effect; import from a module path")
  if (name.startsWith("@maksa/")) {
    if (!ours[role](name)) found.push(`a package of the kind "${role}" must not import ${name}`)
    const subpath = `.${specifier.slice(name.length)}`
    if (exportsOf(name) !== undefined && !exportsOf(name).includes(subpath)) found.push(`${specifier} is not exported`)
  }
  if (role === "core" && name !== "effect" && !(name === "undici" && /^src\/undici(?:\.ts|\/)/.test(path))) {
    found.push(`core imports ${specifier}; only effect and, in src/undici.ts and src/undici, undici are allowed`)
  }
  if (role === "sandbox" && parsersOfAdapters.has(name)) {
    found.push(`the sandbox imports ${name}, which the adapters use: a shared mistake would stay unseen`)
  }
  if (!declared.has(name)) found.push(`${name} is not among the package's dependencies`)
  return found
}

/** Complaints about the dependencies that a package.json declares. */
export const manifestComplaints = (role, json) => {
  const found = []
  const runtime = { ...json.dependencies, ...json.peerDependencies, ...json.optionalDependencies }
  for (const name of Object.keys(runtime)) {
    if (name.startsWith("@maksa/") && !ours[role](name)) found.push(`depends on ${name}`)
    if (role === "core" && name !== "effect" && name !== "undici") found.push(`depends on ${name}`)
    if (role === "sandbox" && parsersOfAdapters.has(name)) found.push(`depends on ${name}`)
  }
  if (role === "core" && Object.keys(json.dependencies ?? {}).length > 0)
    found.push("has dependencies; core has peers only")
  if (json.private !== true && json.dependencies?.effect !== undefined)
    found.push("must have effect as a peer, so that there is one copy")
  if (json.private !== true && role !== "cli" && json.dependencies?.["@maksa/core"] !== undefined) {
    found.push("must have @maksa/core as a peer, so that there is one copy")
  }
  return found
}

/** A circle among packages, as a list of names, or undefined. `graph` maps a name to the names that it depends on. */
export const circleIn = (graph) => {
  const done = new Set()
  const walk = (name, trail) => {
    if (trail.includes(name)) return [...trail.slice(trail.indexOf(name)), name]
    if (done.has(name)) return undefined
    for (const next of graph.get(name) ?? []) {
      const circle = walk(next, [...trail, name])
      if (circle !== undefined) return circle
    }
    done.add(name)
    return undefined
  }
  for (const name of graph.keys()) {
    const circle = walk(name, [])
    if (circle !== undefined) return circle
  }
  return undefined
}

export default async () => {
  const all = workspacePackages()
  const exportsOf = (name) => {
    const json = all.find((one) => one.name === name)?.json
    return json === undefined ? undefined : Object.keys(json.exports ?? {})
  }
  const complaints = all.flatMap(({ area, folder, json, name }) => {
    const role = roleOf(area, folder.split(/[\\/]/).at(-1))
    const declared = new Set([
      ...Object.keys({ ...json.dependencies, ...json.peerDependencies, ...json.optionalDependencies }),
      name
    ])
    const found = manifestComplaints(role, json).map((line) => `${shown(folder)}/package.json ${line}`)
    for (const file of filesUnder(join(folder, "src"), [".ts", ".mts", ".js"])) {
      const path = shown(file).split("/").slice(2).join("/")
      for (const specifier of importsOf(readFileSync(file, "utf8"))) {
        found.push(
          ...importComplaints({ role, path, specifier, declared, exportsOf }).map((line) => `${shown(file)}: ${line}`)
        )
      }
    }
    return found
  })
  const graph = new Map(
    all.map(({ name, json }) => [
      name,
      Object.keys({ ...json.dependencies, ...json.peerDependencies, ...json.devDependencies }).filter((one) =>
        one.startsWith("@maksa/")
      )
    ])
  )
  const circle = circleIn(graph)
  return circle === undefined
    ? complaints
    : [...complaints, `packages depend on each other in a circle: ${circle.join(" -> ")}`]
}
