// Runs under any Node >= 18, before node_modules exists: installs when the lockfile changed, then checks the Node that scripts will run on.
import { spawnSync } from "node:child_process"
import { createHash } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
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

/** The install that holds the lock is gone: its process was killed before it could let go. */
const isAbandoned = (mutex) => {
  try {
    process.kill(Number(readFileSync(join(mutex, "pid"), "utf8")), 0)
    return false
  } catch (cause) {
    // No such process. Without a readable pid yet, the holder has just begun: give it a moment.
    const heldSince = statSync(mutex, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    return cause.code === "ESRCH" || Date.now() - heldSince > 10_000
  }
}

if (!isFresh()) {
  const mutex = join(root, ".install-lock")
  const release = () => rmSync(mutex, { recursive: true, force: true })
  for (let isTold = false; ; isTold = true) {
    try {
      mkdirSync(mutex)
      break
    } catch {
      if (isAbandoned(mutex)) release()
      else if (!isTold) console.error("Another command is installing the dependencies; waiting for it ...")
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
    }
  }
  writeFileSync(join(mutex, "pid"), String(process.pid))
  process.on("exit", release)
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
