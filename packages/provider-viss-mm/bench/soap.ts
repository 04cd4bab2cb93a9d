/**
 * How fast the adapter creates and asks over mutual TLS, as ratios within one run: against undici sending the same bytes
 * (the limit), and against the npm package `soap` with and without kept connections.
 *
 * Run with `node --conditions=@maksa/source bench/soap.ts`; takes about a minute.
 */
import { type Figure, figure } from "../../../bench/figure.ts"
import { type Call, openWorld } from "./world.ts"

const ROUNDS = 9
const MILLIS = 250

/** What a call costs. */
interface Pace {
  readonly perSecond: number
  /** Of this thread, which is the client's. */
  readonly cpuMicros: number
}

const cpuMicros = (): number => {
  const { system, user } = process.threadCpuUsage()
  return system + user
}

/** Calls as fast as `inFlight` callers, each waiting for its answers, can. */
const pace = async (call: Call, inFlight: number): Promise<Pace> => {
  const start = performance.now()
  const cpu = cpuMicros()
  let count = 0
  const caller = async (): Promise<void> => {
    while (performance.now() < start + MILLIS) {
      await call()
      count++
    }
  }
  await Promise.all(Array.from({ length: inFlight }, caller))
  return { perSecond: (count * 1000) / (performance.now() - start), cpuMicros: (cpuMicros() - cpu) / count }
}

/** Runs all rounds, interleaved. */
export const run = async (): Promise<Array<Figure>> => {
  const { close, ours, raw, soapKept, soapPlain } = await openWorld()
  const subjects = {
    rawStatus: [raw.status, 1],
    status: [ours.status, 1],
    rawCreate: [raw.create, 1],
    create: [ours.create, 1],
    keptStatus: [soapKept.status, 1],
    plainStatus: [soapPlain.status, 1],
    rawMany: [raw.status, 20],
    many: [ours.status, 20],
    keptMany: [soapKept.status, 20]
  } as const
  type Subject = keyof typeof subjects
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of the record above
  const names = Object.keys(subjects) as Array<Subject>
  const paceOf = (name: Subject): Promise<Pace> => {
    const [call, inFlight] = subjects[name]
    return pace(call, inFlight)
  }
  for (const name of names) await paceOf(name)
  const rounds: Array<Record<Subject, Pace>> = []
  for (let round = 0; round < ROUNDS; round++) {
    const paces: Array<readonly [Subject, Pace]> = []
    for (const name of names) paces.push([name, await paceOf(name)])
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one pace of every subject
    rounds.push(Object.fromEntries(paces) as Record<Subject, Pace>)
  }
  await close()

  const speed = (id: string, of: Subject, than: Subject, goal: number): Figure =>
    figure(
      id,
      rounds.map((round) => round[of].perSecond / round[than].perSecond),
      goal
    )
  const cpu = (id: string, of: Subject, than: Subject, goal: number): Figure =>
    figure(
      id,
      rounds.map((round) => round[of].cpuMicros / round[than].cpuMicros),
      goal,
      true
    )
  return [
    speed("viss-mm status / undici with bytes that are ready", "status", "rawStatus", 0.75),
    speed("viss-mm create / undici with bytes that are ready", "create", "rawCreate", 0.75),
    cpu("viss-mm status, 20 in flight: client CPU of a call / undici's", "many", "rawMany", 2),
    speed("viss-mm status / the soap package, kept connections", "status", "keptStatus", 2.5),
    speed("viss-mm status, 20 in flight / the soap package, kept connections", "many", "keptMany", 5),
    speed("viss-mm status / the soap package by default", "status", "plainStatus", 15)
  ]
}

if (import.meta.main) {
  for (const { goal, id, isCost, max, min, ratio } of await run()) {
    console.log(
      `${id}: ${ratio.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)}, goal ${isCost === true ? "<=" : ">="} ${goal})`
    )
  }
}
