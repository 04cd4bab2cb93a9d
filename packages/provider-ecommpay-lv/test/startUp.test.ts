import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { assert, describe, it } from "vitest"

const run = promisify(execFile)

/** Which packages a fresh process has loaded after importing a source file of ours. */
const loadedBy = async (file: string): Promise<ReadonlyArray<string>> => {
  const url = new URL(`../src/${file}`, import.meta.url).href
  const script = `
    import { registerHooks } from "node:module"
    const seen = new Set()
    registerHooks({ load: (url, context, next) => { seen.add(url); return next(url, context) } })
    await import(${JSON.stringify(url)})
    console.log(JSON.stringify([...seen]))`
  const root = fileURLToPath(new URL("..", import.meta.url))
  const options = ["--conditions=@maksa/source", "--input-type=module", "--eval", script]
  const { stdout } = await run(process.execPath, options, { cwd: root })
  const urls: ReadonlyArray<string> = JSON.parse(stdout)
  return urls
}

describe("importing", () => {
  it("the adapter loads no HTTP client and no XML or SOAP library before it is made", async () => {
    const urls = await loadedBy("index.ts")
    assert.isTrue(
      urls.some((url) => url.includes("/node_modules/effect/")),
      "the import was seen"
    )
    assert.deepEqual(
      urls.filter((url) => /\/node_modules\/(?:undici|soap|saxes|axios)\//.test(url)),
      []
    )
    assert.deepEqual(
      urls.filter((url) => url.endsWith("/effect/dist/index.js")),
      [],
      "the root barrel"
    )
  })

  it("the signature loads no package at all", async () => {
    const urls = await loadedBy("signature.ts")
    assert.isTrue(
      urls.some((url) => url.endsWith("/src/signature.ts")),
      "the import was seen"
    )
    assert.deepEqual(
      urls.filter((url) => url.includes("/node_modules/")),
      []
    )
  })
})
