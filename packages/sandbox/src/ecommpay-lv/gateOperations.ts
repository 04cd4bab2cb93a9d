import { parseDuration } from "../kernel/Clock.ts"
import type { FaultRule } from "../kernel/Faults.ts"
import type { Reply } from "../kernel/HttpFaults.ts"
import type { World } from "../kernel/World.ts"
import { bankListItem, banks } from "./Banks.ts"
import type { Callbacks } from "./Callbacks.ts"
import type { Clarification } from "./clarification/Clarification.ts"
import { readSupplied } from "./clarification/readSupplied.ts"
import { codes } from "./Codes.ts"
import { signedWithFaults } from "./contentFaults.ts"
import type { GateRequest } from "./gateEnvelope.ts"
import { GateRefusal, jsonReply } from "./GateRefusal.ts"
import type { Lifecycle } from "./Lifecycle.ts"
import { notFoundBody, requestStatusBody, statusBody } from "./MessageBody.ts"
import type { PaymentBook } from "./PaymentBook.ts"
import type { FieldError, PaymentRecord, PaymentRequest } from "./PaymentRecord.ts"
import type { Project } from "./Project.ts"
import { judgePayout, readPayout } from "./payout/payoutRequest.ts"
import type { Payouts } from "./payout/Payouts.ts"
import { judgeSale, readSale } from "./saleRequest.ts"
import type { WireObject } from "./WireJson.ts"

export type Answer = (request: GateRequest, faults: ReadonlyArray<FaultRule>) => Promise<Reply> | Reply

export interface GateOperations {
  readonly sale: Answer
  readonly payout: Answer
  readonly refund: Answer
  readonly status: Answer
  readonly statusByRequest: Answer
  readonly clarification: Answer
  readonly bankList: Answer
}

const accepted = (project: Project, requestId: string, paymentId: string): Reply => {
  const body = { status: "success", request_id: requestId, project_id: project.projectId, payment_id: paymentId }
  return jsonReply(200, project.settings.isAcceptanceSigned ? signedWithFaults(body, project.secret, []) : body)
}

const signed = (project: Project, body: WireObject, faults: ReadonlyArray<FaultRule>): Reply =>
  jsonReply(200, signedWithFaults(body, project.secret, faults))

const bankList: Answer = ({ body, project }) => {
  const payment = body.object("payment")
  payment.integer("amount", { from: 1n, to: 10n ** 13n })
  if (payment.text("currency", 3) !== "EUR") throw new GateRefusal(400, codes.invalidCurrency, "payment.currency")
  const { bankListEnvelope } = project.settings
  const items = banks.map((bank) => [String(bank.id), bankListItem(bank, project.settings)] as const)
  return jsonReply(200, bankListEnvelope === "array" ? items.map(([, item]) => item) : Object.fromEntries(items))
}

