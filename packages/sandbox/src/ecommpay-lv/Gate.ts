import express, { type Express, type Router, type Request, type RequestHandler } from "express"
import { callDigest } from "../kernel/Calls.ts"
import type { World } from "../kernel/World.ts"
import { codes } from "./Codes.ts"
import { openEnvelope } from "./gateEnvelope.ts"
import type { Answer, GateOperations } from "./gateOperations.ts"
import { GateRefusal } from "./GateRefusal.ts"
import type { FindProject } from "./Project.ts"
import { isWireObject, readWireJson, type WireValue } from "./WireJson.ts"

const bodyText = (request: Request): string => (Buffer.isBuffer(request.body) ? request.body.toString("utf8") : "")

interface Subject extends Record<string, unknown> {
  readonly simulator: string
  readonly projectId?: WireValue | undefined
  readonly paymentId?: WireValue | undefined
}

/** Names the payment for fault rules and the call log, before anything was checked. */
const subjectOf = (request: Request): Subject => {
  try {
    const body = readWireJson(bodyText(request))
    const general = isWireObject(body) && isWireObject(body["general"]) ? body["general"] : undefined
    return { simulator: "ecommpay", projectId: general?.["project_id"], paymentId: general?.["payment_id"] }
  } catch {
    return { simulator: "ecommpay" }
  }
}

/** Gate, the platform's API for merchants' servers (`/v2`), Data API beside it, and a clear 404 for what is not simulated yet. */
export const createGate = (parts: {
  readonly world: World
  readonly findProject: FindProject
  readonly operations: GateOperations
  /** Answers under `/v1` at the same address. */
  readonly dataApi: Router
}): Express => {
  const { dataApi, findProject, operations, world } = parts
  const app = express()
  app.disable("x-powered-by")
  app.use(express.raw({ type: () => true, limit: "1mb" }))

  const record =
    (operation: string): RequestHandler =>
    (request, _response, next) => {
      const { paymentId } = subjectOf(request)
      const at = new Date(world.clock.now()).toISOString()
      const digest = callDigest(request.method, request.originalUrl, request.body)
      const call = { simulator: "ecommpay", operation, method: request.method, path: request.path, at, digest }
      world.calls.record(typeof paymentId === "string" ? { ...call, paymentId } : call)
      next()
    }

  const serve = (path: string | RegExp, operation: string, answer: Answer, isFlat = false): void => {
    const handle = world.withFaults(operation, subjectOf, async (request, faults) => {
      try {
        const remoteAddress = request.socket.remoteAddress ?? ""
        const opened = openEnvelope({ path: request.path, text: bodyText(request), remoteAddress, isFlat }, findProject)
        if (faults.some(({ kind }) => kind === "refusal")) throw new GateRefusal(400, codes.notAllowed)
        return await answer(opened, faults)
      } catch (error) {
        if (error instanceof GateRefusal) return error.toReply()
        throw error
      }
    })
    app.post(path, record(operation), handle)
  }
  serve("/v2/payment/banks/latvia/sale", "sale", operations.sale)
  serve(/^\/v2\/.+\/payout$/, "payout", operations.payout)
  serve("/v2/payment/banks/latvia/refund", "refund", operations.refund)
  serve("/v2/payment/clarification", "clarification", operations.clarification)
  serve("/v2/payment/status", "status", operations.status)
  serve("/v2/payment/status/request", "status_request", operations.statusByRequest, true)
  serve("/v2/info/banks/latvia/sale/list", "bank_list", operations.bankList)

  app.use("/v1", dataApi)

  app.use((request, response) => {
    const message = `this version of the sandbox does not simulate ${request.method} ${request.path}`
    response.status(404).json({ name: "Not Found", message, code: 0, status: 404 })
  })
  return app
}
