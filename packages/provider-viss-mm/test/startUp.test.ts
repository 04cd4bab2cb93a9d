import { execFile } from "node:child_process"
import { readdir } from "node:fs/promises"
import { promisify } from "node:util"

import { assert, describe, it } from "vitest"

const run = promisify(execFile)
const source = new URL("../src/", import.meta.url)

/** Loads modules in a process of its own and names the packages that came along, whatever their module system. */
const loadedBy = async (modules: ReadonlyArray<string>, afterwards = ""): Promise<ReadonlyArray<string>> => {
  const script = `
    import { registerHooks } from "node:module"
    const urls = new Set()
    registerHooks({ load: (url, context, next) => { urls.add(url); return next(url, context) } })
    const loaded = await Promise.all(${JSON.stringify(modules)}.map((url) => import(url)))
    ${afterwards}
    const names = [...urls].map((url) => /.*\\/node_modules\\/([^/]+)/.exec(url)?.[1])
    console.log(JSON.stringify([...new Set(names)]))`
  const { stdout } = await run(process.execPath, [
    "--no-warnings",
    "--conditions=@maksa/source",
    "--input-type=module",
    "--eval",
    script
  ])
  const names: unknown = JSON.parse(stdout)
  return Array.isArray(names) ? names.map(String) : []
}

const heavy = ["soap", "saxes", "lossless-json", "node-forge", "xml-crypto", "undici", "kysely", "axios"]

describe("start-up", () => {
  it("does not load soap, saxes or undici with any module of this package", async () => {
    const files = (await readdir(source, { recursive: true })).filter((file) => file.endsWith(".ts"))
    assert.isAbove(files.length, 20)
    const loaded = await loadedBy(files.map((file) => new URL(file, source).href))
    assert.include(loaded, "effect")
    assert.deepStrictEqual(
      heavy.filter((name) => loaded.includes(name)),
      []
    )
  })

  it("loads soap and saxes when a WSDL is opened, so that the check above can see them", async () => {
    const loaded = await loadedBy(
      [new URL("internal/soap/openWsdl.ts", source).href, import.meta.resolve("effect/Effect")],
      `const [{ openWsdl, bundledWsdl }, Effect] = loaded
       await Effect.runPromise(openWsdl(bundledWsdl))`
    )
    assert.deepStrictEqual(
      ["soap", "saxes"].filter((name) => loaded.includes(name)),
      ["soap", "saxes"]
    )
  })
})
