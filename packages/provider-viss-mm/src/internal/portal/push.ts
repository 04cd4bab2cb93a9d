import { type Inbound, type Verdict, WebhookError } from "@maksa/core"
import * as Result from "effect/Result"

import { replyLimits, type XmlReader } from "../xml/parse.ts"
import { isGuid } from "../wire.ts"
import { readIvisMessage } from "./readMessage.ts"

type Observations = Pick<Verdict, "observations" | "content">

const refused = (reason: WebhookError["reason"], message: string): WebhookError =>
  new WebhookError({ instance: "viss-mm", reason, message })

/**
 * Reads what IVIS sends to a ResponseEndPoint: an IVISResponse (guide, 2.1) or a new IVISRequest (guide, 2.2).
 *
 * Whoever knows the address can send one, so the status in it is not even read: all that counts is which payment request
 * to ask about.
 */
export const readPush = (body: Uint8Array, readXml: XmlReader): Result.Result<Observations, WebhookError> => {
  if (body.byteLength > replyLimits.maxBytes) return Result.fail(refused("too_large", "The message is too large."))
  const read = Result.flatMap(readXml(body), readIvisMessage)
  // What the parser failed with reaches back to the whole message: an error made from it, in its sight, would keep that.
  if (Result.isFailure(read)) {
    return Result.fail(refused("payload_invalid", `The message is no IVIS message (${read.failure.problem}).`))
  }
  const { correlationId = "", kind, paymentRequestId: id, transactionId = "" } = read.success
  return Result.succeed({
    observations: [
      {
        says: { _tag: "working", actionStands: true },
        trust: "hint",
        ...(id !== undefined && isGuid(id) ? { providerReference: id, about: { providerReference: id } } : {})
      }
    ],
    content: new TextEncoder().encode([kind, transactionId, correlationId, id ?? ""].join("\n"))
  })
}

/** Whether a call carries a message, or only says by its address that something changed. */
export const hasMessage = ({ body }: Pick<Inbound, "body">): boolean => body.byteLength > 0
