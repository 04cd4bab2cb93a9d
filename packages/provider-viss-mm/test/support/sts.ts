// A token service of few words: its answers are written by hand.
import { createSecretKey } from "node:crypto"

import { connectionFromSend, type TransportRequest } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"

import { makeXmlReader } from "../../src/internal/xml/parse.ts"
import { makeElementCutter } from "../../src/internal/sts/cutElement.ts"
import type { KeyProof } from "../../src/internal/sts/issueRequest.ts"
import { namespaces } from "../../src/internal/sts/names.ts"
import { makeTokenService, type TokenService } from "../../src/internal/sts/TokenService.ts"

export const assertion = (id: string): string =>
  `<Assertion xmlns="${namespaces.saml2}" ID="${id}"><Issuer>x</Issuer></Assertion>`

export interface IssuedParts {
  readonly token?: string
  readonly created?: string
  readonly expires?: string
  /** More children of RequestSecurityTokenResponse. */
  readonly more?: string
  readonly header?: string
}

export const envelope = (body: string, header = ""): string =>
  `<s:Envelope xmlns:s="${namespaces.soap}" xmlns:a="${namespaces.addressing}" xmlns:u="${namespaces.utility}" xmlns:o="${namespaces.security}">` +
  `<s:Header>${header}</s:Header><s:Body>${body}</s:Body></s:Envelope>`

export const collection = (content: string): string =>
  `<t:RequestSecurityTokenResponseCollection xmlns:t="${namespaces.trust}">${content}</t:RequestSecurityTokenResponseCollection>`

export const response = ({ created, expires, more = "", token }: IssuedParts = {}): string =>
  `<t:RequestSecurityTokenResponse><t:Lifetime><u:Created>${created ?? "2026-01-01T10:00:00Z"}</u:Created>` +
  `<u:Expires>${expires ?? "2026-01-01T14:00:00.000Z"}</u:Expires></t:Lifetime>` +
  `<t:RequestedSecurityToken>${token ?? assertion("_1")}</t:RequestedSecurityToken>${more}</t:RequestSecurityTokenResponse>`

/** An answer with a token of four hours unless told otherwise. */
export const issued = (parts: IssuedParts = {}): string => envelope(collection(response(parts)), parts.header)

export type Answering = (request: TransportRequest, nth: number) => Effect.Effect<string>

/** A token service whose answers `answering` gives; the signer is a stand-in. */
export const tokenServiceOf = (answering: Answering, keyProof: KeyProof = "bearer"): Effect.Effect<TokenService> =>
  Effect.gen(function* () {
    let asked = 0
    const connection = connectionFromSend((request) =>
      Effect.suspend(() => answering(request, ++asked)).pipe(
        Effect.map((text) => ({ status: 200, headers: {}, body: new TextEncoder().encode(text) }))
      )
    )
    return yield* makeTokenService({
      connection,
      readXml: yield* makeXmlReader,
      cut: yield* makeElementCutter,
      sign: () => "<signature/>",
      identity: { privateKey: Redacted.make(createSecretKey(Buffer.alloc(32))), certificate: "" },
      settings: { endpoint: new URL("https://127.0.0.1/sts"), keyProof, samlVersion: "2.0", hash: "sha256" }
    })
  })
