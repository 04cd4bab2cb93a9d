import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

import { Trouble } from "../errors.ts"
import { type Decoded, decodeContent } from "../internal/decode.ts"
import { replyLimits, type XmlLimits } from "../internal/parse.ts"
import type { OperationPlan } from "../internal/plan.ts"
import type { RefusedValue } from "../internal/RefusedValue.ts"
import { bodyWriter, type SoapValue } from "../internal/serialise.ts"
import { timestampId, writeMessage } from "./envelope.ts"
import { isRefusedToken, serviceFault } from "./faults.ts"
import type { IssuedToken } from "./issuedToken.ts"
import { type Channel, sendMessage, type Stamp } from "./message.ts"
import type { HashName, Signer } from "./sign.ts"
import type { TokenService } from "./TokenService.ts"

/** A service that asks for a security token. */
export interface ProtectedService extends Channel {
  readonly endpoint: URL
  /** Its logical name at the security token service. */
  readonly appliesTo: string
  readonly tokens: TokenService
  readonly sign: Signer
  readonly hash: HashName
}

/** Members of the operation's reply, and the bytes that they were read from. */
export interface ProtectedAnswer {
  readonly members: { readonly [member: string]: Decoded }
  readonly body: Uint8Array
}

export type ProtectedCall<Input extends SoapValue> = (
  input: Input
) => Effect.Effect<ProtectedAnswer, Trouble | RefusedValue>

/** With a key of its own a token needs a signature over each message; a bearer token alone is enough. */
const securityOf = (
  token: IssuedToken,
  message: (security: ReadonlyArray<string>) => string,
  parts: ProtectedService
) => {
  const assertion = Redacted.value(token.assertion)
  if (token.proof === undefined) return [assertion]
  const { reference, secret } = token.proof
  const order = { ids: [timestampId], keyInfo: reference, hash: parts.hash }
  // Over the message without the token: the Timestamp alone is signed, and the token must not be written anew.
  return [assertion, parts.sign(message([]), { secret: Redacted.value(secret) }, order)]
}

/**
 * Makes the caller of one operation. A refused token is renewed once: the service has then not carried anything out, so
 * the call goes out again. Nothing else is repeated.
 */
export const makeProtectedCall = <Input extends SoapValue>(
  plan: OperationPlan,
  role: string,
  service: ProtectedService,
  limits: XmlLimits = replyLimits
): ProtectedCall<Input> => {
  const { appliesTo, endpoint, tokens } = service
  const { declarations, write } = bodyWriter(plan)

  const send = Effect.fnUntraced(function* (body: string, token: IssuedToken) {
    const message = (stamp: Stamp) => (security: ReadonlyArray<string>) =>
      writeMessage({ ...stamp, action: plan.soapAction, to: endpoint, security, declarations, body })
    const written = (stamp: Stamp): string => message(stamp)(securityOf(token, message(stamp), service))
    const { reply, ...answer } = yield* sendMessage(service, endpoint, written, limits)
    if (reply._tag === "Fault") return yield* serviceFault(reply.fault, role)
    const members = Result.mapError(
      decodeContent(plan, reply.content),
      ({ message: detail }) => new Trouble({ situation: "not_understood", detail })
    )
    return { members: yield* Effect.fromResult(members), body: answer.body } satisfies ProtectedAnswer
  })

  return Effect.fnUntraced(function* (input) {
    const body = yield* Effect.fromResult(write(input))
    const token = yield* tokens.tokenFor(appliesTo)
    return yield* send(body, token).pipe(
      Effect.catchIf(
        (trouble) => isRefusedToken(trouble),
        () =>
          tokens.forget(appliesTo, token).pipe(
            Effect.andThen(tokens.tokenFor(appliesTo)),
            Effect.flatMap((renewed) => send(body, renewed))
          )
      )
    )
  })
}
