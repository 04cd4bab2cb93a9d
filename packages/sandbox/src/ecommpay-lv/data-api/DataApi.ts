import { Router, type Request, type RequestHandler } from "express"
import { callDigest } from "../../kernel/Calls.ts"
import type { FaultRule } from "../../kernel/Faults.ts"
import type { Reply } from "../../kernel/HttpFaults.ts"
import type { World } from "../../kernel/World.ts"
import { signedWithFaults } from "../contentFaults.ts"
import { jsonReply } from "../GateRefusal.ts"
import type { PaymentBook } from "../PaymentBook.ts"
import type { Project } from "../Project.ts"
import { isSignedWith } from "../Signature.ts"
import { isWireObject, readWireJson, type WireObject } from "../WireJson.ts"
import { DataRefusal } from "./DataRefusal.ts"
import type { LongRangeQueue } from "./LongRangeQueue.ts"
import { checkFields, isCompleted, operationItem, paymentOperationItem, pick, type Listed } from "./operationItem.ts"
import { readOperationsRequest, type OperationsRequest } from "./operationsRequest.ts"
import { zonedTime } from "./zonedTime.ts"

interface Opened {
  /** Whose token it is. */
  readonly project: Project
  readonly body: WireObject
}

const bodyOf = (request: Request): WireObject => {
  const text = Buffer.isBuffer(request.body) ? request.body.toString("utf8") : ""
  try {
    const value = readWireJson(text)
    if (isWireObject(value)) return value
  } catch {
    // Said below, like a text that is JSON and no object.
  }
  throw new DataRefusal(400, "the body must be a JSON object")
}

const passes = (set: ReadonlySet<string> | undefined, value: string): boolean => set === undefined || set.has(value)

const isAsked = (asked: OperationsRequest, { operation, record }: Listed): boolean =>
  operation.at >= asked.from &&
  operation.at <= asked.to &&
  passes(asked.projectIds, String(record.request.projectId)) &&
  passes(asked.types, operation.type) &&
  passes(asked.statuses, operation.status) &&
  passes(asked.customerIds, record.request.customerId) &&
  // ASSUMPTION(ecommpay-lv#5): as the request for the payment had it, whatever the letters' case.
  (asked.customerEmail === undefined || record.request.customerEmail?.toLowerCase() === asked.customerEmail)

/** Data API (`/v1`): operations for reconciliation, and balances. A token sees all projects of the merchant. */
export const createDataApi = (parts: {
  readonly world: World
  readonly projects: ReadonlyArray<Project>
  readonly book: PaymentBook
  readonly queue: LongRangeQueue
}): Router => {
  const { book, projects, queue, world } = parts
  const router = Router()

  const open = (request: Request): Opened => {
    const body = bodyOf(request)
    const { signature, token } = body
    if (typeof token !== "string") throw new DataRefusal(400, "token is required")
    if (typeof signature !== "string") throw new DataRefusal(400, "signature is required")
    const project = projects.find((one) => one.dataToken === token)
    if (project === undefined) throw new DataRefusal(401, "unknown token")
    // ASSUMPTION(ecommpay-lv#5): a wrong signature is answered like a wrong token.
    if (!isSignedWith(body, signature, project.dataSecret)) throw new DataRefusal(401, "invalid signature")
    return { project, body }
  }

  const completed = (): ReadonlyArray<Listed> =>
    book
      .list()
      .flatMap((record) =>
        record.operations.filter((operation) => isCompleted(operation)).map((operation) => ({ record, operation }))
      )

  const operations = async ({ body, project }: Opened): Promise<WireObject> => {
    const asked = readOperationsRequest(body)
    await queue.turn(asked.to - asked.from)
    const { dataApiNumbers } = project.settings
    const found = completed()
      .filter((listed) => isAsked(asked, listed))
      .toSorted((left, right) => left.operation.at - right.operation.at || left.operation.id - right.operation.id)
      .slice(asked.offset, asked.offset + asked.limit)
      .map((listed) => operationItem(listed, asked.zone, dataApiNumbers))
    const { fields } = asked
    if (fields === undefined || found[0] === undefined) return { operations: found }
    checkFields(found[0], fields)
    return { operations: found.map((item) => pick(item, fields)) }
  }

  const byPayment = ({ body, project }: Opened): WireObject => {
    const { payment_id: paymentId } = body
    if (typeof paymentId !== "string" || paymentId === "") throw new DataRefusal(400, "payment_id is required")
    const found = projects
      .map(({ projectId }) => book.find(projectId, paymentId))
      .flatMap((record) => record?.operations.map((operation) => ({ record, operation })) ?? [])
      .toSorted((left, right) => right.operation.id - left.operation.id)
    return {
      operations: found.map((listed) => paymentOperationItem(listed, zonedTime(), project.settings.dataApiNumbers))
    }
  }

  const balance = (): WireObject => ({
    balance: projects.map(({ projectId, settings }) => ({
      name: `Project_${projectId}_balance_EUR`,
      EUR: String(settings.balanceMinor)
    }))
  })

  const record =
    (operation: string): RequestHandler =>
    (request, _response, next) => {
      const at = new Date(world.clock.now()).toISOString()
      const digest = callDigest(request.method, request.originalUrl, request.body)
      const path = `${request.baseUrl}${request.path}`
      world.calls.record({ simulator: "ecommpay", operation, method: request.method, path, at, digest })
      next()
    }

  const serve = (
    path: string,
    operation: string,
    answer: (opened: Opened) => Promise<WireObject> | WireObject
  ): void => {
    const handle = async (request: Request, faults: ReadonlyArray<FaultRule>): Promise<Reply> => {
      try {
        const opened = open(request)
        return jsonReply(200, signedWithFaults(await answer(opened), opened.project.dataSecret, faults))
      } catch (error) {
        if (error instanceof DataRefusal) return error.toReply()
        throw error
      }
    }
    router.post(
      path,
      record(operation),
      world.withFaults(operation, () => ({ simulator: "ecommpay" }), handle)
    )
  }
  serve("/operations/get", "data_operations", operations)
  serve("/operations/get-by-payment", "data_operations_by_payment", byPayment)
  serve("/balance/get", "data_balance", balance)
  return router
}
