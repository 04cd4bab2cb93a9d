import { readFileSync } from "node:fs"
import { assert, describe, it } from "vitest"

/** The forms of import and export that the sources use. */
const importing = /^(?:import|export) (?:type (?!\* as))?(?:\{[^}]*\} from |\* as \w+ from )?["']([^"']+)["']/gm

/** Every module that importing a source file loads, and those of them that are not files of this package. */
const importsOf = (file: URL, seen = new Set<string>(), outside = new Set<string>()): ReadonlySet<string> => {
  if (seen.has(file.href)) return outside
  seen.add(file.href)
  for (const [, specifier = ""] of readFileSync(file, "utf8").matchAll(importing)) {
    if (specifier.startsWith(".")) importsOf(new URL(specifier, file), seen, outside)
    else outside.add(specifier)
  }
  return outside
}

describe("the signature subpath", () => {
  it("loads nothing but one built-in module, so that it starts at once and works without Effect", () => {
    const outside = importsOf(new URL("../../src/signature.ts", import.meta.url))
    assert.sameMembers([...outside], ["node:buffer"])
  })

  it("has a neighbour for the Mobile SDK, which loads no more", () => {
    assert.sameMembers([...importsOf(new URL("../../src/mobile.ts", import.meta.url))], ["node:buffer"])
  })
})
