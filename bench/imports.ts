// Start-up: importing core and one provider against importing the Effect modules that they use. Built output, one process each.
import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { type Figure, figure } from "./figure.ts"

const root = fileURLToPath(new URL("..", import.meta.url))
const rounds = 11

const filesUnder = (directory: string): ReadonlyArray<string> =>
  readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".js"))
    .map((name) => join(directory, name))

const effectModules = (packages: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...new Set(
    packages.flatMap((name) =>
      filesUnder(join(root, "packages", name, "dist")).flatMap((file) =>
        [...readFileSync(file, "utf8").matchAll(/from "(effect\/[A-Za-z]+)"/g)].map((match) => match[1] ?? "")
      )
    )
  )
]

/** Milliseconds that a fresh process spends on importing, start of Node not counted. */
const importTime = (specifiers: ReadonlyArray<string>): number => {
  const imports = specifiers.map((specifier) => `await import(${JSON.stringify(specifier)});`).join("")
  const program = `const t=performance.now();${imports}process.stdout.write(String(performance.now()-t))`
  const result = spawnSync(process.execPath, ["--input-type=module", "-e", program], { cwd: root, encoding: "utf8" })
  if (result.status !== 0) throw new Error(result.stderr)
  return Number(result.stdout)
}

const entry = (name: string): string => pathToFileURL(join(root, "packages", name, "dist", "index.js")).href

export const run = (): Promise<ReadonlyArray<Figure>> => {
  const providers = ["provider-viss-mm", "provider-ecommpay-lv"] as const
  const figures = providers.map((provider) => {
    const used = effectModules(["core", provider])
    const ratios: Array<number> = []
    for (let round = -1; round < rounds; round++) {
      const floor = importTime(used)
      const ours = importTime([entry("core"), entry(provider)])
      if (round >= 0) ratios.push(ours / floor)
    }
    return figure(`import core and ${provider} / the Effect modules they use`, ratios, 1.5, true)
  })
  return Promise.resolve(figures)
}
