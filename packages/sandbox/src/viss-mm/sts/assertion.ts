import { constants, type KeyObject, publicEncrypt } from "node:crypto"
import { element, type Xml } from "../xmlWrite.ts"
import { claims, ns, type SamlVersion } from "./names.ts"

/** What a token says. Times are epoch milliseconds. */
export interface Assertion {
  /** Also its XML id. */
  readonly id: string
  readonly issuer: string
  /** Name of the system that asked. */
  readonly subject: string
  /** Of the certificate that asked: payment requests belong to it. */
  readonly thumbprint: string
  readonly roles: ReadonlyArray<string>
  readonly audience: string
  readonly issuedAt: number
  readonly expiresAt: number
  /** Whose holder may use the token; without it whoever bears it may. */
  readonly proofKey?: Buffer
}

const time = (at: number): string => new Date(at).toISOString()

/** The proof key, readable by the relying service alone. */
const keyInfo = (proofKey: Buffer, service: KeyObject): Xml => {
  const sealed = publicEncrypt({ key: service, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" }, proofKey)
  return element(
    "ds:KeyInfo",
    { "xmlns:ds": ns.signature },
    element(
      "e:EncryptedKey",
      { "xmlns:e": ns.encryption },
      element("e:EncryptionMethod", { Algorithm: `${ns.encryption}rsa-oaep-mgf1p` }),
      element("e:CipherData", {}, element("e:CipherValue", {}, sealed.toString("base64")))
    )
  )
}

const attributes = ({ roles, thumbprint }: Assertion): ReadonlyArray<readonly [string, ReadonlyArray<string>]> => [
  [claims.thumbprint, [thumbprint]],
  ...(roles.length === 0 ? [] : [[claims.role, roles] as const])
]

const nameFormat = "urn:ivis:100001:name.id-viss"

const confirmation2 = "urn:oasis:names:tc:SAML:2.0:cm:"

const saml2 = (assertion: Assertion, service: KeyObject): Xml => {
  const { audience, expiresAt, id, issuedAt, issuer, proofKey, subject } = assertion
  return element(
    "Assertion",
    { ID: id, IssueInstant: time(issuedAt), Version: "2.0", xmlns: ns.saml2 },
    element("Issuer", {}, issuer),
    element(
      "Subject",
      {},
      element("NameID", { Format: nameFormat }, subject),
      proofKey === undefined
        ? element("SubjectConfirmation", { Method: `${confirmation2}bearer` })
        : element(
            "SubjectConfirmation",
            { Method: `${confirmation2}holder-of-key` },
            element("SubjectConfirmationData", {}, keyInfo(proofKey, service))
          )
    ),
    element(
      "Conditions",
      { NotBefore: time(issuedAt), NotOnOrAfter: time(expiresAt) },
      element("AudienceRestriction", {}, element("Audience", {}, audience))
    ),
    element(
      "AttributeStatement",
      {},
      ...attributes(assertion).map(([name, values]) =>
        element("Attribute", { Name: name }, ...values.map((value) => element("AttributeValue", {}, value)))
      )
    ),
    element(
      "AuthnStatement",
      { AuthnInstant: time(issuedAt) },
      element("AuthnContext", {}, element("AuthnContextClassRef", {}, "urn:oasis:names:tc:SAML:2.0:ac:classes:X509"))
    )
  )
}

const saml1 = (assertion: Assertion, service: KeyObject): Xml => {
  const { audience, expiresAt, id, issuedAt, issuer, proofKey, subject } = assertion
  const method = proofKey === undefined ? "bearer" : "holder-of-key"
  return element(
    "saml:Assertion",
    {
      MajorVersion: "1",
      MinorVersion: "1",
      AssertionID: id,
      Issuer: issuer,
      IssueInstant: time(issuedAt),
      "xmlns:saml": ns.saml1
    },
    element(
      "saml:Conditions",
      { NotBefore: time(issuedAt), NotOnOrAfter: time(expiresAt) },
      element("saml:AudienceRestrictionCondition", {}, element("saml:Audience", {}, audience))
    ),
    element(
      "saml:AttributeStatement",
      {},
      element(
        "saml:Subject",
        {},
        element("saml:NameIdentifier", { Format: nameFormat }, subject),
        element(
          "saml:SubjectConfirmation",
          {},
          element("saml:ConfirmationMethod", {}, `urn:oasis:names:tc:SAML:1.0:cm:${method}`),
          ...(proofKey === undefined ? [] : [keyInfo(proofKey, service)])
        )
      ),
      ...attributes(assertion).map(([name, values]) => {
        // SAML 1.1 writes a claim type in two parts.
        const cut = name.lastIndexOf("/")
        return element(
          "saml:Attribute",
          { AttributeName: name.slice(cut + 1), AttributeNamespace: name.slice(0, cut) },
          ...values.map((value) => element("saml:AttributeValue", {}, value))
        )
      })
    )
  )
}

/** The assertion without its signature. `service` is the relying service's key. */
export const writeAssertion = (version: SamlVersion, assertion: Assertion, service: KeyObject): string =>
  (version === "SAML2.0" ? saml2 : saml1)(assertion, service).xml
