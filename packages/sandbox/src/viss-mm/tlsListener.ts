import * as https from "node:https"
import * as net from "node:net"
import type { RequestListener } from "node:http"
import { isConnectionKind, type ConnectionKind } from "../kernel/Faults.ts"
import type { Pki } from "../kernel/Pki.ts"
import { rememberTransport } from "../kernel/resetConnection.ts"
import type { World } from "../kernel/World.ts"

/**
 * One port with several TLS personalities, chosen per connection: the usual one (asks for a client certificate, lets
 * the handler answer 403), a strict one (refuses the handshake), and one for each wrong certificate of the server.
 */
export const listenTls = async (
  world: World,
  pki: Pki,
  handler: RequestListener,
  options: { readonly isStrict: () => boolean; readonly offset: number }
): Promise<{ readonly port: number; readonly dropIdle: () => void }> => {
  const common = { ca: pki.caPem, requestCert: true }
  const usual = https.createServer({ ...common, ...pki.server, rejectUnauthorized: false }, handler)
  const strict = https.createServer({ ...common, ...pki.server, rejectUnauthorized: true }, handler)
  const withWrong = (kind: ConnectionKind): https.Server =>
    https.createServer({ ...common, ...pki.wrongServers[kind], rejectUnauthorized: false }, handler)
  const wrong: Readonly<Record<ConnectionKind, https.Server>> = {
    expired_certificate: withWrong("expired_certificate"),
    unknown_ca_certificate: withWrong("unknown_ca_certificate"),
    wrong_host_certificate: withWrong("wrong_host_certificate")
  }

  const idle = new Set<net.Socket>()
  for (const server of [usual, strict, ...Object.values(wrong)]) {
    server.on("tlsClientError", (error: Error) => world.log(`TLS handshake failed: ${error.message}`))
    server.on("request", (request, response) => {
      const { socket } = request
      idle.delete(socket)
      response.once("close", () => {
        if (!socket.destroyed) idle.add(socket)
      })
    })
    // Once per connection, not per request: a kept connection serves many.
    server.on("secureConnection", (socket) => socket.once("close", () => idle.delete(socket)))
  }

  const front = net.createServer((socket) => {
    socket.on("error", () => undefined)
    rememberTransport(socket)
    const planned = world.faults.takeConnectionKind()
    const server = planned === undefined ? (options.isStrict() ? strict : usual) : wrong[planned]
    server.emit("connection", socket)
  })
  const dropIdle = (): void => {
    for (const socket of idle) socket.destroy()
  }
  // Kept connections would never meet the certificate that the fault is about.
  world.faults.onAdd((rule) => {
    if (isConnectionKind(rule.kind)) dropIdle()
  })
  const { port } = await world.listen(front, options.offset)
  return { port, dropIdle }
}
