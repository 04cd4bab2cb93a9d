/** Namespaces of WS-Trust 1.3 and of what it builds on. */
export const ns = {
  soap: "http://www.w3.org/2003/05/soap-envelope",
  addressing: "http://www.w3.org/2005/08/addressing",
  security: "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
  security11: "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd",
  utility: "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
  trust: "http://docs.oasis-open.org/ws-sx/ws-trust/200512",
  policy: "http://schemas.xmlsoap.org/ws/2004/09/policy",
  signature: "http://www.w3.org/2000/09/xmldsig#",
  encryption: "http://www.w3.org/2001/04/xmlenc#",
  saml1: "urn:oasis:names:tc:SAML:1.0:assertion",
  saml2: "urn:oasis:names:tc:SAML:2.0:assertion"
} as const

export const actions = {
  issue: "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RST/Issue",
  issued: "http://docs.oasis-open.org/ws-sx/ws-trust/200512/RSTRC/IssueFinal",
  fault: "http://www.w3.org/2005/08/addressing/soap/fault"
} as const

const samlProfile = "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1"

export type SamlVersion = "SAML2.0" | "SAML1.1"

/** TokenType of each version, and how a message refers to such a token (SAML Token Profile 1.1, 3.4). */
export const samlReferences: Readonly<Record<SamlVersion, { readonly tokenType: string; readonly idType: string }>> = {
  "SAML2.0": { tokenType: `${samlProfile}#SAMLV2.0`, idType: `${samlProfile}#SAMLID` },
  "SAML1.1": {
    tokenType: `${samlProfile}#SAMLV1.1`,
    idType: "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.0#SAMLAssertionID"
  }
}

/** Which version a TokenType asks for; the assertion's namespace is taken too, as WIF does. */
export const samlVersionOf = (tokenType: string): SamlVersion | undefined => {
  if (tokenType === samlReferences["SAML2.0"].tokenType || tokenType === ns.saml2) return "SAML2.0"
  return tokenType === samlReferences["SAML1.1"].tokenType || tokenType === ns.saml1 ? "SAML1.1" : undefined
}

/** Claim types of .NET. How roles stand in a real token of VISS is not public. */
export const claims = {
  role: "http://schemas.microsoft.com/ws/2008/06/identity/claims/role",
  thumbprint: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/thumbprint"
} as const

/** What tokens are issued for: the Request Service's name is public, the payment module's is not. */
export const audiences = {
  paymentModule: "https://ivis.eps.gov.lv/VRAA.VISS2.MM.Endpoint",
  requestService: "https://ivis.eps.gov.lv/Request.WebService"
} as const
