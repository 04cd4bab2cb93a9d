// What undici's and Node's codes say of an exchange.
import { TransportError, type TransportPhase } from "../HttpTransport.ts"

// Codes with which undici and Node prove that no byte of the request left this machine.
const notSent: ReadonlySet<string> = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_INVALID_ARG",
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  // The connections were closed before the call.
  "UND_ERR_DESTROYED",
  "UND_ERR_CLOSED"
])
// The server's certificate is checked before the request is written, so its rejection also means that nothing left.
const serverCertificate: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_REVOKED",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "CERT_REJECTED",
  "CERT_CHAIN_TOO_LONG",
  "INVALID_PURPOSE",
  "INVALID_CA",
  "PATH_LENGTH_EXCEEDED",
  "HOSTNAME_MISMATCH",
  "EE_KEY_TOO_SMALL",
  "CA_KEY_TOO_SMALL",
  "CA_MD_TOO_WEAK",
  "UNABLE_TO_GET_CRL",
  "CRL_SIGNATURE_FAILURE",
  "CRL_NOT_YET_VALID",
  "CRL_HAS_EXPIRED",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_SSL_UNSUPPORTED_PROTOCOL",
  "ERR_SSL_NO_PROTOCOLS_AVAILABLE"
])

const codeOf = (cause: unknown): string => {
  for (let error = cause, depth = 0; depth < 4 && typeof error === "object" && error !== null; depth++) {
    if ("code" in error && typeof error.code === "string") return error.code
    error = "cause" in error ? error.cause : undefined
  }
  return "UNKNOWN"
}

const kindOf = (code: string): TransportError["kind"] =>
  code === "MAKSA_TOO_LARGE"
    ? "too_large"
    : serverCertificate.has(code) || code.startsWith("ERR_SSL") || code.startsWith("ERR_TLS") || code === "EPROTO"
      ? "tls"
      : code === "MAKSA_TOO_SLOW" || code.includes("TIMEOUT")
        ? "timeout"
        : code === "UNKNOWN"
          ? "other"
          : "connection"

export const failure = (phase: TransportPhase, cause: unknown): TransportError => {
  const code = codeOf(cause)
  return new TransportError({
    phase: notSent.has(code) || serverCertificate.has(code) ? "not_sent" : phase,
    code,
    kind: kindOf(code)
  })
}

/** A code of our own, told the way undici tells its own. */
export class Ended extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}
