/**
 * How fast the adapter creates and asks over TLS, as ratios within one run: against undici sending the same bytes (the
 * limit), and against the npm package `soap` with and without kept connections.
 *
 * Once at a server that answers ready bytes to whatever it is sent, so that nothing but clients is measured; and once at the
 * sandbox, which reads what it is sent and remembers it, as a provider must.
 *
 * Run with `node --conditions=@maksa/source bench/services.ts`; takes about three minutes.
 */
import { type Figure, figure } from "../../../bench/figure.ts"
import { type Pace, type Way, ways } from "./processes.ts"
import { openWorld } from "./world.ts"

const ROUNDS = 9
const MILLIS = 250
/** Until V8 has compiled what a call runs through, which takes some twenty thousand calls; the others are slower. */
const WARM_UP = 4_000

const subjects = {
  rawStatus: ["raw", "status", 1],
  status: ["adapter", "status", 1],
  rawCreate: ["raw", "create", 1],
  create: ["adapter", "create", 1],
  rawMany: ["raw", "status", 20],
  many: ["adapter", "status", 20],
  keptStatus: ["soapKept", "status", 1],
  keptMany: ["soapKept", "status", 20],
  plainStatus: ["soapPlain", "status", 1],
  rawApiStatus: ["raw", "apiStatus", 1],
  apiStatus: ["adapter", "apiStatus", 1],
  rawApiCreate: ["raw", "apiCreate", 1],
  apiCreate: ["adapter", "apiCreate", 1],
  rawPortalStatus: ["raw", "portalStatus", 1],
  portalStatus: ["adapter", "portalStatus", 1]
} as const
type Subject = keyof typeof subjects
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- keys of the record above
const names = Object.keys(subjects) as Array<Subject>

/** Runs all rounds of some subjects at one server, interleaved. */
const measure = async <Name extends Subject>(
  program: string,
  ways: ReadonlyArray<Way>,
  names: ReadonlyArray<Name>
): Promise<ReadonlyArray<Readonly<Record<Name, Pace>>>> => {
  const world = await openWorld(program, ways)
  const paceOf = (name: Name, millis: number): Promise<Pace> => {
    const [way, call, inFlight] = subjects[name]
    return world.pace(way, { call, inFlight, millis })
  }
  for (const name of names) await paceOf(name, WARM_UP)
  const rounds: Array<Record<Name, Pace>> = []
  for (let round = 0; round < ROUNDS; round++) {
    const paces: Array<readonly [Name, Pace]> = []
    for (const name of names) paces.push([name, await paceOf(name, MILLIS)])
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one pace of every subject
    rounds.push(Object.fromEntries(paces) as Record<Name, Pace>)
  }
  world.close()
  return rounds
}

export const run = async (): Promise<Array<Figure>> => {
  const rounds = await measure("./server.ts", ways, names)
  const atSandbox = await measure("./sandboxServer.ts", ["raw", "adapter"], ["rawCreate", "create"])

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
  const noted = (one: Figure): Figure => ({ ...one, isNoted: true })
  return [
    speed("viss-mm status / undici with bytes that are ready", "status", "rawStatus", 0.75),
    figure(
      "viss-mm create / undici with bytes that are ready, at the sandbox",
      atSandbox.map(({ create, rawCreate }) => create.perSecond / rawCreate.perSecond),
      0.75
    ),
    noted(speed("viss-mm create / undici with bytes that are ready", "create", "rawCreate", 0.75)),
    cpu("viss-mm status, 20 in flight: client CPU of a call / undici's", "many", "rawMany", 2),
    speed("viss-mm status / the soap package, kept connections", "status", "keptStatus", 2.5),
    speed("viss-mm status, 20 in flight / the soap package, kept connections", "many", "keptMany", 5),
    speed("viss-mm status / the soap package by default", "status", "plainStatus", 15),
    noted(speed("viss-mm PaymentApi status / undici with bytes that are ready", "apiStatus", "rawApiStatus", 0.75)),
    noted(speed("viss-mm PaymentApi create / undici with bytes that are ready", "apiCreate", "rawApiCreate", 0.75)),
    noted(speed("viss-mm portal status / undici with bytes that are ready", "portalStatus", "rawPortalStatus", 0.5))
  ]
}

if (import.meta.main) {
  for (const { goal, id, isCost, max, min, ratio } of await run()) {
    console.log(
      `${id}: ${ratio.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)}, goal ${isCost === true ? "<=" : ">="} ${goal})`
    )
  }
}
