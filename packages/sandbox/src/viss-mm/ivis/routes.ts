import type { Router } from "express"
import type { FaultRule } from "../../kernel/Faults.ts"
import type { Reply } from "../../kernel/HttpFaults.ts"
import { claimedToken } from "../pfas/claimedToken.ts"
import { mountSecured } from "../sts/securedService.ts"
import { type Message, Soap12Fault, soap12FaultReply } from "../sts/soap12.ts"
import type { XmlElement } from "../xmlRead.ts"
import { element } from "../xmlWrite.ts"
import { ivis, IvisError, type IvisErrorNumber, ivisErrors, isIvisOperation } from "./names.ts"
import { answerIvisCall, type IvisParts } from "./RequestService.ts"

export const ivisPath = "/Request.WebService/v1-9/WcfService/ws2007FederationNoSct"

/** Somewhat over the guidelines' 4 MB, so that a message beyond them is told so and not just cut off. */
const largestRead = 6 * 1024 * 1024

const errorReply = (error: IvisError, message: Message, now: number): Reply =>
  soap12FaultReply(
    new Soap12Fault(ivis.service, "RequestServiceFault", error.message),
    message.messageId,
    now,
    element(
      "RequestServiceFault",
      { xmlns: ivis.service },
      element("ErrorNumber", {}, String(error.number)),
      element("ErrorName", {}, error.message)
    )
  )

/** The business part of a message: everything but timestamps, tokens and the transaction, which differ each time. */
const essenceOf = ({ action, content }: Message): string => {
  const text = ({ children, name, namespace, text: own }: XmlElement): string =>
    name === "TransactionID" ? "" : JSON.stringify([namespace, name, own, ...children.map(text)])
  return `${action}\n${text(content)}`
}

const isErrorNumber = (value: number): value is IvisErrorNumber => Object.hasOwn(ivisErrors, value)

/** Fault `ivis_error_10` answers the error of that number. */
const plannedError = (faults: ReadonlyArray<FaultRule>): IvisErrorNumber | undefined =>
  faults.map(({ kind }) => Number(/^ivis_error_(\d+)$/.exec(kind)?.[1])).find(isErrorNumber)

/** The portal's Request Service. */
export const mountIvis = (router: Router, parts: IvisParts): void => {
  const { world } = parts
  mountSecured(router, world, {
    path: ivisPath,
    largestMessage: largestRead,
    operation: ({ content }) => (isIvisOperation(content.name) ? content.name : "unreadable"),
    subject: () => ({}),
    essence: essenceOf,
    caller: claimedToken,
    answer: async (message, faults, about) => {
      try {
        const planned = plannedError(faults)
        if (planned !== undefined) throw new IvisError(planned)
        return await answerIvisCall(message, faults, parts, about)
      } catch (error) {
        if (error instanceof IvisError) return errorReply(error, message, world.clock.now())
        throw error
      }
    }
  })
}
