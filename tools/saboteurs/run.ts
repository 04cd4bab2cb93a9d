// `npm run saboteurs`: proves that every saboteur is noticed by the law that must notice it. `-- --full` tries all the other
// laws too, which takes long. Both write the matrix. `-- --json` ends with one line of numbers.
import { availableParallelism } from "node:os"
import { parseArgs } from "node:util"
import { write } from "../generate/write.ts"
import { tryAll } from "./Pool.ts"
import { filesOf, idleLaws, recorded } from "./record.ts"
import { suites } from "./suites.ts"

const { values } = parseArgs({ options: { full: { type: "boolean" }, json: { type: "boolean" } } })
const isFull = values.full === true

const subjects = suites.flatMap((suite) => suite.subjects.map((subject) => ({ suite, subject })))
const tasks = subjects.map(({ suite, subject: { id, killedBy } }) => ({
  suite: suite.name,
  subject: id,
  laws: isFull || suite.isQuick === true ? [killedBy, ...suite.laws.filter((law) => law !== killedBy)] : [killedBy]
}))
const key = (suite: string, subject: string): string => `${suite}/${subject}`

const killers = new Map<string, Array<string>>(tasks.map(({ subject, suite }) => [key(suite, subject), []]))
// Much of a trial is waiting for a simulator.
await tryAll(tasks, availableParallelism() + 1, ({ subject, suite }, { error, isKilled, law }) => {
  if (!isKilled) return
  killers.get(key(suite, subject))?.push(law)
  if (values.json !== true) console.log(`${subject}: ${law}: ${error?.split("\n", 1)[0] ?? "noticed"}`)
})

const killersOf = (suite: string, subject: string): ReadonlyArray<string> => killers.get(key(suite, subject)) ?? []
const before = recorded()
const others = new Map(
  suites.map(({ isQuick, name, subjects: all }) => [
    name,
    isFull || isQuick === true
      ? new Map(all.map(({ id }) => [id, killersOf(name, id)]))
      : (before.get(name) ?? new Map())
  ])
)
write(filesOf(suites, others))

const survivors = subjects.filter(
  ({ subject: { id, killedBy }, suite: { name } }) => !killersOf(name, id).includes(killedBy)
)
for (const { subject } of survivors) console.error(`${subject.id}: not noticed by ${subject.killedBy}`)
const idle = suites.flatMap((suite) => idleLaws(suite, others))
for (const law of idle) console.error(`${law}: notices nobody`)
if (survivors.length + idle.length > 0) process.exitCode = 1

const killed = subjects.length - survivors.length
const laws = suites.reduce((sum, suite) => sum + suite.laws.length, 0)
console.log(
  values.json === true
    ? JSON.stringify({ saboteurs: subjects.length, killed, laws })
    : `${killed} of ${subjects.length} saboteurs noticed, by ${laws} laws and cases`
)
