import { createPublicKey, randomBytes, type KeyObject } from "node:crypto"
import { parseDuration } from "../../kernel/Clock.ts"
import type { FaultRule } from "../../kernel/Faults.ts"
import type { Reply } from "../../kernel/HttpFaults.ts"
import type { Pki } from "../../kernel/Pki.ts"
import type { World } from "../../kernel/World.ts"
import type { Settings } from "../settings.ts"
import type { Xml } from "../xmlWrite.ts"
import { element } from "../xmlWrite.ts"
import { type Assertion, writeAssertion } from "./assertion.ts"
import { readSigner, type Signer } from "./clientCertificate.ts"
import { actions, audiences, ns, samlReferences, samlVersionOf, type SamlVersion } from "./names.ts"
import { sealAssertion } from "./sealedAssertion.ts"
import { type Message, onlyChild, Soap12Fault, soap12Reply, textAt } from "./soap12.ts"
import { signAssertion } from "./xmlSignature.ts"

export interface StsParts {
  readonly world: World
  readonly pki: Pki
  readonly settings: () => Settings
}

interface Wanted {
  readonly audience: string
  readonly version: SamlVersion
  readonly isHolderOfKey: boolean
}

const refused = (subcode: string, why: string): Soap12Fault => new Soap12Fault(ns.trust, subcode, why)

const readRequest = (content: Message["content"], settings: Settings): Wanted => {
  if (content.namespace !== ns.trust || content.name !== "RequestSecurityToken") {
    throw refused("InvalidRequest", "The Body is no RequestSecurityToken.")
  }
  if (textAt(content, ns.trust, "RequestType") !== `${ns.trust}/Issue`) {
    throw refused("InvalidRequest", "Only the RequestType Issue is served.")
  }
  const keyType = textAt(content, ns.trust, "KeyType") ?? `${ns.trust}/SymmetricKey`
  if (keyType !== `${ns.trust}/Bearer` && keyType !== `${ns.trust}/SymmetricKey`) {
    throw refused("InvalidRequest", "The KeyType is not served.")
  }
  const tokenType = textAt(content, ns.trust, "TokenType")
  const asked = tokenType === undefined ? "SAML2.0" : samlVersionOf(tokenType)
  if (asked === undefined) throw refused("RequestFailed", "The TokenType is not served.")
  const appliesTo = onlyChild(content, ns.policy, "AppliesTo")
  const reference = appliesTo === undefined ? undefined : onlyChild(appliesTo, ns.addressing, "EndpointReference")
  const audience = reference === undefined ? undefined : textAt(reference, ns.addressing, "Address")
  if (audience === undefined || !Object.values<string>(audiences).includes(audience)) {
    throw refused("InvalidScope", "No token is issued for this AppliesTo.")
  }
  const version = settings.tokenVersion === "asked" ? asked : settings.tokenVersion
  return { audience, version, isHolderOfKey: keyType.endsWith("/SymmetricKey") }
}

const signOptions = (version: SamlVersion, { cert, key }: Pki["sts"]) => ({
  idAttribute: version === "SAML2.0" ? ("ID" as const) : ("AssertionID" as const),
  after: version === "SAML2.0" ? "Issuer" : undefined,
  privateKey: key,
  certificate: cert
})

/** What an ordered fault makes of an assertion before it is signed. */
const spoiled = (assertion: Assertion, has: (kind: string) => boolean): Assertion => ({
  ...assertion,
  ...(has("missing_roles") ? { roles: [] } : {}),
  ...(has("wrong_audience") ? { audience: audiences.requestService } : {}),
  ...(has("expired_token")
    ? { issuedAt: assertion.issuedAt - 7_200_000, expiresAt: assertion.issuedAt - 3_600_000 }
    : {})
})

