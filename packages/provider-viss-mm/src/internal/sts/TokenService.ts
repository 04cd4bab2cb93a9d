import * as Cache from "effect/Cache"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

import { Trouble } from "../errors.ts"
import { replyLimits } from "../xml/parse.ts"
import type { ElementCutter } from "./cutElement.ts"
import { tokenFault, tokenTrouble } from "./faults.ts"
import { type IssuedToken, readIssuedToken } from "./issuedToken.ts"
import { type TokenRequest, writeIssueRequest } from "./issueRequest.ts"
import { type Channel, sendMessage } from "./message.ts"
import type { Signer } from "./sign.ts"
import type { SigningIdentity } from "./signingIdentity.ts"

/** The platform's security token service (PFAS Auth) as one certificate uses it. */
export interface TokenService {
  /** A token for the service of that logical name: a kept one, or a new one that all who wait for it share. */
  readonly tokenFor: (appliesTo: string) => Effect.Effect<IssuedToken, Trouble>
  /** Drops a token that a service refused, unless a newer one has already taken its place. */
  readonly forget: (appliesTo: string, refused: IssuedToken) => Effect.Effect<void>
}

/** What asking for tokens takes. */
export interface TokenServiceParts extends Channel {
  readonly settings: Omit<TokenRequest, "appliesTo">
  readonly identity: SigningIdentity
  readonly sign: Signer
  readonly cut: ElementCutter
}

/** A token is not used in its last minute: a message under way must not outlive it. */
const margin = 60_000

const usable = ({ lifetimeMillis }: IssuedToken): Duration.Duration =>
  Duration.millis(Math.max(lifetimeMillis - margin, lifetimeMillis / 2))

/** One more than the services of the platform that MM is reached by. */
const mostServices = 4

const askToken = Effect.fnUntraced(function* (
  parts: TokenServiceParts,
  appliesTo: string
): Effect.fn.Return<IssuedToken, Trouble> {
  const { cut, identity, readXml, settings, sign } = parts
  const request = { ...settings, appliesTo }
  const key = { privateKey: Redacted.value(identity.privateKey) }
  const answer = yield* sendMessage(
    parts,
    settings.endpoint,
    (stamp) => writeIssueRequest(request, stamp, { sign, key, certificate: identity.certificate }),
    replyLimits
  ).pipe(Effect.mapError(tokenTrouble))
  if (answer.reply._tag === "Fault") return yield* tokenFault(answer.reply.fault)
  const token = readIssuedToken(answer.text, answer.reply.content, settings.keyProof, { readXml, cut })
  return yield* Effect.fromResult(
    Result.mapError(token, ({ message }) => new Trouble({ situation: "token_not_understood", detail: message }))
  )
})

/** Keeps tokens until shortly before they expire; failures are not kept. */
export const makeTokenService = (parts: TokenServiceParts): Effect.Effect<TokenService> =>
  Effect.map(
    Cache.makeWith((appliesTo: string) => askToken(parts, appliesTo), {
      capacity: mostServices,
      timeToLive: (exit) => (Exit.isSuccess(exit) ? usable(exit.value) : Duration.zero)
    }),
    (cache) => ({
      tokenFor: (appliesTo) => Cache.get(cache, appliesTo),
      forget: (appliesTo, refused) => Cache.invalidateWhen(cache, appliesTo, (kept) => kept === refused)
    })
  )
