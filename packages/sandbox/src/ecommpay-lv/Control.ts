import type { Request } from "express"
import { badInput, impossible, unknownId } from "../kernel/ControlError.ts"
import type { World } from "../kernel/World.ts"
import type { Clarification } from "./clarification/Clarification.ts"
import { codes } from "./Codes.ts"
import type { Callbacks } from "./Callbacks.ts"
import type { Lifecycle } from "./Lifecycle.ts"
import { applyOutcome, planOutcome, readOutcome, type OutcomeOrder } from "./outcome.ts"
import { requestOf } from "./PageSession.ts"
import type { Payer, Target } from "./payer.ts"
import type { PayerJourney } from "./PayerJourney.ts"
import type { PaymentBook } from "./PaymentBook.ts"
import type { PaymentPage } from "./PaymentPage.ts"
import type { PaymentRecord } from "./PaymentRecord.ts"
import type { Payouts } from "./payout/Payouts.ts"
import { paymentView, sessionView } from "./paymentView.ts"
import type { Project } from "./Project.ts"
import type { ProjectSettings } from "./ProjectSettings.ts"
import { patchSettings } from "./readSettings.ts"
import type { PaymentStatus } from "./Statuses.ts"

const objectBody = (request: Request): Record<string, unknown> => {
  const body: unknown = request.body
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw badInput("give a JSON object")
  return { ...body }
}

export interface ControlParts {
  readonly world: World
  readonly projects: ReadonlyArray<Project>
  readonly book: PaymentBook
  readonly callbacks: Callbacks
  readonly lifecycle: Lifecycle
  readonly clarification: Clarification
  readonly payouts: Payouts
  readonly journey: PayerJourney
  readonly page: PaymentPage
  readonly payer: Payer
}

/** Finds a payment by its id; the same id in two projects needs the project too. */
export const findTarget = (
  { book, page, projects }: Pick<ControlParts, "book" | "page" | "projects">,
  paymentId: string,
  projectId?: unknown
): Target => {
  const found = projects
    .filter((project) => projectId === undefined || project.projectId === Number(projectId))
    .map((project) => {
      const record = book.find(project.projectId, paymentId)
      return { record, session: page.opened(project.projectId, paymentId) }
    })
    .filter(({ record, session }) => record !== undefined || session !== undefined)
  const [first, second] = found
  if (second !== undefined) throw impossible("both projects have a payment of this id: give projectId")
  return first ?? { record: undefined, session: undefined }
}

const projectView = ({ projectId, settings }: Project): object => ({ projectId, ...settings })

/** The status from which an ordered outcome starts: a payer whom the platform is about to send away is on the way. */
const startingStatus = ({ record, session }: Target, clarification: Clarification): PaymentStatus => {
  const status = record?.status ?? "processing"
  if (record !== undefined && isAskedOnPage(record)) return "awaiting redirect result"
  const willBegin = status === "processing" || (status === "error" && session !== undefined)
  if (!willBegin) return status
  const isAskedFirst = record?.request.channel === "gate" && clarification.isNeeded(record)
  return isAskedFirst ? "awaiting clarification" : "awaiting redirect result"
}

/** Payers of the page give what they are asked for before an ordered outcome; Gate's merchants do that themselves. */
const isAskedOnPage = (record: PaymentRecord): boolean =>
  record.request.channel === "payment_page" && record.status === "awaiting clarification"

/** The control API's routes for this provider. */
export const mountEcommpayControl = (parts: ControlParts): void => {
  const { book, callbacks, clarification, journey, lifecycle, page, payer, payouts, projects, world } = parts

  const projectOf = (request: Request): Project => {
    const found = projects.find((project) => String(project.projectId) === request.params["projectId"])
    if (found === undefined) throw unknownId("project")
    return found
  }
  world.control.get("/ecommpay/projects/:projectId", (request, response) => {
    response.json(projectView(projectOf(request)))
  })
  world.control.patch("/ecommpay/projects/:projectId", (request, response) => {
    const project = projectOf(request)
    project.settings = patchSettings(project.settings, objectBody(request))
    response.json(projectView(project))
  })

  const target = (request: Request, body: Record<string, unknown>): Target => {
    const { projectId } = body
    return findTarget(parts, String(request.params["paymentId"]), projectId)
  }

  const modeOf = ({ record, session }: Target): ProjectSettings["confirmation"] => {
    const projectId = record?.request.projectId ?? session?.projectId
    return projects.find((project) => project.projectId === projectId)?.settings.confirmation ?? "off"
  }

  /** A page that was opened and not confirmed is confirmed first, with the first bank that it offers. */
  const registeredFor = async ({ record, session }: Target): Promise<PaymentRecord> => {
    if (record !== undefined && record.status !== "error") return record
    if (session === undefined) {
      if (record !== undefined) return record
      throw unknownId("payment")
    }
    await page.chooseBank(session, page.firstBank(session))
    const fresh = book.find(session.projectId, session.paymentId)
    if (fresh === undefined) throw unknownId("payment")
    return fresh
  }

  const failChecks = async ({ record, session }: Target, order: OutcomeOrder): Promise<ReadonlyArray<string>> => {
    if (record !== undefined || session === undefined)
      throw impossible("only a payment that was not begun can fail its checks")
    const request = requestOf(session, page.firstBank(session))
    const failed = book.keep(book.failed(request, book.nextRequestId(), [order.reason ?? codes.malformed]))
    return callbacks.send(failed)
  }

  world.control.post("/ecommpay/payments/:paymentId/outcome", async (request, response) => {
    const body = objectBody(request)
    const order = readOutcome(body)
    const found = target(request, body)
    if (found.record === undefined && found.session === undefined) throw unknownId("payment")
    if (order.status === "error" && found.record === undefined) {
      const notifications = await failChecks(found, order)
      response.json({ payment: view(target(request, body)), notifications })
      return
    }
    if (found.record?.request.type === "payout") {
      const notifications = await payouts.decide(found.record, order)
      response.json({ payment: paymentView(world, found.record), notifications })
      return
    }
    const plan = planOutcome(startingStatus(found, clarification), modeOf(found), order)
    const record = await registeredFor(found)
    const before = record.status
    const sentAway = await (isAskedOnPage(record) ? clarification.supplyAll(record) : clarification.begin(record))
    const isThere = order.status === "awaiting redirect result" && before !== record.status
    const sent = isThere ? [] : await applyOutcome(lifecycle, record, order, plan)
    const notifications = [...sentAway, ...sent]
    response.json({ payment: paymentView(world, record), notifications, returnUrl: journey.returnUrl(record) })
  })

  const view = ({ record, session }: Target): object | undefined => {
    if (record !== undefined) return paymentView(world, record)
    return session === undefined ? undefined : sessionView(world, session)
  }

  world.control.post("/ecommpay/payments/:paymentId/payer", async (request, response) => {
    const body = objectBody(request)
    const answer = await payer(target(request, body), body)
    response.json({ ...answer, payment: view(target(request, body)) })
  })
}
