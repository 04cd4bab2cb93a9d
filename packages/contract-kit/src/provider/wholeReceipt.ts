import { PaymentError, type ReceiptResult, Unavailable } from "@maksa/core"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

/** An adapter's document with all its bytes. */
export type WholeDocument = Extract<ReceiptResult, { readonly bytes: Uint8Array }>

type Answer<A> = Effect.Effect<A, PaymentError, Scope.Scope>
type Whole = WholeDocument | Extract<ReceiptResult, { readonly _tag: "generate" }>

/** The same answer, with what it streams read to its end; a stream that breaks off fails as the call would. */
export const wholeReceipt = (receipt: Answer<ReceiptResult>): Answer<Whole> =>
  Effect.flatMap(receipt, (given): Answer<Whole> => {
    if (given._tag === "generate") return Effect.succeed(given)
    const { bytes, ...rest } = given
    if (bytes instanceof Uint8Array) return Effect.succeed({ ...rest, bytes })
    return Effect.tryPromise({
      try: async () => ({ ...rest, bytes: new Uint8Array(await new Response(bytes).arrayBuffer()) }),
      catch: (cause) =>
        cause instanceof PaymentError
          ? cause
          : new PaymentError({ operation: "receipt", reason: new Unavailable({ message: "It broke off." }) })
    })
  })
