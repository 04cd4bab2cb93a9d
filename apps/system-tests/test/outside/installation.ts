import { spawnSync } from "node:child_process"
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync
} from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
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
  /** Packs a package and unpacks the tarball among the project's modules, beside what it depends on. */
  install(name: string, source: string): void
  /** Runs Node in the project, without the workspace's conditions. */
  node(...args: ReadonlyArray<string>): Done
}

interface Dependent {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}

/** `example`, if given, is copied in; `tools` are packages of other people that the project itself uses. */
export const makeInstallation = (tools: ReadonlyArray<string>, example?: string): Installation => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "maksa-outside-")))
  const modules = join(folder, "node_modules")
  mkdirSync(modules)
  if (example !== undefined) cpSync(join(root, "examples", example), folder, { recursive: true })
  // Packages of other people come from the workspace: what is tried here is how ours are packed.
  const link = (name: string): void => {
    if (name.startsWith("@maksa/") || existsSync(join(modules, name))) return
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(root, "node_modules", name), join(modules, name), "junction")
  }
  for (const name of tools) link(name)
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
      const { dependencies, peerDependencies }: Dependent = JSON.parse(
        readFileSync(join(target, "package.json"), "utf8")
      )
      for (const other of Object.keys({ ...dependencies, ...peerDependencies })) link(other)
    },
    node: (...args) => run(process.execPath, args, folder),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true })
  }
}
