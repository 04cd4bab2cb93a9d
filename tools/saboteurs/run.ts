// `npm run saboteurs`: proves that every saboteur is noticed by the law that must notice it. `-- --full` tries all the other
// laws too, but for the pairs that an earlier full run has tried; with `--anew` those as well, which takes long. All write
// the matrix, but with `--only ID`, which tries single ones. `--at-once N`: how many are tried at the same time. `--json`
// ends with one line of numbers.
import { availableParallelism } from "node:os"
import { parseArgs } from "node:util"
import { write } from "../generate/write.ts"
import { tryAll } from "./Pool.ts"
import { filesOf, idleLaws, type Others, recorded } from "./record.ts"
import type { Suite } from "./Subject.ts"
import { suites } from "./suites.ts"

const { values } = parseArgs({
  options: {
    full: { type: "boolean" },
    anew: { type: "boolean" },
    only: { type: "string", multiple: true },
    json: { type: "boolean" },
    "at-once": { type: "string", default: String(availableParallelism() + 1) }
  }
})
const isFull = values.full === true

const before: Others = values.anew === true ? new Map() : recorded()
const { only } = values
const subjects = suites
  .flatMap((suite) => suite.subjects.map((subject) => ({ suite, subject })))
  .filter(({ subject: { id } }) => only === undefined || only.includes(id))
const strangers = (only ?? []).filter((id) => !subjects.some(({ subject }) => subject.id === id))
if (strangers.length > 0) throw new Error(`There is no saboteur ${strangers.join(", ")}.`)

/** Laws that a full run has yet to try on this saboteur. */
const untried = ({ laws, name }: Suite, id: string): ReadonlyArray<string> => {
  const found = before.get(name)
  return found?.killers.has(id) === true ? laws.filter((law) => !found.laws.has(law)) : laws
}
const tasks = subjects.map(({ suite, subject: { id, killedBy } }) => ({
  suite: suite.name,
  subject: id,
  laws: [
    killedBy,
    ...(suite.isQuick === true ? suite.laws : isFull ? untried(suite, id) : []).filter((law) => law !== killedBy)
  ]
}))
const key = (suite: string, subject: string): string => `${suite}/${subject}`

const killers = new Map<string, Array<string>>(tasks.map(({ subject, suite }) => [key(suite, subject), []]))
// Much of a trial is waiting for a simulator.
await tryAll(tasks, Number(values["at-once"]), ({ subject, suite }, { error, isKilled, law }) => {
  if (!isKilled) return
  killers.get(key(suite, subject))?.push(law)
  if (values.json !== true) console.log(`${subject}: ${law}: ${error?.split("\n", 1)[0] ?? "noticed"}`)
})

const killersOf = (suite: string, subject: string): ReadonlyArray<string> => killers.get(key(suite, subject)) ?? []
const others: Others = new Map(
  suites.map((suite) => {
    const { isQuick, laws, name, subjects: all } = suite
    const earlier = before.get(name)
    if (!isFull && isQuick !== true) return [name, earlier ?? { laws: new Set(), killers: new Map() }]
    const killersNow = all.map(({ id }): [string, ReadonlyArray<string>] => [
      id,
      [...killersOf(name, id), ...(isQuick === true ? [] : (earlier?.killers.get(id) ?? []))]
    ])
    return [name, { laws: new Set(laws), killers: new Map(killersNow) }]
  })
)
if (only === undefined) write(filesOf(suites, others))

const survivors = subjects.filter(
  ({ subject: { id, killedBy }, suite: { name } }) => !killersOf(name, id).includes(killedBy)
)
for (const { subject } of survivors) console.error(`${subject.id}: not noticed by ${subject.killedBy}`)
const idle = only !== undefined ? [] : suites.flatMap((suite) => idleLaws(suite, others))
for (const law of idle) console.error(`${law}: notices nobody`)
if (survivors.length + idle.length > 0) process.exitCode = 1

const killed = subjects.length - survivors.length
const laws = suites.reduce((sum, suite) => sum + suite.laws.length, 0)
console.log(
  values.json === true
    ? JSON.stringify({ saboteurs: subjects.length, killed, laws })
    : `${killed} of ${subjects.length} saboteurs noticed, by ${laws} laws and cases`
)
