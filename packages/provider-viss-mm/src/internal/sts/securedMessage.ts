import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"

import type { Trouble } from "../errors.ts"
import { replyLimits, type XmlLimits, type XmlNode } from "../xml/parse.ts"
import { timestampId, writeMessage } from "./envelope.ts"
import { isRefusedToken } from "./faults.ts"
import type { IssuedToken } from "./issuedToken.ts"
import { type Channel, sendMessage, type Stamp } from "./message.ts"
import type { Fault } from "./reply.ts"
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

/** One operation of such a service. */
export interface SecuredOperation {
  readonly action: string
  /** Namespace declarations that the Body relies on. */
  readonly declarations?: string
  readonly limits?: XmlLimits
  readonly toTrouble: (fault: Fault) => Trouble
}

/** What stands in the answer's Body, and the bytes that it was read from. */
export interface SecuredAnswer {
  readonly content: XmlNode
  readonly body: Uint8Array
}

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
 * Makes the sender of one operation's messages. A refused token is renewed once: the service has then not carried anything
 * out, so the message goes out again. Nothing else is repeated.
 */
export const makeSecuredSend = (
  service: ProtectedService,
  { action, declarations = "", limits = replyLimits, toTrouble }: SecuredOperation
): ((body: string) => Effect.Effect<SecuredAnswer, Trouble>) => {
  const { appliesTo, endpoint, tokens } = service

  const send = Effect.fnUntraced(function* (body: string, token: IssuedToken) {
    const message = (stamp: Stamp) => (security: ReadonlyArray<string>) =>
      writeMessage({ ...stamp, action, to: endpoint, security, declarations, body })
    const written = (stamp: Stamp): string => message(stamp)(securityOf(token, message(stamp), service))
    const { body: received, reply } = yield* sendMessage(service, endpoint, written, limits)
    if (reply._tag === "Fault") return yield* toTrouble(reply.fault)
    return { content: reply.content, body: received } satisfies SecuredAnswer
  })

  return Effect.fnUntraced(function* (body) {
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
