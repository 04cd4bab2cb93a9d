import { randomUUID } from "node:crypto"

import type { Connection, TransportResponse } from "@maksa/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { Trouble } from "../errors.ts"
import { exchange, statusTrouble } from "../exchange.ts"
import type { XmlLimits, XmlReader } from "../xml/parse.ts"
import { messageHeaders } from "./envelope.ts"
import { type Reply, readReply } from "./reply.ts"

/** Where messages go and how answers are read. */
export interface Channel {
  readonly connection: Connection
  readonly readXml: XmlReader
}

/** What tells one message from all others. */
export interface Stamp {
  readonly messageId: string
  /** Epoch milliseconds. */
  readonly now: number
}

export interface Answer {
  readonly reply: Reply
  /** The whole answer: `text` is `body` decoded. */
  readonly text: string
  readonly body: Uint8Array
}

/** SOAP 1.2 wants 400 for a Sender's fault, WCF sends 500 for all; every other status is not the service's own. */
const mayHoldFault = (status: number): boolean => status === 400 || status === 500

const utf8 = new TextDecoder("utf-8", { fatal: true })

const read = (
  { body, ...response }: TransportResponse,
  messageId: string,
  limits: XmlLimits,
  readXml: XmlReader
): Result.Result<Answer, Trouble> => {
  const trouble = statusTrouble(response)
  if (trouble !== undefined && !mayHoldFault(response.status)) return Result.fail(trouble)
  const decoded = Result.try({ try: () => utf8.decode(body), catch: () => ({ message: "The answer is not UTF-8" }) })
  return Result.gen(function* () {
    const text = yield* decoded
    const reply = yield* Result.flatMap(readXml(text, limits), (root) => readReply(root, messageId))
    return { reply, text, body }
  }).pipe(
    Result.mapError(({ message }) => trouble ?? new Trouble({ situation: "not_understood", detail: message })),
    Result.flatMap((answer) =>
      trouble === undefined || answer.reply._tag === "Fault" ? Result.succeed(answer) : Result.fail(trouble)
    )
  )
}

const bytes = new TextEncoder()

/** Posts one message and reads the answer, which may be a fault. Never repeats it. */
export const sendMessage = Effect.fnUntraced(function* (
  { connection, readXml }: Channel,
  to: URL,
  write: (stamp: Stamp) => string,
  limits: XmlLimits
): Effect.fn.Return<Answer, Trouble> {
  const stamp: Stamp = { messageId: `urn:uuid:${randomUUID()}`, now: yield* Clock.currentTimeMillis }
  const request = { method: "POST", url: to, headers: messageHeaders, body: bytes.encode(write(stamp)) } as const
  const response = yield* exchange(connection, request, limits.maxBytes)
  return yield* Effect.fromResult(read(response, stamp.messageId, limits, readXml))
})
