// A client of the token service that signs without any library: what it signs is written in canonical form at once.
import { createHash, createHmac, createPrivateKey, createSign, type KeyObject, X509Certificate } from "node:crypto"
import { readFileSync } from "node:fs"
import type { ClientName, Sandbox } from "../../src/index.ts"
import { httpsCall, type Answer } from "./httpsCall.ts"

const soap = "http://www.w3.org/2003/05/soap-envelope"
const addressing = "http://www.w3.org/2005/08/addressing"
const security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
const utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
const trust = "http://docs.oasis-open.org/ws-sx/ws-trust/200512"
const signatures = "http://www.w3.org/2000/09/xmldsig#"
const x509v3 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"

export const audience = "https://ivis.eps.gov.lv/VRAA.VISS2.MM.Endpoint"
const issueAction = `${trust}/RST/Issue`

export interface Credentials {
  readonly key: KeyObject
  readonly certificate: string
}

export const credentialsOf = (sandbox: Sandbox, client: ClientName = "a"): Credentials => {
  const { passphrase, pem } = sandbox.ready.pki.clients[client]
  const text = readFileSync(pem, "utf8")
  return {
    key: createPrivateKey({ key: text.slice(text.indexOf("-----BEGIN ENCRYPTED")), passphrase }),
    certificate: new X509Certificate(text).raw.toString("base64")
  }
}

export interface MessageParts {
  readonly action?: string
  readonly to?: string
  readonly at?: number
  readonly body?: string
  /** More header blocks. */
  readonly header?: string
  /** What is signed; default Timestamp and To. */
  readonly signed?: ReadonlyArray<"timestamp" | "to">
  /** Changes the finished message. */
  readonly change?: (message: string) => string
}

const moment = (at: number): string => new Date(at).toISOString()
const timestamp = (at: number, declared = ""): string =>
  `<u:Timestamp${declared} u:Id="_0"><u:Created>${moment(at)}</u:Created><u:Expires>${moment(at + 300_000)}</u:Expires></u:Timestamp>`
const toHeader = (to: string, declared: string): string =>
  `<a:To${declared} u:Id="_1" s:mustUnderstand="1">${to}</a:To>`

const digest = (canonical: string): string => createHash("sha256").update(canonical).digest("base64")

const reference = (id: string, canonical: string): string =>
  `<ds:Reference URI="#${id}"><ds:Transforms><ds:Transform Algorithm="${exclusive}"></ds:Transform></ds:Transforms>` +
  `<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"></ds:DigestMethod><ds:DigestValue>${digest(canonical)}</ds:DigestValue></ds:Reference>`

const signature = (
  references: ReadonlyArray<string>,
  algorithm: string,
  sign: (info: string) => string,
  keyInfo: string
): string => {
  const info = (declared: string): string =>
    `<ds:SignedInfo${declared}><ds:CanonicalizationMethod Algorithm="${exclusive}"></ds:CanonicalizationMethod>` +
    `<ds:SignatureMethod Algorithm="${algorithm}"></ds:SignatureMethod>${references.join("")}</ds:SignedInfo>`
  const value = sign(info(` xmlns:ds="${signatures}"`))
  return `<ds:Signature xmlns:ds="${signatures}">${info("")}<ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo>${keyInfo}</ds:KeyInfo></ds:Signature>`
}

const message = (parts: { action: string; to: string; header: string; security: string; body: string }): string =>
  `<s:Envelope xmlns:s="${soap}" xmlns:a="${addressing}" xmlns:u="${utility}" xmlns:o="${security}"><s:Header>` +
  `<a:Action s:mustUnderstand="1">${parts.action}</a:Action><a:MessageID>urn:uuid:1</a:MessageID>${toHeader(parts.to, "")}` +
  `${parts.header}<o:Security s:mustUnderstand="1">${parts.security}</o:Security></s:Header><s:Body>${parts.body}</s:Body></s:Envelope>`

const canonicalTo = (to: string): string =>
  toHeader(to, ` xmlns:a="${addressing}" xmlns:s="${soap}" xmlns:u="${utility}"`)
const canonicalTimestamp = (at: number): string => timestamp(at, ` xmlns:u="${utility}"`)

export const request = (
  parts: {
    readonly appliesTo?: string
    readonly keyType?: string
    readonly tokenType?: string
    readonly requestType?: string
  } = {}
): string =>
  `<t:RequestSecurityToken xmlns:t="${trust}"><p:AppliesTo xmlns:p="http://schemas.xmlsoap.org/ws/2004/09/policy"><a:EndpointReference>` +
  `<a:Address>${parts.appliesTo ?? audience}</a:Address></a:EndpointReference></p:AppliesTo>` +
  `<t:KeyType>${trust}/${parts.keyType ?? "Bearer"}</t:KeyType><t:RequestType>${trust}/${parts.requestType ?? "Issue"}</t:RequestType>` +
  (parts.tokenType === undefined ? "" : `<t:TokenType>${parts.tokenType}</t:TokenType>`) +
  `</t:RequestSecurityToken>`

