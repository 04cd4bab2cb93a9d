import type { ErrorRequestHandler } from "express"
import { parseDuration } from "./Clock.ts"
import { badInput, ControlError, unknownId } from "./ControlError.ts"
import { readFault } from "./readFault.ts"
import type { RunningSimulator } from "./Simulator.ts"
import type { World } from "./World.ts"

const statusOf = (error: unknown): number => {
  if (error instanceof ControlError) return error.status
  // body-parser marks its refusals (malformed JSON, too large) with a status.
  const marked = error instanceof Error && "status" in error ? error.status : undefined
  return typeof marked === "number" && marked >= 400 && marked < 500 ? marked : 500
}

/** BigInt amounts are written as decimal text. */
const toJson = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? value.toString() : value)

/** The routes that belong to no provider. Call it after the simulators have added theirs: it ends with the 404. */
export const mountControl = (world: World, simulators: ReadonlyArray<RunningSimulator>, reset: () => void): void => {
  const { calls, clock, control, faults, notifications } = world

  control.get("/payments", (_request, response) => {
    response.type("json").send(JSON.stringify({ payments: simulators.flatMap((one) => one.payments()) }, toJson))
  })
  control.get("/payments/:id", (request, response) => {
    const found = simulators.map((one) => one.payment(request.params.id)).find((payment) => payment !== undefined)
    if (found === undefined) throw unknownId("payment")
    response.type("json").send(JSON.stringify(found, toJson))
  })

  const now = (): string => new Date(clock.now()).toISOString()
  control.get("/clock", (_request, response) => {
    response.json({ now: now(), frozen: clock.isFrozen })
  })
  control.post("/clock/advance", async (request, response) => {
    const body: unknown = request.body
    const duration = typeof body === "object" && body !== null && "duration" in body ? body.duration : undefined
    if (typeof duration !== "string") throw badInput('give {"duration": "P7D"}')
    let millis: number
    try {
      millis = parseDuration(duration)
    } catch (error) {
      throw badInput(error instanceof Error ? error.message : "bad duration")
    }
    const { delivered } = await clock.advance(millis)
    response.json({ now: now(), delivered })
  })

  control.get("/webhooks", (_request, response) => {
    response.json({ webhooks: notifications.list() })
  })
  control.post("/webhooks/:id/resend", async (request, response) => {
    response.json(await notifications.resend(request.params.id))
  })

  control.get("/faults", (_request, response) => {
    response.json({ faults: faults.list() })
  })
  control.post("/faults", (request, response) => {
    response.status(201).json(faults.add(readFault(request.body)))
  })
  control.delete("/faults", (_request, response) => {
    faults.clear()
    response.json({ faults: [] })
  })
  control.delete("/faults/:id", (request, response) => {
    if (!faults.clear(request.params.id)) throw unknownId("fault")
    response.json({ faults: faults.list() })
  })

  control.get("/calls", (_request, response) => {
    response.json({ calls: calls.list() })
  })
  control.post("/reset", (_request, response) => {
    reset()
    response.json({ now: now() })
  })

  control.use(() => {
    throw new ControlError(404, "no such call of the control API")
  })
  const onError: ErrorRequestHandler = (error, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const status = statusOf(error)
    const message = error instanceof Error ? error.message : "failed"
    if (status === 500) world.log(`control API failed: ${message}`)
    response.status(status).json({ error: message })
  }
  control.use(onError)
}
