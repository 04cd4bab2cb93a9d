import { escapeXml } from "../xml/xmlText.ts"
import { type MessageParts, timestampId, toId, writeMessage } from "./envelope.ts"
import { base64Binary, issueAction, namespaces, type SamlVersion, tokenTypes, x509v3 } from "./names.ts"
import type { HashName, Signer, SigningKey } from "./sign.ts"

/** `bearer`: whoever has the token may use it. `holder_of_key`: each call is signed with a key that comes with it. */
export type KeyProof = "bearer" | "holder_of_key"

/** What is asked of the security token service. */
export interface TokenRequest {
  readonly endpoint: URL
  /** For which service: its logical name, which need not be its address. */
  readonly appliesTo: string
  readonly keyProof: KeyProof
  readonly samlVersion: SamlVersion
  readonly hash: HashName
}

const keyTypes: Readonly<Record<KeyProof, string>> = {
  bearer: `<t:KeyType>${namespaces.trust}/Bearer</t:KeyType>`,
  // ASSUMPTION(viss-mm#33): without entropy of ours the service makes the whole key, as WS-Trust 1.3 (4.4.4) lets it.
  holder_of_key: `<t:KeySize>256</t:KeySize><t:KeyType>${namespaces.trust}/SymmetricKey</t:KeyType>`
}

const body = ({ appliesTo, keyProof, samlVersion }: TokenRequest): string =>
  `<t:RequestSecurityToken xmlns:t="${namespaces.trust}">` +
  `<p:AppliesTo xmlns:p="${namespaces.policy}"><a:EndpointReference><a:Address>${escapeXml(appliesTo)}</a:Address></a:EndpointReference></p:AppliesTo>` +
  `${keyTypes[keyProof]}<t:RequestType>${namespaces.trust}/Issue</t:RequestType>` +
  `<t:TokenType>${tokenTypes[samlVersion]}</t:TokenType></t:RequestSecurityToken>`

const certificateId = "_2"
const keyInfo =
  `<o:SecurityTokenReference xmlns:o="${namespaces.security}">` +
  `<o:Reference URI="#${certificateId}" ValueType="${x509v3}"/></o:SecurityTokenReference>`

/** Writes a request for a token (WS-Trust 1.3, Issue), signed over Timestamp and To as WCF endorses messages over TLS. */
export const writeIssueRequest = (
  request: TokenRequest,
  parts: Pick<MessageParts, "messageId" | "now">,
  signature: { readonly sign: Signer; readonly key: SigningKey; readonly certificate: string }
): string => {
  const token = `<o:BinarySecurityToken u:Id="${certificateId}" ValueType="${x509v3}" EncodingType="${base64Binary}">${signature.certificate}</o:BinarySecurityToken>`
  const message = (security: ReadonlyArray<string>): string =>
    writeMessage({ ...parts, action: issueAction, to: request.endpoint, security, body: body(request) })
  const ids = [timestampId, toId]
  return message([token, signature.sign(message([token]), signature.key, { ids, keyInfo, hash: request.hash })])
}
