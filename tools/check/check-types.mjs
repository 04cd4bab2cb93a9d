// Programs that belong to no package are type-checked too.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { root } from "./workspace.mjs"

const projects = ["tools/generate", "tools/histories", "tools/saboteurs", "tools/mutation", "bench"]

/** The compiler's complaints about one project. */
export const complaintsOf = (project) => {
  const compiler = join(root, "node_modules", "@typescript", "native", "bin", "tsc")
  const args = [compiler, "-p", join(root, project), "--noEmit", "--pretty", "false"]
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" })
  if (result.status === 0) return []
  const lines = `${result.stdout}${result.stderr}`.split("\n").filter((line) => line.includes("error TS"))
  return lines.length > 0 ? lines : [`${project} could not be compiled: ${result.stderr.trim()}`]
}

export default async () =>
  projects.filter((project) => existsSync(join(root, project, "tsconfig.json"))).flatMap(complaintsOf)
