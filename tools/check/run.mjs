// Repository checks that belong to no package. Each is a file beside this one that throws or returns a list of complaints.
import { readdirSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const here = dirname(fileURLToPath(import.meta.url))
let complaints = 0
for (const name of readdirSync(here)
  .filter((file) => file.startsWith("check-"))
  .sort()) {
  const found = await (await import(pathToFileURL(join(here, name)).href)).default()
  for (const line of found) console.error(`${name}: ${line}`)
  complaints += found.length
  console.log(`${name}: ${found.length === 0 ? "ok" : `${found.length} to fix`}`)
}
process.exitCode = complaints > 0 ? 1 : 0