const tokenText = (
  version: SamlVersion,
  assertion: Assertion,
  pki: Pki,
  isSealed: boolean,
  has: (kind: string) => boolean
): string => {
  const service: KeyObject = createPublicKey(pki.server.cert)
  const signer = has("foreign_token") ? pki.server : pki.sts
  const signed = signAssertion(writeAssertion(version, assertion, service), signOptions(version, signer))
  // A letter of the subject's name: what the signature was made over no longer stands.
  const text = has("tampered_token") ? signed.replace(`>${assertion.subject}<`, `>${assertion.subject}x<`) : signed
  return isSealed ? sealAssertion(text, service) : text
}

const reference = (version: SamlVersion, id: string): Xml => {
  const { idType, tokenType } = samlReferences[version]
  return element(
    "o:SecurityTokenReference",
    { "k:TokenType": tokenType, "xmlns:o": ns.security, "xmlns:k": ns.security11 },
    element("o:KeyIdentifier", { ValueType: idType }, id)
  )
}

const moment = (name: string, at: number): Xml =>
  element(`u:${name}`, { "xmlns:u": ns.utility }, new Date(at).toISOString())

const issued = (token: string, assertion: Assertion, wanted: Wanted): Xml => {
  const { audience, isHolderOfKey, version } = wanted
  const { expiresAt, id, issuedAt, proofKey } = assertion
  return element(
    "trust:RequestSecurityTokenResponseCollection",
    { "xmlns:trust": ns.trust },
    element(
      "trust:RequestSecurityTokenResponse",
      {},
      element("trust:Lifetime", {}, moment("Created", issuedAt), moment("Expires", expiresAt)),
      element(
        "wsp:AppliesTo",
        { "xmlns:wsp": ns.policy },
        element("a:EndpointReference", {}, element("a:Address", {}, audience))
      ),
      // The assertion goes in as it was signed.
      element("trust:RequestedSecurityToken", {}, { xml: token }),
      ...(proofKey === undefined
        ? []
        : [element("trust:RequestedProofToken", {}, element("trust:BinarySecret", {}, proofKey.toString("base64")))]),
      element("trust:RequestedAttachedReference", {}, reference(version, id)),
      element("trust:RequestedUnattachedReference", {}, reference(version, id)),
      element("trust:TokenType", {}, samlReferences[version].tokenType),
      element("trust:RequestType", {}, `${ns.trust}/Issue`),
      element("trust:KeyType", {}, `${ns.trust}/${isHolderOfKey ? "SymmetricKey" : "Bearer"}`)
    )
  )
}

/** Answers a request for a token. Throws Soap12Fault. */
export const issueToken = (message: Message, faults: ReadonlyArray<FaultRule>, parts: StsParts): Reply => {
  const { pki, world } = parts
  const settings = parts.settings()
  const has = (kind: string): boolean => faults.some((rule) => rule.kind === kind)
  const now = world.clock.now()
  if (message.action !== actions.issue) {
    throw new Soap12Fault(ns.addressing, "ActionNotSupported", "The action is not known here.")
  }
  const signer: Signer = readSigner(message, now, settings, pki.caPem)
  // Also for certificates of the other environment and those out of their dates: one number for all of them.
  if (!signer.isKnown || has("not_activated")) {
    throw refused("FailedAuthentication", "ID4058: The certificate is not activated.")
  }
  const wanted = readRequest(message.content, settings)
  const assertion: Assertion = {
    id: `_${world.random.uuid()}`,
    issuer: "urn:maksa:sandbox:sts",
    subject: `AU:${signer.commonName}`,
    thumbprint: signer.fingerprint,
    roles: settings.stsRoles,
    audience: wanted.audience,
    issuedAt: now,
    expiresAt: now + parseDuration(settings.tokenLifetime),
    ...(wanted.isHolderOfKey ? { proofKey: randomBytes(32) } : {})
  }
  const token = tokenText(wanted.version, spoiled(assertion, has), pki, settings.tokenEncryption, has)
  return soap12Reply(actions.issued, message.messageId, now, issued(token, assertion, wanted))
}