export const post = (sandbox: Sandbox, url: string, body: string, contentType?: string): Promise<Answer> =>
  httpsCall(sandbox, url, {
    method: "POST",
    body,
    client: "none",
    headers: { "content-type": contentType ?? "application/soap+xml; charset=utf-8" }
  })

const identity = (text: string): string => text

/** Asks the token service, without a certificate at the TLS layer. */
export const ask = (sandbox: Sandbox, { certificate, key }: Credentials, parts: MessageParts = {}): Promise<Answer> => {
  const { sts } = sandbox.ready.vissMm
  const { action = issueAction, at = sandbox.clock.now(), change = identity, header = "", to = sts } = parts
  const references = (parts.signed ?? ["timestamp", "to"]).map((one) =>
    one === "to" ? reference("_1", canonicalTo(to)) : reference("_0", canonicalTimestamp(at))
  )
  const token = `<o:BinarySecurityToken u:Id="_2" ValueType="${x509v3}">${certificate}</o:BinarySecurityToken>`
  const keyInfo = `<o:SecurityTokenReference><o:Reference URI="#_2" ValueType="${x509v3}"/></o:SecurityTokenReference>`
  const rsa = (info: string): string => createSign("RSA-SHA256").update(info).sign(key, "base64")
  const signed = signature(references, "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", rsa, keyInfo)
  const body = parts.body ?? request()
  return post(sandbox, sts, change(message({ action, to, header, body, security: timestamp(at) + token + signed })))
}

export interface Issued {
  readonly assertion: string
  readonly secret?: Buffer
  readonly answer: Answer
}

/** A token as it stands in the answer. */
export const issuedOf = (answer: Answer): Issued => {
  const assertion = /<trust:RequestedSecurityToken>(.*)<\/trust:RequestedSecurityToken>/s.exec(answer.text)?.[1]
  if (assertion === undefined) throw new Error(`no token: ${answer.text}`)
  const secret = /<trust:BinarySecret>([^<]+)</.exec(answer.text)?.[1]
  return { assertion, answer, ...(secret === undefined ? {} : { secret: Buffer.from(secret, "base64") }) }
}

export const issue = async (sandbox: Sandbox, parts?: MessageParts, client?: ClientName): Promise<Issued> =>
  issuedOf(await ask(sandbox, credentialsOf(sandbox, client), parts))

/** Calls a service that asks for a token; with `secret` the Timestamp is signed. */
export const callSecured = (
  sandbox: Sandbox,
  url: string,
  token: { readonly assertion: string; readonly secret?: Buffer },
  parts: MessageParts & { readonly action: string; readonly body: string }
): Promise<Answer> => {
  const { action, at = sandbox.clock.now(), body, change = identity, header = "", to = url } = parts
  const { assertion, secret } = token
  const hmac = (info: string): string =>
    createHmac("sha1", secret ?? "")
      .update(info)
      .digest("base64")
  const proof =
    secret === undefined
      ? ""
      : signature(
          [reference("_0", canonicalTimestamp(at))],
          "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
          hmac,
          "<o:SecurityTokenReference/>"
        )
  return post(sandbox, url, change(message({ action, to, header, body, security: timestamp(at) + assertion + proof })))
}

/** Calls a protected service of the payment module. */
export const callPfas = (
  sandbox: Sandbox,
  operation: string,
  content: string,
  token: { readonly assertion: string; readonly secret?: Buffer },
  parts: MessageParts = {}
): Promise<Answer> =>
  callSecured(sandbox, sandbox.ready.vissMm.pfas, token, {
    ...parts,
    action: parts.action ?? `http://tempuri.org/IMMService/${operation}`,
    body: `<m:${operation} xmlns:m="http://tempuri.org/">${content}</m:${operation}>`
  })

export const idContent = (id: string, more = ""): string => `<m:paymentRequestId>${id}</m:paymentRequestId>${more}`

/** Subcode and code of a fault, without prefixes. */
export const faultOf = ({ status, text }: Answer): readonly [status: number, code: string, subcode: string] => {
  const [code = "", subcode = ""] = [...text.matchAll(/<s:Value[^>]*>\w+:(\w+)</g)].map((found) => found[1] ?? "")
  return [status, code, subcode]
}
