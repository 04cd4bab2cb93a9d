import * as Effect from "effect/Effect"

import { Trouble } from "../errors.ts"
import { codeLike } from "../soap/fault.ts"
import { RefusedValue } from "../RefusedValue.ts"
import { isGuid } from "../wire.ts"
import type { Order, PaidElsewhere, Saved, Service } from "../service.ts"
import type { PfasService } from "../sts/PfasService.ts"
import { runChecks } from "./check.ts"
import type { PortalSettings } from "./configuration.ts"
import { messageIdOf } from "./messages.ts"
import type { OpenedPortal } from "./open.ts"
import type { IvisMessage } from "./readMessage.ts"
import type { RequestService } from "./RequestService.ts"
import { paymentsXml } from "./requestXml.ts"

/** MM as the portal's services reach it. */
export type PortalService = Omit<Service, "status" | "document" | "checks"> & PfasService

const unfit = (detail: string): Trouble => new Trouble({ situation: "not_understood", detail })

/** MM's own refusal, if the message is one. One without a code proves nothing. */
const refusalOf = ({ errorCode, isSuccess }: IvisMessage): string | undefined =>
  !isSuccess && errorCode !== undefined && codeLike.test(errorCode) ? errorCode : undefined

/** Finds what became of an asynchronous request by the id of its message, which the attempt's id gives. */
export const makeFind = (requestService: RequestService): NonNullable<Service["find"]> =>
  Effect.fnUntraced(function* (attemptId: string) {
    const answer = yield* requestService.answerTo(messageIdOf(attemptId))
    if (answer === undefined) return undefined
    const { evidence, response } = answer
    const { paymentRequestId: id } = response
    if (id !== undefined && isGuid(id)) return { id }
    const providerCode = refusalOf(response)
    return providerCode === undefined
      ? yield* unfit("the IVISResponse tells neither an id nor a refusal")
      : { providerCode, evidence }
  })

/** The service over open connections. */
export const makePortalService = (opened: OpenedPortal, settings: PortalSettings): PortalService => {
  const { pfas, requestService } = opened
  const { documentList, mode } = settings

  const saveNow = Effect.fnUntraced(function* (
    request: Parameters<typeof requestService.submitSync>[0]
  ): Effect.fn.Return<Saved, Trouble> {
    const { evidence, response } = yield* requestService.submitSync(request)
    const { isSuccess, paymentRequestId: id = "", paymentRequestUrl: url } = response
    const providerCode = refusalOf(response)
    if (providerCode !== undefined) return yield* new Trouble({ situation: "business_fault", providerCode })
    if (!isSuccess) return yield* unfit("the IVISResponse has no Result of success")
    return { id, evidence, ...(url === undefined ? {} : { url }) }
  })

  const saveForLater = (
    request: Parameters<typeof requestService.submit>[0],
    { deadline }: Order
  ): Effect.Effect<PaidElsewhere, Trouble> =>
    Effect.map(requestService.submit(request), (evidence) => ({ ...documentList, until: deadline, evidence }))

  return {
    save: Effect.fnUntraced(function* (request, order) {
      if (mode === "async" && request.ClientInfo.ClientCode === undefined) {
        const path = "payer.code"
        return yield* new RefusedValue({ path, message: "The payer finds the request by the code, which is missing" })
      }
      const content = yield* Effect.fromResult(paymentsXml(request))
      const transactionId = yield* requestService.start
      const messageId = messageIdOf(order.attemptId)
      const message = { content, messageId, transactionId, responseEndPoint: order.urls.webhook }
      return mode === "sync" ? yield* saveNow(message) : yield* saveForLater(message, order)
    }),
    ...(mode === "sync"
      ? {}
      : {
          find: makeFind(requestService)
        }),
    status: pfas.status,
    document: pfas.document,
    checks: () => runChecks(opened, settings)
  }
}
