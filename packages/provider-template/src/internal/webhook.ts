import { type Inbound, type Verdict, WebhookError } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { Settings } from "./configuration.ts"
import { type Credentials, signatureHeader } from "./credentials.ts"
import { observe } from "./mapping.ts"
import { observeRepayment } from "./repaymentMapping.ts"
import { Notice, readMessage } from "./wire.ts"

const fail = (reason: WebhookError["reason"], message: string): WebhookError =>
  new WebhookError({ instance: "template", reason, message })

// Delivered is any 2xx; everything else is sent again for days (document, 5).
const acknowledge = { status: 204 }
const tryAgain = { status: 503 }

/** Verifies a notice over its bytes, before anything of it is read, and translates it. */
export const makeWebhook = (settings: Settings, credentials: Credentials) =>
  Effect.fnUntraced(function* ({ body, headers, method }: Inbound): Effect.fn.Return<Verdict, WebhookError> {
    if (method !== "POST") return yield* fail("method_not_allowed", "Notices come by POST.")
    if (!credentials.verifyNotice(headers[signatureHeader] ?? "", body)) {
      return yield* fail("signature_invalid", "The notice was not signed with a secret of this account.")
    }
    const read = readMessage(Notice, body)
    if (Result.isFailure(read)) return yield* fail("payload_invalid", `The notice was not accepted: ${read.failure}.`)
    const notice = read.success
    if (notice.account !== settings.account) {
      return yield* fail("payload_invalid", "The notice is of another account.")
    }
    if ("repayment" in notice) {
      const about = { repaymentId: notice.repayment.id }
      const repayments = [{ ...observeRepayment(notice.repayment), about }]
      return { observations: [], repayments, content: body, acknowledge, tryAgain }
    }
    const { payment } = notice
    const about = { attemptId: payment.id }
    return {
      observations: observe(payment, settings.pages).map((observed) => ({ ...observed, about })),
      content: body,
      acknowledge,
      tryAgain
    }
  })
