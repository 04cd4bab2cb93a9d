import { createHash } from "node:crypto"
import { mask } from "./mask.ts"

/** One request that reached a simulator. Bodies are not kept. */
export interface Call {
  readonly simulator: string
  readonly operation: string
  readonly method: string
  readonly path: string
  /** Common name of the client's certificate. */
  readonly clientCertificate?: string
  /** How the connection's handshake went: in full, or resuming an earlier session. */
  readonly tlsSession?: "new" | "resumed"
  /** Number of the TLS connection among the process's: calls with one number came over one handshake. */
  readonly tlsConnection?: number
  /** ISO time on the sandbox's clock. */
  readonly at: string
  /** SHA-256 (hex) over method, path with query, and body: tells whether two calls of a merchant's server were identical. */
  readonly digest?: string
}

/** `path` with its query, as it came. */
export const callDigest = (method: string, path: string, body: unknown): string =>
  createHash("sha256")
    .update(`${method} ${path}\n`)
    .update(body instanceof Uint8Array ? body : new Uint8Array())
    .digest("hex")

export interface CallLog {
  /** `about` says later which payment the call turned out to be about. */
  record(call: Call & { readonly paymentId?: string }): { about(paymentId: string): void }
  list(): ReadonlyArray<Call>
  /** Calls about one payment. */
  of(paymentId: string): ReadonlyArray<Call>
  clear(): void
}

const limit = 10_000

/** Remembers the last 10 000 calls; credentials and personal data in a path are masked. */
export const createCallLog = (): CallLog => {
  let calls: Array<Call & { paymentId?: string }> = []
  return {
    record: (call) => {
      const entry: Call & { paymentId?: string } = { ...call, path: mask(call.path) }
      calls.push(entry)
      // Trimmed now and then, not at every call.
      if (calls.length > 2 * limit) calls = calls.slice(-limit)
      return {
        about: (paymentId) => {
          entry.paymentId = paymentId
        }
      }
    },
    list: () => calls.slice(-limit),
    of: (paymentId) => calls.filter((call) => call.paymentId === paymentId),
    clear: () => {
      calls = []
    }
  }
}
