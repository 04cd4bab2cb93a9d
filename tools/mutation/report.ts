// Writes docs/generated/mutation.md from what Stryker left: `node tools/mutation/report.ts`.
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { explanations } from "./explanations.ts"
import { resultOf, type Target, targets } from "./targets.ts"

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..")

/** The part of the mutation testing report schema that is read here. */
interface Mutant {
  readonly status: string
  readonly mutatorName: string
  readonly replacement?: string
  readonly location: { readonly start: Position; readonly end: Position }
}
interface Position {
  readonly line: number
  readonly column: number
}
interface Result {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: ReadonlyArray<Mutant> }>>
}

interface Row {
  readonly file: string
  readonly source: string
  readonly mutants: ReadonlyArray<Mutant>
}

/** The least score of a target, percent. */
const leastScore = 95
const detected: ReadonlySet<string> = new Set(["Killed", "Timeout"])
const missed: ReadonlySet<string> = new Set(["Survived", "NoCoverage"])

const count = (mutants: ReadonlyArray<Mutant>, of: ReadonlySet<string>) =>
  mutants.filter(({ status }) => of.has(status)).length

const scoreOf = (mutants: ReadonlyArray<Mutant>): number => {
  const valid = count(mutants, detected) + count(mutants, missed)
  return valid === 0 ? 100 : (100 * count(mutants, detected)) / valid
}

const code = (text: string): string =>
  `\`${text.replaceAll(/\s+/g, " ").replaceAll("|", "\\|").replaceAll("`", "'").trim()}\``

/** What stood where the mutant stands. */
const original = (source: string, { start, end }: Mutant["location"]): string => {
  const lines = source.split("\n").slice(start.line - 1, end.line)
  const last = lines.length - 1
  return lines
    .map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined))
    .join(" ")
}

const shorten = (text: string): string => (text.length > 70 ? `${text.slice(0, 67)}...` : text)

const survivorsOf = ({ file, mutants, source }: Row): ReadonlyArray<string> =>
  mutants
    .filter(({ status }) => missed.has(status))
    .map((mutant) => {
      const from = original(source, mutant.location).replaceAll(/\s+/g, " ")
      const to = (mutant.replacement ?? "").replaceAll(/\s+/g, " ")
      const why = explanations.find(
        (one) => file.endsWith(one.file) && from.includes(one.from) && (one.to === undefined || to.includes(one.to))
      )?.why
      const place = `${file.split("/").at(-1)}:${mutant.location.start.line}`
      return `| ${place} | ${code(shorten(from))} | ${code(shorten(to))} | ${why ?? "**not explained**"} |`
    })

const rowsOf = (target: Target): ReadonlyArray<Row> => {
  const path = join(root, resultOf(target))
  if (!existsSync(path)) return []
  // Stryker's own file, in its published schema.
  const { files } = JSON.parse(readFileSync(path, "utf8")) as Result
  return Object.entries(files).map(([file, { mutants, source }]) => ({ file, mutants, source }))
}

const section = (target: Target): { readonly text: ReadonlyArray<string>; readonly score: number } => {
  const rows = rowsOf(target)
  const measured = new Set(rows.map(({ file }) => file))
  const open = globSync([...target.mutate], { cwd: root }).filter((file) => !measured.has(file))
  const all = rows.flatMap(({ mutants }) => mutants)
  const line = (name: string, mutants: ReadonlyArray<Mutant>) =>
    `| ${name} | ${count(mutants, detected) + count(mutants, missed)} | ${count(mutants, detected)} | ${count(mutants, missed)} | ${scoreOf(mutants).toFixed(1)} % |`
  const survivors = rows.flatMap(survivorsOf)
  const notMeasured = open.length === 0 ? [] : [`Not measured yet: ${open.toSorted().map(code).join(", ")}.`, ""]
  if (rows.length === 0) return { score: 0, text: [`## ${target.name}`, "", ...notMeasured] }
  return {
    score: open.length > 0 ? 0 : scoreOf(all),
    text: [
      `## ${target.name}`,
      "",
      "| File | Mutants | Noticed | Missed | Score |",
      "| --- | ---: | ---: | ---: | ---: |",
      ...rows.map(({ file, mutants }) => line(code(file), mutants)),
      line("**all**", all),
      "",
      ...notMeasured,
      ...(survivors.length === 0
        ? []
        : ["| Missed | Was | Became | Why no test can or need notice |", "| --- | --- | --- | --- |", ...survivors, ""])
    ]
  }
}

/** Writes the page; answers whether every target reaches the least score. */
export const writeReport = (): boolean => {
  const sections = targets.map(section)
  const page = [
    "# Mutation testing",
    "",
    "Made by `npm run mutation`: the sources of money, lifecycle and signature are changed in one place at a time, and the",
    `tests must notice. At least ${leastScore} % of each target must be noticed.`,
    "",
    ...sections.flatMap(({ text }) => text)
  ]
  writeFileSync(join(root, "docs", "generated", "mutation.md"), `${page.join("\n").trimEnd()}\n`)
  for (const [index, { score }] of sections.entries()) console.log(`${targets[index]?.name}: ${score.toFixed(1)} %`)
  return sections.every(({ score }) => score >= leastScore)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = writeReport() ? 0 : 1
