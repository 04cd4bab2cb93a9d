// Words that must not be committed: addresses of package registries, paths of one machine, tests that are switched off.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { filesUnder, root, shown } from "./workspace.mjs"

// Written in pieces, so that this file does not complain about itself.
const one = (...pieces) => pieces.join("")
export const everywhere = [
  [
    new RegExp(one("registry\\.", "(?:npmjs|yarnpkg|npmmirror)|", "npm\\.", "pkg\\.github|", "artif", "actory"), "i"),
    "names a package registry's host"
  ],
  [new RegExp(one("(?<![\\w.])/", "(?:work|home|root|Users)/", "[\\w.-]+")), "names a path of one machine"],
  [new RegExp(one("[A-Z]:\\\\", "Users\\\\")), "names a path of one machine"]
]
export const inCode = [
  [
    new RegExp(one("\\b(?:it|test|describe|bench)(?:\\.\\w+)?\\.", "(?:skip|only|todo)\\b(?!If)")),
    "switches a test off, or all others"
  ],
  [new RegExp(one("\\b(?:TO", "DO|FIX", "ME|XX", "X)\\b")), "leaves something to do"],
  [new RegExp(one("@ts-", "(?:ignore|nocheck)")), "silences the compiler"],
  [new RegExp(one("\\bvi\\.", "(?:mock|doMock)\\b")), "replaces a module"]
]

/** Complaints about one text, by line. */
export const complaintsOf = (text, rules) =>
  text
    .split("\n")
    .flatMap((line, index) =>
      rules.filter(([pattern]) => pattern.test(line)).map(([, complaint]) => `line ${index + 1} ${complaint}`)
    )

const endings = [
  ".ts",
  ".mts",
  ".mjs",
  ".js",
  ".json",
  ".md",
  ".yml",
  ".yaml",
  ".html",
  ".css",
  ".xml",
  ".xsd",
  ".wsdl",
  ".php",
  "run"
]
const code = [".ts", ".mts", ".mjs", ".js"]
const isCode = (path) => code.some((ending) => path.endsWith(ending)) && /^(?:packages|apps|tools|bench)\//.test(path)

export default async () =>
  filesUnder(root, endings).flatMap((file) => {
    const path = shown(file)
    // The lockfile holds text of other packages (names, licences, funding addresses); only hosts matter in it.
    const rules =
      path === "package-lock.json" ? everywhere.slice(0, 1) : isCode(path) ? [...everywhere, ...inCode] : everywhere
    return complaintsOf(readFileSync(file, "utf8"), rules).map((line) => `${path} ${line}`)
  })
