import type { Request } from "express"
import { TLSSocket } from "node:tls"
import type { Call } from "../kernel/Calls.ts"
import type { Owner } from "./PaymentRequest.ts"

export interface Connection {
  /** Present when the certificate was issued by the sandbox's CA and is in date. */
  readonly owner: Owner | undefined
  /** Common name of whatever certificate came. */
  readonly commonName: string | undefined
  /** What the call log tells of it; absent without TLS. */
  readonly tls: Required<Pick<Call, "tlsSession" | "tlsConnection">> | undefined
}

let connections = 0

const read = (socket: TLSSocket): Connection => {
  connections += 1
  const tls = { tlsSession: socket.isSessionReused() ? "resumed" : "new", tlsConnection: connections } as const
  const certificate = socket.getPeerCertificate()
  const { fingerprint256 } = certificate
  if (typeof fingerprint256 !== "string") return { tls, owner: undefined, commonName: undefined }
  const name = certificate.subject.CN
  const commonName = Array.isArray(name) ? name.join(" ") : (name ?? "")
  if (!socket.authorized) return { tls, commonName, owner: undefined }
  return { tls, commonName, owner: { fingerprint: fingerprint256, commonName } }
}

// What a handshake settled holds for every request of its connection; reading the certificate costs more than answering.
const known = new WeakMap<TLSSocket, Connection>()

/** Who is at the other end of a request's TLS connection. */
export const connectionOf = ({ socket }: Request): Connection => {
  if (!(socket instanceof TLSSocket)) return { tls: undefined, owner: undefined, commonName: undefined }
  const connection = known.get(socket) ?? read(socket)
  known.set(socket, connection)
  return connection
}
