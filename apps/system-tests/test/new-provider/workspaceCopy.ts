import { spawnSync } from "node:child_process"
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { basename, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../../../..", import.meta.url))
const left = new Set(["node_modules", ".git", ".nx", "test-results", "coverage", ".data", ".install-lock"])

export interface WorkspaceCopy extends Disposable {
  readonly folder: string
  /** Runs Node in the copy; answers exit code and everything that was printed. */
  node(args: ReadonlyArray<string>, cwd?: string): { readonly code: number | null; readonly output: string }
}

/**
 * This workspace in a temporary folder, with what was built. Installed packages are linked; those of the workspace are the
 * copy's own. `more` names packages that will come to be.
 */
export const copyWorkspace = (more: ReadonlyArray<string> = []): WorkspaceCopy => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "maksa-workspace-")))
  cpSync(root, folder, { recursive: true, filter: (path) => !left.has(basename(path)) && !lstatSync(path).isSocket() })
  const modules = join(folder, "node_modules")
  mkdirSync(join(modules, "@maksa"), { recursive: true })
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name !== "@maksa") symlinkSync(join(root, "node_modules", name), join(modules, name), "junction")
  }
  const own = readdirSync(join(folder, "packages")).concat(more)
  for (const name of own) symlinkSync(join(folder, "packages", name), join(modules, "@maksa", name), "junction")
  return {
    folder,
    node: (args, cwd = folder) => {
      const env = { ...process.env, NX_DAEMON: "false", NX_CACHE_DIRECTORY: join(folder, ".nx", "cache") }
      const { status, stderr, stdout } = spawnSync(process.execPath, args, { cwd, encoding: "utf8", env })
      return { code: status, output: `${stdout}${stderr}` }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true })
  }
}
