// Documents: relative links and anchors lead somewhere, examples compile, every error reason has its heading.
import { spawnSync } from "node:child_process"
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync
} from "node:fs"
import { dirname, join, resolve } from "node:path"
import { fileURLToPath } from "node:url"
import { filesUnder, root, shown } from "./workspace.mjs"

const context = join(dirname(fileURLToPath(import.meta.url)), "docs-context")

const outsideFences = (text) => {
  let fence
  return text.split("\n").map((line) => {
    const mark = /^\s*(`{3,}|~{3,})/.exec(line)?.[1]
    if (mark !== undefined && (fence === undefined || (mark[0] === fence[0] && mark.length >= fence.length))) {
      fence = fence === undefined ? mark : undefined
      return ""
    }
    return fence === undefined ? line : ""
  })
}

/** The anchors of a Markdown text: of its headings as the forge makes them, and explicit ones. */
export const anchorsOf = (text) => {
  const anchors = new Set()
  for (const line of outsideFences(text)) {
    for (const [, id] of line.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) anchors.add(id)
    const heading = /^#{1,6}\s+(.*?)\s*#*\s*$/.exec(line)?.[1]
    if (heading === undefined) continue
    const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    const slug = plain
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}\s_-]/gu, "")
      .replaceAll(/\s/g, "-")
    let unique = slug
    for (let n = 1; anchors.has(unique); n++) unique = `${slug}-${n}`
    anchors.add(unique)
  }
  return anchors
}

/** Targets of links and pictures with their line, code left out. */
export const linksOf = (text) =>
  outsideFences(text).flatMap((line, index) => {
    const plain = line.replaceAll(/`[^`]*`/g, "")
    const found = [
      ...plain.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g),
      ...plain.matchAll(/\b(?:src|href)="([^"]+)"/g),
      ...plain.matchAll(/^\[[^\]]+\]:\s*(\S+)/g)
    ]
    return found.map(([, target]) => ({ target, line: index + 1 }))
  })

/** Complaints about the links of one document; `read` answers a file's text, `""` for a folder, undefined if it is not there. */
export const linkComplaints = (file, text, read) =>
  linksOf(text).flatMap(({ target, line }) => {
    if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(target)) return []
    const [path, anchor] = target.split("#")
    const other = path === "" ? text : read(resolve(dirname(file), decodeURIComponent(path)))
    if (other === undefined) return [`line ${line}: ${target} is not there`]
    if (
      anchor !== undefined &&
      (path === "" || path.endsWith(".md")) &&
      !anchorsOf(other).has(decodeURIComponent(anchor))
    ) {
      return [`line ${line}: ${target} has no such heading`]
    }
    return []
  })

/**
 * The examples of a document as modules that keep their line numbers. A block without imports continues the one above it;
 * `ts ignore` marks a fragment that cannot stand alone.
 */
export const modulesOf = (text) => {
  const modules = []
  let block
  text.split("\n").forEach((line, index) => {
    if (block === undefined) {
      const info = /^```\s*(ts|tsx|typescript)\b(.*)$/.exec(line)
      if (info !== null) block = { isIgnored: /\bignore\b/.test(info[2]), lines: new Map() }
      return
    }
    if (!/^```\s*$/.test(line)) {
      block.lines.set(index, line)
      return
    }
    if (!block.isIgnored) {
      const isStart = modules.length === 0 || [...block.lines.values()].some((one) => /^import\s/.test(one))
      if (isStart) modules.push(block.lines)
      else for (const [at, one] of block.lines) modules.at(-1).set(at, one)
    }
    block = undefined
  })
  return modules.map((lines) => {
    const padded = Array.from({ length: Math.max(...lines.keys(), 0) + 1 }, (_, index) => lines.get(index) ?? "")
    return `${padded.join("\n")}\nexport {}\n`
  })
}

const compilerOptions = {
  noEmit: true,
  composite: false,
  incremental: false,
  declaration: false,
  declarationMap: false,
  sourceMap: false,
  // As a user's compiler sees the packages: built declarations, not our sources.
  customConditions: [],
  experimentalDecorators: true,
  erasableSyntaxOnly: false,
  noUnusedLocals: false,
  noUnusedParameters: false
}

/** Compiles the examples of `documents` (`{ name, text }`) and answers the compiler's complaints with the documents' lines. */
export const typeComplaints = (documents) => {
  const folder = mkdtempSync(join(root, ".check-docs-"))
  try {
    const names = new Map()
    documents.forEach(({ name, text }, number) => {
      modulesOf(text).forEach((module, index) => {
        const place = join(folder, `${number}-${index}`)
        mkdirSync(place)
        for (const file of readdirSync(context)) copyFileSync(join(context, file), join(place, file))
        writeFileSync(join(place, "example.ts"), module)
        names.set(`${number}-${index}`, name)
      })
    })
    if (names.size === 0) return []
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: "../tsconfig.base.json", compilerOptions, include: ["*/*.ts"] })
    )
    const compiler = join(root, "node_modules", "@typescript", "native", "bin", "tsc")
    const result = spawnSync(process.execPath, [compiler, "-p", folder, "--pretty", "false"], {
      cwd: folder,
      encoding: "utf8"
    })
    const output = `${result.stdout}${result.stderr}`
    const found = output.split("\n").flatMap((line) => {
      const match = /^(?:.*[/\\])?(\d+-\d+)[/\\](\w+)\.ts\((\d+),\d+\): (.*)$/.exec(line)
      if (match === null) return /error TS/.test(line) ? [line] : []
      const [, key, file, at, message] = match
      return [`${names.get(key) ?? key}: ${file === "example" ? `line ${at}` : `${file}.ts`}: ${message}`]
    })
    return result.status !== 0 && found.length === 0 ? [`the examples could not be compiled: ${output.trim()}`] : found
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const hasExamples = (path) =>
  path === "README.md" || /^packages\/[^/]+\/README\.md$/.test(path) || /^docs\/[^/]+\.md$/.test(path)

/** Complaints about reasons that docs/errors.md does not explain. */
export const reasonComplaints = (text, reasons) => {
  const anchors = anchorsOf(text)
  return reasons.filter((reason) => !anchors.has(reason.toLowerCase())).map((reason) => `has no heading for ${reason}`)
}

const errorReasons = async () => {
  const { PaymentErrorReason, WebhookError } = await import("@maksa/core")
  return [
    ...PaymentErrorReason.members.map((member) => member.fields._tag.schema.literal),
    ...WebhookError.fields.reason.literals
  ]
}

export default async () => {
  const files = filesUnder(root, [".md"])
  const read = (path) =>
    !existsSync(path)
      ? undefined
      : statSync(path).isDirectory()
        ? ""
        : path.endsWith(".md")
          ? readFileSync(path, "utf8")
          : ""
  const links = files.flatMap((file) =>
    linkComplaints(file, readFileSync(file, "utf8"), read).map((line) => `${shown(file)}: ${line}`)
  )
  const documents = files
    .filter((file) => hasExamples(shown(file)))
    .map((file) => ({ name: shown(file), text: readFileSync(file, "utf8") }))
  const errors = join(root, "docs", "errors.md")
  const reasons = existsSync(errors)
    ? reasonComplaints(readFileSync(errors, "utf8"), await errorReasons())
    : ["is not there"]
  return [...links, ...reasons.map((line) => `docs/errors.md ${line}`), ...typeComplaints(documents)]
}
