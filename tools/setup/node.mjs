// Which Node runs the work: the caller's own if it is recent enough, else the one that the repository brings.
import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { delimiter, dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..")

const isRecent = (version) => {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  return major > 22 || (major === 22 && minor >= 19)
}

const own = process.env.npm_node_execpath
const ownVersion =
  own && existsSync(own) ? spawnSync(own, ["-p", "process.versions.node"], { encoding: "utf8" }).stdout.trim() : ""

export const nodePath = isRecent(ownVersion) ? own : process.execPath

/** Environment for children: the chosen Node first on PATH, then the workspace's commands. */
export const env = {
  ...process.env,
  PATH: [dirname(nodePath), join(root, "node_modules", ".bin"), process.env.PATH].join(delimiter)
}

/** Runs a command in the repository root, its output shown, and answers its exit code. */
export const run = (command, args, extra = {}) =>
  spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...env, ...extra },
    shell: process.platform === "win32"
  }).status ?? 1

/** Runs a command of node_modules/.bin on the chosen Node. */
export const runBin = (path, args, extra = {}) => run(nodePath, [join(root, "node_modules", path), ...args], extra)
