import { X509Certificate } from "node:crypto"
import type { Pki } from "../../kernel/Pki.ts"
import type { ns } from "../sts/names.ts"
import { signedParts } from "../sts/xmlSignature.ts"
import type { XmlElement } from "../xmlRead.ts"

type SamlNamespace = typeof ns.saml1 | typeof ns.saml2

/** A client sends one token with all of its calls; this many of them are remembered. */
const mostRemembered = 64

const remembered = new WeakMap<Pki, Map<string, XmlElement>>()

/** The assertion's own text, where it stands in the document only once; nothing inside a comment is taken for it. */
const ownText = (document: string): string | undefined => {
  const [opening, ...others] = [...document.matchAll(/<((?:[\w.-]+:)?Assertion)[\s>]/g)]
  const closing = opening === undefined ? -1 : document.lastIndexOf(`</${opening[1]}>`)
  return opening === undefined || others.length > 0 || closing < opening.index
    ? undefined
    : document.slice(opening.index, document.indexOf(">", closing) + 1)
}

/** The assertion as far as the STS signed it. Throws SignatureRefused, or what the reader throws. */
const verify = (document: string, saml: SamlNamespace, pki: Pki): XmlElement | undefined => {
  const { publicKey } = new X509Certificate(pki.sts.cert)
  const [assertion, ...others] = signedParts(document, { namespace: saml, name: "Assertion" }, { publicKey })
  return assertion?.name === "Assertion" && assertion.namespace === saml && others.length === 0 ? assertion : undefined
}

/**
 * The document's assertion as its signature covers it; `undefined` where it is not what the sandbox's own STS signed.
 * Checking one costs many times what the rest of a call does, so it is checked once for the same bytes. These are checked
 * by themselves then: what stands around them could give their prefixes another meaning.
 */
export const verifiedAssertion = (document: string, saml: SamlNamespace, pki: Pki): XmlElement | undefined => {
  const known = remembered.get(pki) ?? new Map<string, XmlElement>()
  remembered.set(pki, known)
  const own = ownText(document)
  const found = own === undefined ? undefined : known.get(own)
  if (found?.namespace === saml) return found
  try {
    const assertion = verify(own ?? document, saml, pki)
    if (own === undefined || assertion === undefined) return assertion
    const [oldest] = known.keys()
    if (known.size >= mostRemembered && oldest !== undefined) known.delete(oldest)
    known.set(own, assertion)
    return assertion
  } catch {
    // The same answer, whatever is wrong with the signature.
    return undefined
  }
}
