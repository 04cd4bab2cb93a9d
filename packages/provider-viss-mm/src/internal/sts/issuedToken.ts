import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"

import { MalformedMessage, type MalformedProblem } from "../MalformedMessage.ts"
import type { XmlNode, XmlReader } from "../xml/parse.ts"
import type { ElementCutter, QName } from "./cutElement.ts"
import type { KeyProof } from "./issueRequest.ts"
import { namespaces } from "./names.ts"
import { childNamed, childrenNamed } from "./reply.ts"

/** A security token. Nothing of it may be logged: who has it may use it. */
export interface IssuedToken {
  /** The assertion's original text: it is signed, or even encrypted, for others. */
  readonly assertion: Redacted.Redacted
  /** How long it is valid from its issue on. */
  readonly lifetimeMillis: number
  /** Where a key comes with the token: the key, and how a message refers to the token (original text). */
  readonly proof?: { readonly secret: Redacted.Redacted<Uint8Array>; readonly reference: string }
}

type Read<A> = Result.Result<A, MalformedMessage>

const malformed = (problem: MalformedProblem, message: string): Read<never> =>
  Result.fail(new MalformedMessage({ problem, message }))

const response = "RequestSecurityTokenResponse"
const path = (...last: ReadonlyArray<QName>): ReadonlyArray<QName> => [
  { namespace: namespaces.soap, name: "Envelope" },
  { namespace: namespaces.soap, name: "Body" },
  { namespace: namespaces.trust, name: `${response}Collection` },
  { namespace: namespaces.trust, name: response },
  ...last
]
const tokenPath = path({ namespace: namespaces.trust, name: "RequestedSecurityToken" })
const referencePath = path({ namespace: namespaces.trust, name: "RequestedAttachedReference" })

const tokens: ReadonlySet<string> = new Set([
  `${namespaces.saml2} Assertion`,
  `${namespaces.saml2} EncryptedAssertion`,
  `${namespaces.saml1} Assertion`,
  `${namespaces.encryption} EncryptedData`
])

/** xs:dateTime with an offset: a time without one would be a guess. */
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/

const momentOf = (lifetime: XmlNode, name: string): Read<number> =>
  Result.flatMap(childNamed(lifetime, namespaces.utility, name), ({ text }) => {
    const found = dateTime.test(text.trim()) ? DateTime.make(text.trim()) : Option.none()
    return Option.isSome(found)
      ? Result.succeed(DateTime.toEpochMillis(found.value))
      : malformed("unexpected_content", `${name} is no time with an offset`)
  })

/** The difference alone counts: the two machines' clocks need not agree. */
const lifetimeOf = (answer: XmlNode): Read<number> =>
  Result.gen(function* () {
    const lifetime = yield* childNamed(answer, namespaces.trust, "Lifetime")
    const millis = (yield* momentOf(lifetime, "Expires")) - (yield* momentOf(lifetime, "Created"))
    return millis > 0 ? millis : yield* malformed("unexpected_content", "The token's lifetime is over before it begins")
  })

const isSameElement = (a: XmlNode, b: XmlNode): boolean => JSON.stringify(a) === JSON.stringify(b)

/** What is passed on must mean the same in another document: it must not borrow prefixes from this one. */
const cutAlone = (text: string, at: ReadonlyArray<QName>, original: XmlNode, parts: TokenReaders): Read<string> =>
  Result.gen(function* () {
    const cut = yield* parts.cut(text, at)
    const alone = parts.readXml(cut)
    return Result.isSuccess(alone) && isSameElement(alone.success, original)
      ? cut
      : yield* malformed("unexpected_content", `${original.name} takes namespaces from the message around it`)
  })

const base64 = /^[A-Za-z0-9+/]+={0,2}$/

const secretOf = (answer: XmlNode): Read<Redacted.Redacted<Uint8Array>> =>
  Result.gen(function* () {
    const proof = yield* childNamed(answer, namespaces.trust, "RequestedProofToken")
    const { text } = yield* childNamed(proof, namespaces.trust, "BinarySecret")
    const packed = text.replace(/\s/g, "")
    const secret = Buffer.from(packed, "base64")
    if (!base64.test(packed) || secret.byteLength < 16) {
      return yield* malformed("unexpected_content", "BinarySecret is no key of 128 bits or more")
    }
    return Redacted.make(new Uint8Array(secret), { label: "vissMm.proofKey" })
  })

/** What reading a token takes. */
export interface TokenReaders {
  readonly readXml: XmlReader
  readonly cut: ElementCutter
}

/** Reads the token out of an answer: `content` is what the Body of `text` holds. */
export const readIssuedToken = (
  text: string,
  content: XmlNode,
  keyProof: KeyProof,
  parts: TokenReaders
): Read<IssuedToken> =>
  Result.gen(function* () {
    if (content.name !== `${response}Collection` || content.namespace !== namespaces.trust) {
      return yield* malformed("unexpected_element", `The SOAP Body is not ${response}Collection`)
    }
    const answer = yield* childNamed(content, namespaces.trust, response)
    const requested = yield* childNamed(answer, namespaces.trust, "RequestedSecurityToken")
    const [token, ...others] = requested.children
    if (token === undefined || others.length > 0 || !tokens.has(`${token.namespace} ${token.name}`)) {
      return yield* malformed("unexpected_element", "RequestedSecurityToken does not hold one SAML assertion")
    }
    const assertion = Redacted.make(yield* cutAlone(text, tokenPath, token, parts), { label: "vissMm.assertion" })
    const issued = { assertion, lifetimeMillis: yield* lifetimeOf(answer) }
    // The service may bind a token to a key that was not asked for; without the proof nobody would take it.
    const isHeld =
      keyProof === "holder_of_key" || childrenNamed(answer, namespaces.trust, "RequestedProofToken").length > 0
    if (!isHeld) return issued
    const attached = yield* childNamed(answer, namespaces.trust, "RequestedAttachedReference")
    const reference = yield* childNamed(attached, namespaces.security, "SecurityTokenReference")
    if (childrenNamed(answer, namespaces.trust, "Entropy").length > 0) {
      return yield* malformed(
        "unexpected_element",
        "The token's key is to be made of two parts, which was not asked for"
      )
    }
    return {
      ...issued,
      proof: { secret: yield* secretOf(answer), reference: yield* cutAlone(text, referencePath, reference, parts) }
    }
  })
