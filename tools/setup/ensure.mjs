// Runs under any Node >= 18, before node_modules exists: installs when the lockfile changed, then checks the Node that scripts will run on.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, rmdirSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..")
const want = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .update(`${process.platform}-${process.arch}`)
  .digest("hex")
const stamp = join(root, "node_modules", ".installed")
const isFresh = () => existsSync(stamp) && readFileSync(stamp, "utf8") === want

const install = () => {
  console.error("Installing dependencies (first run, or the lockfile changed); this takes about a minute ...")
  // The npm that runs this script, without what the outer command put into its environment.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([k]) => !/^npm_(config_(?!cache|registry|userconfig)|lifecycle|package)/i.test(k)
    )
  )
  const args = ["ci", "--loglevel=error", "--no-audit", "--no-fund"]
  const npm = process.env.npm_execpath
  const options = { cwd: root, stdio: ["ignore", "inherit", "inherit"], env }
  const result = npm
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync("npm", args, { ...options, shell: true })
  if (result.status !== 0) {
    console.error("npm ci failed; its own message stands above. Nothing was started.")
    process.exit(result.status ?? 1)
  }
  writeFileSync(stamp, want)
}

if (!isFresh()) {
  const mutex = join(root, ".install-lock")
  for (;;) {
    try {
      mkdirSync(mutex)
      break
    } catch {
      const heldSince = statSync(mutex, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
      if (Date.now() - heldSince > 600_000) rmdirSync(mutex)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
    }
  }
  process.on("exit", () => existsSync(mutex) && rmdirSync(mutex))
  if (!isFresh()) install()
}

const isRecent = (version) => {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  return major > 22 || (major === 22 && minor >= 19)
}
// npm puts node_modules/.bin first on PATH, so scripts run on the Node that the repository brings, where it brings one.
const bundled = join(root, "node_modules", ".bin", process.platform === "win32" ? "node.cmd" : "node")
const version = existsSync(bundled)
  ? (
      spawnSync(bundled, ["-p", "process.versions.node"], { encoding: "utf8", shell: process.platform === "win32" })
        .stdout ?? ""
    ).trim()
  : ""
if (!isRecent(version) && !isRecent(process.versions.node)) {
  console.error(
    `Maksa needs Node >= 22.19; this is ${process.versions.node} and none is bundled for ${process.platform}-${process.arch}: install Node 24 and run the command again.`
  )
  process.exit(1)
}
