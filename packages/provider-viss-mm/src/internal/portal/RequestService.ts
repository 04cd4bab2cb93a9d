import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { Trouble } from "../errors.ts"
import type { XmlNode } from "../xml/parse.ts"
import { makeSecuredSend, type ProtectedService, type SecuredAnswer } from "../sts/securedMessage.ts"
import type { RequestServiceSettings } from "./configuration.ts"
import { endTransaction, getStatus, type IvisRequest, startTransaction, submit } from "./messages.ts"
import { actionOf, type IvisOperation, ivisService } from "./names.ts"
import { type IvisMessage, readIvisMessage } from "./readMessage.ts"
import { beforeSubmission, requestServiceFault, unknownMessage } from "./troubles.ts"

/** An IVISResponse, and the bytes that it was read from. */
export interface Responded {
  readonly response: IvisMessage
  readonly evidence: Uint8Array
}

/** The portal's Request Service as one certificate uses it. Nothing is repeated. */
export interface RequestService {
  /** Opens a transaction; answers its URN. Nothing is submitted by it. */
  readonly start: Effect.Effect<string, Trouble>
  readonly end: (transactionId: string) => Effect.Effect<void, Trouble>
  /** A command: waits for MM's answer. */
  readonly submitSync: (request: IvisRequest) => Effect.Effect<Responded, Trouble>
  /** A command: MM's answer comes later. Answers the bytes of the receipt. */
  readonly submit: (request: IvisRequest) => Effect.Effect<Uint8Array, Trouble>
  /** MM's answer to an asynchronous message; `undefined` where there is none yet, or no such message. */
  readonly answerTo: (messageId: string) => Effect.Effect<Responded | undefined, Trouble>
}

const unfit = (detail: string): Trouble => new Trouble({ situation: "not_understood", detail })

const isReply = (operation: IvisOperation, { name, namespace }: XmlNode): boolean =>
  name === `${operation}Response` && namespace === ivisService

const responseOf = ({ body, content }: SecuredAnswer, messageId: string): Result.Result<Responded, Trouble> =>
  readIvisMessage(content).pipe(
    Result.mapError(({ message }) => unfit(message)),
    Result.flatMap((response) => {
      if (response.kind !== "IVISResponse") return Result.fail(unfit("the reply is no IVISResponse"))
      return response.correlationId?.toLowerCase() === messageId
        ? Result.succeed({ response, evidence: body })
        : Result.fail(unfit("the IVISResponse belongs to another message"))
    })
  )

/** Makes the client of a Request Service. */
export const makeRequestService = (
  service: ProtectedService,
  settings: Pick<RequestServiceSettings, "destination" | "eServiceId" | "messageType">
): RequestService => {
  const call = (operation: IvisOperation) => {
    const send = makeSecuredSend(service, { action: actionOf(operation), toTrouble: requestServiceFault })
    return Effect.fnUntraced(function* (body: string): Effect.fn.Return<SecuredAnswer, Trouble> {
      const answer = yield* send(body)
      if (!isReply(operation, answer.content)) return yield* unfit(`the SOAP Body is not ${operation}Response`)
      return answer
    })
  }
  const start = call("StartTransaction")
  const end = call("EndTransaction")
  const sync = call("SubmitSync")
  const async = call("Submit")
  const status = call("GetStatus")

  return {
    start: start(startTransaction(settings.eServiceId)).pipe(
      Effect.flatMap(({ content }) => {
        const id = content.children.find(({ name }) => name === "StartTransactionResult")?.text.trim() ?? ""
        // Empty on error, without a word why (VISS guidelines, data exchange, 2.6).
        return /^URN:IVIS:\S{1,200}$/i.test(id)
          ? Effect.succeed(id)
          : Effect.fail(new Trouble({ situation: "portal_settings", detail: "no transaction" }))
      }),
      Effect.mapError(beforeSubmission)
    ),
    end: (transactionId) => Effect.asVoid(end(endTransaction(transactionId))),
    submitSync: Effect.fnUntraced(function* (request) {
      const responded = yield* Effect.fromResult(
        responseOf(yield* sync(submit("SubmitSync", request, settings)), request.messageId)
      )
      return responded.response.transactionId === request.transactionId
        ? responded
        : yield* unfit("the IVISResponse belongs to another transaction")
    }),
    submit: (request) => Effect.map(async(submit("Submit", request, settings)), ({ body }) => body),
    answerTo: Effect.fnUntraced(function* (messageId) {
      const answer = yield* status(getStatus(messageId)).pipe(
        Effect.catch((trouble) =>
          trouble.providerCode === unknownMessage ? Effect.succeed(undefined) : Effect.fail(trouble)
        )
      )
      const hasResponse = answer?.content.children.some(({ name }) => name === "IVISResponse") === true
      return hasResponse && answer !== undefined ? yield* Effect.fromResult(responseOf(answer, messageId)) : undefined
    })
  }
}
