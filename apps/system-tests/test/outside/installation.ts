import { spawnSync } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("../../../..", import.meta.url))
export const packageFolder = (name: string): string => join(root, "packages", name)

export interface Done {
  readonly code: number | null
  readonly output: string
}

const run = (command: string, args: ReadonlyArray<string>, cwd: string): Done => {
  // npm is a script on Windows, which only a shell starts.
  const shell = command === "npm" && process.platform === "win32"
  const { status, stderr, stdout } = spawnSync(command, args, { cwd, encoding: "utf8", shell })
  return { code: status, output: `${stdout}${stderr}` }
}

/** A project in an empty folder, with packages installed from tarballs as a registry would give them. */
export interface Installation extends Disposable {
  readonly folder: string
  /** Packs a package and unpacks the tarball among the project's modules. */
  install(name: string, source: string): void
  /** Runs Node in the project, without the workspace's conditions. */
  node(...args: ReadonlyArray<string>): Done
}

/** `example`, if given, is copied in; `others` are linked from the workspace: packages of other people. */
export const makeInstallation = (others: ReadonlyArray<string>, example?: string): Installation => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "maksa-outside-")))
  const modules = join(folder, "node_modules")
  mkdirSync(modules)
  if (example !== undefined) cpSync(join(root, "examples", example), folder, { recursive: true })
  for (const name of others) symlinkSync(join(root, "node_modules", name), join(modules, name), "junction")
  return {
    folder,
    install: (name, source) => {
      const tarballs = mkdtempSync(join(folder, "tarballs-"))
      const packed = run("npm", ["pack", "--pack-destination", tarballs], source)
      const [tarball] = readdirSync(tarballs)
      if (packed.code !== 0 || tarball === undefined) throw new Error(packed.output)
      const target = join(modules, name)
      mkdirSync(target, { recursive: true })
      const unpacked = run("tar", ["-xzf", join(tarballs, tarball), "-C", target, "--strip-components=1"], folder)
      if (unpacked.code !== 0) throw new Error(unpacked.output)
    },
    node: (...args) => run(process.execPath, args, folder),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true })
  }
}
