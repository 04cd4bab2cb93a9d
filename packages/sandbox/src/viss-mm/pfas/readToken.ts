import { createPrivateKey } from "node:crypto"
import type { Pki } from "../../kernel/Pki.ts"
import type { Owner } from "../PaymentRequest.ts"
import { claims, ns } from "../sts/names.ts"
import { openAssertion, openKey } from "../sts/sealedAssertion.ts"
import { type Message, onlyChild, childrenOf, Soap12Fault, textAt } from "../sts/soap12.ts"
import type { XmlElement } from "../xmlRead.ts"
import { verifiedAssertion } from "./verifiedAssertions.ts"

/** What a token proves, read from its signed part alone. */
export interface Token {
  readonly owner: Owner
  readonly roles: ReadonlySet<string>
  readonly audiences: ReadonlyArray<string>
  readonly notBefore: number
  readonly notOnOrAfter: number
  /** The key whose holder alone may use it. */
  readonly proofKey?: Buffer
}

type SamlNamespace = typeof ns.saml1 | typeof ns.saml2

const invalidToken = (why: string): Soap12Fault => new Soap12Fault(ns.security, "InvalidSecurityToken", why)

const childPath = (from: XmlElement, namespace: string, ...names: ReadonlyArray<string>): XmlElement | undefined =>
  names.reduce<XmlElement | undefined>(
    (node, name) => (node === undefined ? undefined : onlyChild(node, namespace, name)),
    from
  )

const attributeValues = (assertion: XmlElement, saml: SamlNamespace, claim: string): ReadonlyArray<string> => {
  const statement = onlyChild(assertion, saml, "AttributeStatement")
  const named = (statement === undefined ? [] : childrenOf(statement, saml, "Attribute")).filter(({ attributes }) =>
    saml === ns.saml2
      ? attributes.get("Name") === claim
      : `${attributes.get("AttributeNamespace")}/${attributes.get("AttributeName")}` === claim
  )
  return named.flatMap((attribute) => childrenOf(attribute, saml, "AttributeValue").map(({ text }) => text))
}

const confirmationOf = (
  assertion: XmlElement,
  saml: SamlNamespace
): readonly [method: string, XmlElement | undefined] => {
  if (saml === ns.saml2) {
    const confirmation = childPath(assertion, saml, "Subject", "SubjectConfirmation")
    const data = confirmation === undefined ? undefined : onlyChild(confirmation, saml, "SubjectConfirmationData")
    return [confirmation?.attributes.get("Method") ?? "", data]
  }
  const confirmation = childPath(assertion, saml, "AttributeStatement", "Subject", "SubjectConfirmation")
  return [confirmation === undefined ? "" : (textAt(confirmation, saml, "ConfirmationMethod") ?? ""), confirmation]
}

const isToken = ({ name, namespace }: XmlElement): boolean =>
  (namespace === ns.saml2 || namespace === ns.saml1) && (name === "Assertion" || name === "EncryptedAssertion")

/** The one assertion of the header, and the document in which its signature is to be checked. */
const presented = ({ security, text }: Message, pki: Pki): { readonly text: string; readonly saml: SamlNamespace } => {
  const [token, ...others] = security.children.filter(isToken)
  if (token === undefined || others.length > 0) throw invalidToken("The message has no single SAML assertion.")
  if (token.name === "Assertion") return { text, saml: token.namespace === ns.saml1 ? ns.saml1 : ns.saml2 }
  try {
    const opened = openAssertion(token, createPrivateKey(pki.server.key))
    return { text: opened, saml: opened.startsWith("<saml:") ? ns.saml1 : ns.saml2 }
  } catch {
    throw new Soap12Fault(ns.security, "FailedCheck", "The assertion cannot be decrypted.")
  }
}

const verified = (document: string, saml: SamlNamespace, pki: Pki): XmlElement => {
  const assertion = verifiedAssertion(document, saml, pki)
  if (assertion !== undefined) return assertion
  throw new Soap12Fault(ns.security, "FailedCheck", "The signature of the assertion is wrong.")
}

const proofKeyOf = (data: XmlElement | undefined, pki: Pki): Buffer => {
  try {
    const keyInfo = data === undefined ? undefined : onlyChild(data, ns.signature, "KeyInfo")
    return openKey(keyInfo, createPrivateKey(pki.server.key))
  } catch {
    throw invalidToken("The assertion's proof key cannot be read.")
  }
}

/** Reads the message's assertion. Throws Soap12Fault for one that is not the sandbox's own STS's. */
export const readToken = (message: Message, pki: Pki): Token => {
  const { saml, text } = presented(message, pki)
  const assertion = verified(text, saml, pki)
  const conditions = onlyChild(assertion, saml, "Conditions")
  const restriction =
    conditions === undefined
      ? undefined
      : onlyChild(conditions, saml, saml === ns.saml2 ? "AudienceRestriction" : "AudienceRestrictionCondition")
  const [method, confirmation] = confirmationOf(assertion, saml)
  const subject = childPath(
    assertion,
    saml,
    ...(saml === ns.saml2 ? ["Subject", "NameID"] : ["AttributeStatement", "Subject", "NameIdentifier"])
  )
  const [fingerprint] = attributeValues(assertion, saml, claims.thumbprint)
  if (fingerprint === undefined || subject === undefined) throw invalidToken("The assertion names nobody.")
  return {
    owner: { fingerprint, commonName: subject.text.replace(/^AU:/, "") },
    roles: new Set(attributeValues(assertion, saml, claims.role)),
    audiences: restriction === undefined ? [] : childrenOf(restriction, saml, "Audience").map((one) => one.text.trim()),
    notBefore: Date.parse(conditions?.attributes.get("NotBefore") ?? ""),
    notOnOrAfter: Date.parse(conditions?.attributes.get("NotOnOrAfter") ?? ""),
    ...(method.endsWith(":holder-of-key") ? { proofKey: proofKeyOf(confirmation, pki) } : {})
  }
}
