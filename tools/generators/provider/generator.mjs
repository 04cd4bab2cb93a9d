// `npm run new-provider -- <id>`: packages/provider-<id> from the template provider, and every list that names providers.
import { spawnSync } from "node:child_process"
import { join } from "node:path"
import { nodePath, run, runBin } from "../../setup/node.mjs"
import { idProblem, namesOf, rename } from "./names.mjs"
import { changeset, docsPage, readmeHead } from "./pages.mjs"

const template = "packages/provider-template"
const made = new Set(["node_modules", "dist", "test-results", "coverage"])

/** What tries the kit on the template (broken adapters, replays) is of no use to a new adapter. */
const triesTheKit = (path) => /saboteur|\/test\/histories\//i.test(path)

const filesUnder = (tree, folder) =>
  tree
    .children(folder)
    .filter((name) => !made.has(name))
    .flatMap((name) => {
      const path = `${folder}/${name}`
      return tree.isFile(path) ? [path] : filesUnder(tree, path)
    })

/** The package is published, so it says how. */
const packageJson = (text, { title }) => {
  const { name, version: _version, private: _private, description: _description, scripts, ...rest } = JSON.parse(text)
  const { license, files, type, sideEffects, exports, ...more } = rest
  const description = `Maksa adapter for ${title}`
  const publishConfig = { access: "public", provenance: true }
  const head = {
    name,
    version: "0.1.0",
    description,
    license,
    files,
    type,
    sideEffects,
    exports,
    publishConfig,
    scripts
  }
  return `${JSON.stringify({ ...head, ...more }, undefined, 2)}\n`
}

const edit = (tree, path, change) => {
  const before = tree.read(path, "utf8")
  const after = change(before)
  if (after === before) throw new Error(`${path} has no place for another provider.`)
  tree.write(path, after)
}

const afterLast = (text, pattern, added) => {
  const last = [...text.matchAll(pattern)].at(-1)
  if (last === undefined) return text
  const end = last.index + last[0].length
  return text.slice(0, end) + added + text.slice(end)
}

const addToLists = (tree, { camel, kebab }) => {
  edit(tree, "tsconfig.json", (text) =>
    afterLast(
      text,
      /\{\s*"path": "packages\/provider-[a-z0-9-]+"\s*\},/g,
      `\n    {\n      "path": "packages/provider-${kebab}"\n    },`
    )
  )
  edit(tree, "tools/generate/capabilities.ts", (text) =>
    afterLast(
      text,
      /^import \{[^}\n]*\} from "@maksa\/provider-[a-z0-9-]+"\n/gm,
      `import { manifest as ${camel} } from "@maksa/provider-${kebab}"\n`
    ).replace(/^(const columns: .*= \[\n(?: {2}\[.*\],?\n)*? {2}\[.*\])\n\]/m, `$1,\n  ["\`${kebab}\`", ${camel}]\n]`)
  )
}

/** Installs, formats, builds and writes the generated pages: what a person would otherwise forget. */
const finish = (root, folder, { install }) => {
  const steps = [
    // The first step makes the workspace know the package, and the lock name it.
    ...(install
      ? [() => spawnSync("npm", ["install", "--no-audit", "--no-fund"], { cwd: root, stdio: "inherit" }).status]
      : []),
    () => runBin("oxfmt/bin/oxfmt", [folder, "tools/generate/capabilities.ts", "tsconfig.json"]),
    // Everything: in a fresh clone nothing is built, and the matrix is made of every provider.
    () => runBin("@typescript/native/bin/tsc", ["-b", root]),
    () => run(nodePath, [join(root, "tools", "generate", "capabilities.ts")])
  ]
  for (const step of steps)
    if (step() !== 0) throw new Error(`${folder} is written; a step after it failed, see above.`)
}

/** The generator, by Nx's interface: what it writes becomes real when it has returned. */
export default (tree, { id, install = true }) => {
  const sources = filesUnder(tree, template).filter((path) => !triesTheKit(path))
  const problem = idProblem(
    id,
    tree.children("packages"),
    sources.filter((path) => path.endsWith(".ts")).map((path) => tree.read(path, "utf8"))
  )
  if (problem !== undefined) throw new Error(problem)
  const names = namesOf(id)
  const folder = `packages/provider-${id}`
  for (const path of sources) {
    const text = rename(tree.read(path, "utf8"), names)
    const target = rename(path, names)
    if (target === `${folder}/package.json`) tree.write(target, packageJson(text, names))
    else if (target === `${folder}/README.md`) {
      tree.write(target, readmeHead(names) + text.slice(text.indexOf("## Setup")))
    } else tree.write(target, text)
  }
  tree.write(`docs/providers/${id}.md`, docsPage(names))
  tree.write(`.changeset/provider-${id}.md`, changeset(names))
  addToLists(tree, names)
  return () => {
    finish(tree.root, folder, { install })
    console.log(
      `\n${folder} is there. Its contract, green from the start: npm test -w ${folder}\nWhat to write next: docs/write-a-provider.md`
    )
  }
}
