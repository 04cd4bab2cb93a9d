import type { FaultRule } from "../../kernel/Faults.ts"
import type { Reply } from "../../kernel/HttpFaults.ts"
import type { Pki } from "../../kernel/Pki.ts"
import type { World } from "../../kernel/World.ts"
import { BusinessError, DeserializationError } from "../errors.ts"
import type { Notifier } from "../notify.ts"
import type { Owner, PaymentRequest, PortalOrigin } from "../PaymentRequest.ts"
import { admit } from "../pfas/admit.ts"
import type { Requests } from "../Requests.ts"
import type { Settings } from "../settings.ts"
import { audiences, ns } from "../sts/names.ts"
import { type Message, Soap12Fault, soap12Reply, textAt } from "../sts/soap12.ts"
import { isCallableUrl } from "../urls.ts"
import { element, type Xml } from "../xmlWrite.ts"
import { createdContent, refusalOf, responseOf, type Stamp, statusContent } from "./messages.ts"
import { ivis, IvisError, type IvisOperation, isIvisOperation } from "./names.ts"
import { type IvisHeader, readIvisRequest, readPortalPayment } from "./readRequest.ts"
import type { Submission, Transactions } from "./Transactions.ts"

export interface IvisParts {
  readonly world: World
  readonly pki: Pki
  readonly settings: () => Settings
  readonly requests: Requests
  readonly notifier: Notifier
  readonly transactions: Transactions
  readonly payUrl: (id: string) => string
}

/** The guidelines' limit for one message. */
const largestMessage = 4 * 1024 * 1024
/** Seconds after which GetStatus is worth another question. */
const pollInterval = 10

const accept = (
  header: IvisHeader,
  content: Parameters<typeof readPortalPayment>[0],
  mode: PortalOrigin["mode"],
  owner: Owner,
  { requests, settings }: IvisParts
): PaymentRequest => {
  const { messageId, messageType, responseEndPoint, transactionId } = header
  // ResponseEndPoint is mandatory for payments (guidelines, 5.7.1).
  if (responseEndPoint === undefined || !isCallableUrl(responseEndPoint)) {
    throw new BusinessError("SIM-111", "ResponseEndPoint")
  }
  const request = requests.save(readPortalPayment(content, settings()), owner)
  request.portal = { mode, messageId, messageType, transactionId, responseEndPoint }
  return request
}

const asBusinessError = (error: unknown): BusinessError => {
  if (error instanceof BusinessError) return error
  if (error instanceof DeserializationError) throw new IvisError(18)
  throw error
}

const submit = (
  message: Message,
  mode: PortalOrigin["mode"],
  owner: Owner,
  has: (kind: string) => boolean,
  parts: IvisParts
): Submission => {
  const { transactions } = parts
  if (Buffer.byteLength(message.text) > largestMessage) throw new IvisError(19)
  const { content, header } = readIvisRequest(message.content, parts.settings())
  if (header.sender !== undefined && header.sender !== `AU:${owner.commonName}`) throw new IvisError(6)
  transactions.check(header.transactionId, header.correlationId, owner)
  const { messageId, messageType, responseEndPoint = "", transactionId } = header
  const origin = { mode, messageId, messageType, transactionId, responseEndPoint }
  let submission: Submission
  try {
    if (has("refusal")) throw new BusinessError("SIM-113")
    const { id } = accept(header, content, mode, owner, parts)
    submission = { origin, outcome: { paymentRequestId: id } }
  } catch (error) {
    submission = { origin, outcome: { refusal: asBusinessError(error) } }
  }
  transactions.add(submission)
  return submission
}

/** What is known of an asynchronous request: nothing before its last status. */
const answerSoFar = ({ origin, outcome }: Submission, stamp: Stamp, requests: Requests): Xml | undefined => {
  if ("refusal" in outcome) return refusalOf(origin, stamp, outcome.refusal)
  const request = requests.find(outcome.paymentRequestId)
  return request === undefined || request.status === "P" ? undefined : responseOf(origin, stamp, statusContent(request))
}

/** Answers one call. Throws Soap12Fault and IvisError; `about` hears of the request that was made. */
export const answerIvisCall = async (
  message: Message,
  faults: ReadonlyArray<FaultRule>,
  parts: IvisParts,
  about: (paymentRequestId: string) => void
): Promise<Reply> => {
  const { content, messageId } = message
  const { notifier, payUrl, pki, requests, settings, transactions, world } = parts
  const now = world.clock.now()
  const has = (kind: string): boolean => faults.some((rule) => rule.kind === kind)
  if (content.namespace !== ivis.service || !isIvisOperation(content.name)) {
    throw new Soap12Fault(ns.addressing, "ActionNotSupported", "The operation is not known here.")
  }
  const operation: IvisOperation = content.name
  if (message.action !== `${ivis.service}/${operation}`) {
    throw new Soap12Fault(ns.addressing, "ActionNotSupported", "The action is another operation's.")
  }
  const { owner } = admit(message, { audience: audiences.requestService }, { now, settings: settings(), pki })
  const stamp: Stamp = { messageId: world.random.uuid(), now }
  const field = (name: string): string => textAt(content, ivis.service, name) ?? ""

  const results: Readonly<Record<IvisOperation, () => Promise<ReadonlyArray<Xml>> | ReadonlyArray<Xml>>> = {
    StartTransaction: () => {
      const eServiceId = field("eServiceID")
      // The result is empty on error (guidelines, data exchange, 2.6).
      const isUrn = /^URN:IVIS:\d{6}:EP-\S+$/i.test(eServiceId)
      return [element("StartTransactionResult", {}, isUrn ? transactions.start(eServiceId, owner) : "")]
    },
    EndTransaction: () => {
      transactions.end(field("transactionID"), owner)
      return []
    },
    SubmitSync: () => {
      const { origin, outcome } = submit(message, "sync", owner, has, parts)
      if ("refusal" in outcome) return [refusalOf(origin, stamp, outcome.refusal)]
      about(outcome.paymentRequestId)
      return [responseOf(origin, stamp, createdContent(outcome.paymentRequestId, payUrl(outcome.paymentRequestId)))]
    },
    Submit: async () => {
      const { origin, outcome } = submit(message, "async", owner, has, parts)
      if ("refusal" in outcome) await notifier.refused(origin, outcome.refusal)
      else about(outcome.paymentRequestId)
      return [element("PollInterval", {}, String(pollInterval))]
    },
    GetStatus: () => {
      const submission = transactions.find(field("messageID").toLowerCase(), owner)
      const answer = answerSoFar(submission, stamp, requests)
      return answer === undefined
        ? [element("Status", {}, "InProcess"), element("PollInterval", {}, String(pollInterval))]
        : [element("Status", {}, "Completed"), answer]
    }
  }
  const body = element(`${operation}Response`, { xmlns: ivis.service }, ...(await results[operation]()))
  return soap12Reply(`${ivis.service}/${operation}Response`, messageId, now, body)
}
