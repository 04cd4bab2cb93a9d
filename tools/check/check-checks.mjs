// The checks themselves: each must complain about a small wrong thing and be silent about the right one.
import { circleIn, importComplaints, manifestComplaints } from "./check-boundaries.mjs"
import { anchorsOf, linkComplaints, modulesOf, reasonComplaints, typeComplaints } from "./check-docs.mjs"
import { complaintsOf as exportComplaints } from "./check-exports.mjs"
import { complaintsOf as freshComplaints, drawingComplaints } from "./check-fresh.mjs"
import { complaintsOf as lazyComplaints, loadedBy } from "./check-lazy.mjs"
import { complaintsOf as effectComplaints, stabilityOf } from "./check-public-effect.mjs"
import { isFine } from "./check-sizes.mjs"
import { complaintsOf as textComplaints, everywhere, inCode } from "./check-text.mjs"
import { importsOf } from "./workspace.mjs"

const soundPackage = {
  name: "@maksa/x",
  description: "x",
  license: "Apache-2.0",
  type: "module",
  sideEffects: false,
  engines: { node: ">=22.19" },
  files: ["dist", "src", "!dist/.tsbuildinfo"],
  publishConfig: { access: "public", provenance: true },
  exports: {
    ".": { "@maksa/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
    "./package.json": "./package.json"
  }
}
const entry = soundPackage.exports["."]
const isThere = () => true
const stability = (module) =>
  module === "effect/Effect"
    ? stabilityOf(
        "/** @stability stable */\nimport x\n/** @stability stable */\nexport interface Effect<A> {}\n/** @stability unstable */\nexport declare const later: 1\n"
      )
    : module === "effect/http"
      ? stabilityOf("/** @stability unstable */\n")
      : undefined
const asImport = (role, path, specifier, declared = []) =>
  importComplaints({
    role,
    path,
    specifier,
    declared: new Set(declared),
    exportsOf: (name) => (name === "@maksa/core" ? [".", "./undici"] : undefined)
  })
const linksOn = (text) =>
  linkComplaints("/docs/a.md", text, (path) => (path === "/docs/b.md" ? "# One thing\n" : undefined))
// Written in pieces, so that check-text does not complain about these samples.
const bad = ["it.", "skip(", "describe.", "only(", "// TO", "DO: later", "// @ts-", "ignore", "vi.", "mock("]
const pairs = bad.flatMap((piece, index) => (index % 2 === 0 ? [piece + bad[index + 1]] : []))

/** What must be complained about, and what must not: `[name, complaints]`. */
const wrong = () => [
  ["imports: a static import is not seen", importsOf('import * as A from "left"\n').filter((one) => one === "left")],
  [
    "imports: a dynamic import is not seen",
    importsOf('const a = await import("right")').filter((one) => one === "right")
  ],
  ["exports: a missing file", exportComplaints(soundPackage, (path) => path !== "./dist/index.js")],
  [
    "exports: types of another module",
    exportComplaints(
      { ...soundPackage, exports: { ...soundPackage.exports, ".": { ...entry, types: "./dist/other.d.ts" } } },
      isThere
    )
  ],
  [
    "exports: an opened internal path",
    exportComplaints({ ...soundPackage, exports: { ...soundPackage.exports, "./internal/x": entry } }, isThere)
  ],
  ["exports: no description", exportComplaints({ ...soundPackage, description: "" }, isThere)],
  ["exports: not shipped", exportComplaints({ ...soundPackage, files: ["dist", "!dist/.tsbuildinfo"] }, isThere)],
  ["public-effect: an unstable module", effectComplaints('import * as H from "effect/http"\n', stability)],
  [
    "public-effect: an unstable symbol",
    effectComplaints(
      'import * as Effect from "effect/Effect"\nexport declare const a: typeof Effect.later\n',
      stability
    )
  ],
  [
    "public-effect: an unstable inline type",
    effectComplaints('export declare const a: import("effect/Effect").later\n', stability)
  ],
  ["public-effect: the root", effectComplaints('import { Effect } from "effect"\n', stability)],
  ["boundaries: a provider and a store", asImport("provider", "src/a.ts", "@maksa/store-sql", ["@maksa/store-sql"])],
  ["boundaries: core and node:fs", asImport("core", "src/a.ts", "node:fs")],
  ["boundaries: core and node:http", asImport("core", "src/http/a.ts", "node:http")],
  ["boundaries: core's entry for Node and node:crypto", asImport("core", "src/node/a.ts", "node:crypto")],
  ["boundaries: core's engine and its entry for Node", asImport("core", "src/engine/a.ts", "../node/a.ts")],
  ["boundaries: core and undici elsewhere", asImport("core", "src/a.ts", "undici", ["undici"])],
  ["boundaries: the sandbox and ours", asImport("sandbox", "src/a.ts", "@maksa/core", ["@maksa/core"])],
  ["boundaries: a path that is not exported", asImport("app", "src/a.ts", "@maksa/core/engine", ["@maksa/core"])],
  ["boundaries: an undeclared package", asImport("provider", "src/a.ts", "kysely")],
  ["boundaries: out of the package", asImport("app", "src/a.ts", "../../packages/core/src/Money.ts")],
  [
    "boundaries: a provider that depends on a binding",
    manifestComplaints("provider", { peerDependencies: { "@maksa/express": "1" } })
  ],
  [
    "boundaries: a circle",
    circleIn(
      new Map([
        ["a", ["b"]],
        ["b", ["c"]],
        ["c", ["a"]]
      ])
    ) ?? []
  ],
  ["docs: a missing file", linksOn("see [c](c.md)")],
  ["docs: a missing heading", linksOn("see [b](b.md#two)")],
  ["docs: a missing reason", reasonComplaints("## NotFound\n", ["NotFound", "Refused"])],
  [
    "docs: an example of a wrong type",
    typeComplaints([{ name: "x.md", text: '```ts\nconst sum: number = "1"\n```\n' }])
  ],
  ["fresh: a changed file", freshComplaints("g.ts", new Map([["a", "1"]]), () => "2")],
  ["fresh: a missing file", freshComplaints("g.ts", new Map([["a", "1"]]), () => undefined)],
  ["fresh: an old drawing", drawingComplaints("```mermaid\nold\n```\n", "new\n")],
  ["lazy: a heavy library", lazyComplaints("@maksa/core", ["effect", "soap"])],
  ["lazy: a library in a signature module", lazyComplaints("@maksa/provider-x/signature", ["effect"])],
  [
    "lazy: what an import loads is not seen",
    (loadedBy("@maksa/core/undici").packages ?? []).filter((name) => name === "undici")
  ],
  ["sizes: a long file", isFine("a\n".repeat(301)) ? [] : ["long"]],
  ...pairs.map((text) => [`text: ${text}`, textComplaints(text, inCode)]),
  ["text: a path of a machine", textComplaints(["see /ho", "me/someone/x"].join(""), everywhere)],
  ["text: a registry", textComplaints(["https://regis", "try.npm", "js.org/x"].join(""), everywhere)]
]

const right = () => [
  ["exports", exportComplaints(soundPackage, isThere)],
  [
    "public-effect",
    effectComplaints('import * as Effect from "effect/Effect"\nexport declare const a: Effect.Effect<1>\n', stability)
  ],
  [
    "boundaries",
    [
      ...asImport("provider", "src/a.ts", "@maksa/core", ["@maksa/core"]),
      ...asImport("core", "src/undici.ts", "undici", ["undici"]),
      ...asImport("core", "src/node/a.ts", "node:http"),
      ...asImport("core", "src/node.ts", "./node/a.ts"),
      ...asImport("app", "src/a.ts", "./b.ts")
    ]
  ],
  [
    "a circle",
    circleIn(
      new Map([
        ["a", ["b"]],
        ["b", []]
      ])
    ) ?? []
  ],
  ["docs links", linksOn("see [b](b.md#one-thing), [c](https://example.com) and `[d](d.md)`\n```md\n[e](e.md)\n```\n")],
  ["docs anchors", ["äu-b", "b-1"].filter((anchor) => !anchorsOf("# Äu, b!\n# b\n## b\n").has(anchor))],
  [
    "docs blocks",
    modulesOf('```ts\nimport "a"\n```\n```ts\nlet a = 1\n```\n```ts ignore\n}\n```\n').length === 1
      ? []
      : ["blocks are split wrongly"]
  ],
  ["fresh", freshComplaints("g.ts", new Map([["a", "1"]]), () => "1")],
  ["lazy", lazyComplaints("@maksa/core", ["effect"])],
  [
    "sizes",
    isFine(`// Over 300 lines because it is one table.\n${"a\n".repeat(400)}`) && isFine("a\n".repeat(300))
      ? []
      : ["a fine file is refused"]
  ],
  [
    "text",
    textComplaints("it.skipIf(isAway)('x') // a remark about todos in general, and the operator's registry", [
      ...everywhere,
      ...inCode
    ])
  ]
]

export default async () => [
  ...wrong()
    .filter(([, complaints]) => complaints.length === 0)
    .map(([name]) => `a check does not notice - ${name}`),
  ...right()
    .filter(([, complaints]) => complaints.length > 0)
    .map(([name, complaints]) => `a check complains without reason - ${name}: ${complaints[0]}`)
]
