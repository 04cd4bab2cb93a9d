import * as Effect from "effect/Effect"
import type { PaymentError } from "../PaymentError.ts"
import type { AttemptRow } from "../Store.ts"
import { adoptRows } from "./folding.ts"
import { sha256Hex } from "./ledger.ts"
import { toRows } from "./record.ts"
import { type Runtime, transact } from "./Runtime.ts"
import { decodeInput } from "./submit.ts"

/**
 * Keeps that the payer agreed to this text at `at`, for a dispute: its hash, not the text, which may name the payer. It moves
 * nothing, so the payment is not folded.
 */
export const keepConsent = Effect.fnUntraced(function* (
  runtime: Runtime,
  attempt: Pick<AttemptRow, "id" | "instance" | "paymentId">,
  text: string,
  at: number
): Effect.fn.Return<void, PaymentError> {
  const sealed = yield* transact(runtime, "resume", (tx) => tx.getSealed(attempt.id, "input"))
  const says = {
    _tag: "consented",
    textDigest: sha256Hex(new TextEncoder().encode(text)),
    ...(sealed === undefined ? {} : { language: decodeInput(sealed).language })
  } as const
  const rows = yield* toRows(runtime, "resume", [{ says, trust: "proven" }], {
    channel: "return",
    instance: attempt.instance,
    observedAt: at,
    attemptId: attempt.id,
    paymentId: attempt.paymentId
  })
  yield* transact(runtime, "resume", async (tx) => {
    for (const row of rows) await tx.insertObservation(row)
    await adoptRows(tx, rows)
  })
})
