// One way to call the server, as a process of its own that takes turns with the others. Argument: the way.
import { type Message, type Pace, readPlace, type Turn, type Way } from "./processes.ts"
import { type Call, openWay } from "./ways.ts"

const [way = "raw"] = process.argv.slice(2)
const calls = await openWay[way as Way](readPlace()) // as it was started

const cpuMicros = (): number => {
  const { system, user } = process.cpuUsage()
  return system + user
}

/** Calls as fast as `inFlight` callers, each waiting for its answers, can. */
const pace = async (call: Call, { inFlight, millis }: Turn): Promise<Pace> => {
  const start = performance.now()
  const cpu = cpuMicros()
  let count = 0
  const caller = async (): Promise<void> => {
    while (performance.now() < start + millis) {
      await call()
      count++
    }
  }
  await Promise.all(Array.from({ length: inFlight }, caller))
  return { perSecond: (count * 1000) / (performance.now() - start), cpuMicros: (cpuMicros() - cpu) / count }
}

process.on("message", (turn: Turn) => {
  const call = calls[turn.call]
  if (call === undefined) throw new Error(`${way} has no ${turn.call}`)
  void pace(call, turn).then((measured) => process.send?.({ pace: measured } satisfies Message))
})
process.on("disconnect", () => process.exit())
