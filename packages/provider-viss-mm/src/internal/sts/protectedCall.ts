import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { Trouble } from "../errors.ts"
import { type Decoded, decodeContent } from "../soap/decode.ts"
import type { XmlLimits } from "../xml/parse.ts"
import type { OperationPlan } from "../soap/plan.ts"
import type { RefusedValue } from "../RefusedValue.ts"
import { bodyWriter, type SoapValue } from "../soap/serialise.ts"
import { serviceFault } from "./faults.ts"
import { makeSecuredSend, type ProtectedService } from "./securedMessage.ts"

/** Members of the operation's reply, and the bytes that they were read from. */
export interface ProtectedAnswer {
  readonly members: { readonly [member: string]: Decoded }
  readonly body: Uint8Array
}

export type ProtectedCall<Input extends SoapValue> = (
  input: Input
) => Effect.Effect<ProtectedAnswer, Trouble | RefusedValue>

/** Makes the caller of one operation of a WSDL. */
export const makeProtectedCall = <Input extends SoapValue>(
  plan: OperationPlan,
  role: string,
  service: ProtectedService,
  limits?: XmlLimits
): ProtectedCall<Input> => {
  const { declarations, write } = bodyWriter(plan)
  const send = makeSecuredSend(service, {
    action: plan.soapAction,
    declarations,
    toTrouble: (fault) => serviceFault(fault, role),
    ...(limits === undefined ? {} : { limits })
  })

  return Effect.fnUntraced(function* (input) {
    const { body, content } = yield* send(yield* Effect.fromResult(write(input)))
    const members = Result.mapError(
      decodeContent(plan, content),
      ({ message: detail }) => new Trouble({ situation: "not_understood", detail })
    )
    return { members: yield* Effect.fromResult(members), body }
  })
}