/** What Gate does with a request whose envelope was found good. */
export const createGateOperations = (parts: {
  readonly world: World
  readonly book: PaymentBook
  readonly callbacks: Callbacks
  readonly lifecycle: Lifecycle
  readonly clarification: Clarification
  readonly payouts: Payouts
}): GateOperations => {
  const { book, callbacks, clarification, lifecycle, payouts, world } = parts

  const later = (project: Project, job: () => Promise<unknown>): void => {
    world.clock.schedule(world.clock.now() + parseDuration(project.settings.processingDelay), async () => {
      await job()
    })
  }

  const refuse = (project: Project, sale: PaymentRequest, errors: ReadonlyArray<FieldError>): Reply => {
    const [first] = errors
    const isDuplicate = first?.code === project.settings.duplicateCode
    const way = isDuplicate ? project.settings.duplicateError : project.settings.semanticErrors
    if (first !== undefined && way === "answer") return new GateRefusal(400, first, first.field).toReply()
    const failed = book.failed(sale, book.nextRequestId(), errors)
    if (!isDuplicate) book.keep(failed)
    later(project, () => callbacks.send(failed))
    return accepted(project, failed.requestId, sale.paymentId)
  }

  /** Purchases and payouts share the ids of their project. */
  const take = (
    project: Project,
    wanted: PaymentRequest,
    errors: ReadonlyArray<FieldError>,
    begin: (record: PaymentRecord) => Promise<unknown>
  ): Reply => {
    const existing = book.find(project.projectId, wanted.paymentId)
    if (existing !== undefined && existing.status !== "error") {
      const isNamedSo = project.settings.duplicateCode === codes.paymentExists.code
      return refuse(project, wanted, [isNamedSo ? codes.paymentExists : codes.duplicateOperation])
    }
    if (errors.length > 0) return refuse(project, wanted, errors)
    const record = book.register(wanted, book.nextRequestId())
    if (wanted.type === "purchase") lifecycle.watch(record)
    later(project, () => begin(record))
    return accepted(project, record.requestId, wanted.paymentId)
  }

  const sale: Answer = (request) => {
    const wanted = readSale(request)
    const errors = judgeSale(wanted, request.project.settings)
    return take(request.project, wanted, errors, (record) => clarification.begin(record))
  }

  const payout: Answer = (request) => {
    const { path, project } = request
    // The path is the project's: somebody else's method does not exist for it.
    if (path !== project.settings.payouts.path) throw new GateRefusal(404, codes.unknownMethod)
    const wanted = readPayout(request)
    return take(project, wanted, judgePayout(wanted), async (record) => {
      if (record.status === "processing") await payouts.begin(record)
    })
  }

  /** Asked too early the platform "may not know" a payment yet; this one never does before `statusAfter`. */
  const isQueryable = (record: PaymentRecord, project: Project): boolean =>
    world.clock.now() >= record.registeredAt + parseDuration(project.settings.statusAfter)

  const messageOf = (record: PaymentRecord, project: Project) => ({
    record,
    format: project.settings.callbackFormat,
    redirect: lifecycle.redirectOf(record)
  })

  const status: Answer = ({ id: paymentId, project }, faults) => {
    const record = book.find(project.projectId, paymentId)
    if (faults.some(({ kind }) => kind === "no_details")) {
      return signed(project, notFoundBody(project.projectId, paymentId, codes.detailsNotReceived), faults)
    }
    if (record === undefined || !isQueryable(record, project)) {
      return signed(project, notFoundBody(project.projectId, paymentId, codes.notFound), faults)
    }
    return signed(project, statusBody(messageOf(record, project)), faults)
  }

  const statusByRequest: Answer = ({ id, project }, faults) => {
    const record = book.findByRequestId(project.projectId, id)
    if (record === undefined) throw new GateRefusal(404, codes.notFound)
    return signed(project, requestStatusBody(messageOf(record, project)), faults)
  }

  /** The method has no refunds (method page, table of properties): taken for processing, then declined. */
  const refund: Answer = ({ body, id: paymentId, project }) => {
    body.object("payment").text("description")
    const record = book.find(project.projectId, paymentId)
    if (record === undefined) throw new GateRefusal(400, codes.notFound)
    if (record.status !== "success") throw new GateRefusal(400, codes.statusForbids)
    const requestId = book.nextRequestId()
    later(project, async () => {
      const operation = book.addOperation(record, "refund", requestId)
      operation.status = "decline"
      operation.result = codes.notSupported
      await callbacks.send(record, operation)
    })
    return accepted(project, requestId, paymentId)
  }

  /** Taken for processing like a sale; what came of it is told by callback. */
  const clarify: Answer = ({ body, id, project }) => {
    const supplied = readSupplied(body)
    const record = book.find(project.projectId, id)
    if (record === undefined) throw new GateRefusal(400, codes.notFound)
    if (record.status !== "awaiting clarification") throw new GateRefusal(400, codes.statusForbids)
    record.supplied = supplied
    later(project, () => clarification.supply(record, supplied))
    return accepted(project, book.nextRequestId(), id)
  }

  return { sale, payout, refund, status, statusByRequest, clarification: clarify, bankList }
}
