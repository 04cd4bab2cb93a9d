import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { assert, describe, it } from "vitest"

const run = promisify(execFile)

/** Addresses of the modules that a fresh process loads with the package. */
const loaded = async (): Promise<ReadonlyArray<string>> => {
  const url = new URL("../src/index.ts", import.meta.url).href
  const script = `
    import { registerHooks } from "node:module"
    const seen = new Set()
    registerHooks({ load: (url, context, next) => { seen.add(url); return next(url, context) } })
    await import(${JSON.stringify(url)})
    console.log(JSON.stringify([...seen]))`
  const args = ["--conditions=@maksa/source", "--input-type=module", "--eval", script]
  const { stdout } = await run(process.execPath, args, { cwd: fileURLToPath(new URL("..", import.meta.url)) })
  const urls: ReadonlyArray<string> = JSON.parse(stdout)
  return urls
}

describe("importing the package", () => {
  it("loads no HTTP client and no XML parser before an adapter is made", async () => {
    const urls = await loaded()
    assert.isTrue(
      urls.some((url) => url.includes("/effect/")),
      "imports were seen"
    )
    assert.deepEqual(
      urls.filter((url) => /\/node_modules\/(?:undici|saxes)\//.test(url)),
      []
    )
  })
})
