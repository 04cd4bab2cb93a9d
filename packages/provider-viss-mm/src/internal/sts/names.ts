// Names of WS-Trust 1.3 and of what it builds on, as the OASIS and W3C documents spell them.

export const namespaces = {
  soap: "http://www.w3.org/2003/05/soap-envelope",
  addressing: "http://www.w3.org/2005/08/addressing",
  security: "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd",
  utility: "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd",
  trust: "http://docs.oasis-open.org/ws-sx/ws-trust/200512",
  policy: "http://schemas.xmlsoap.org/ws/2004/09/policy",
  encryption: "http://www.w3.org/2001/04/xmlenc#",
  saml1: "urn:oasis:names:tc:SAML:1.0:assertion",
  saml2: "urn:oasis:names:tc:SAML:2.0:assertion"
} as const

export const issueAction = `${namespaces.trust}/RST/Issue`
export const anonymous = `${namespaces.addressing}/anonymous`

/** Value types of WS-Security's X.509 Token Profile 1.0 and SOAP Message Security 1.0. */
export const x509v3 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
export const base64Binary =
  "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"

/** TokenType of SAML Token Profile 1.1. */
export const tokenTypes = {
  "2.0": "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV2.0",
  "1.1": "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1"
} as const

export type SamlVersion = keyof typeof tokenTypes
