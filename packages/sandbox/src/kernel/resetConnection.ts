import type { Socket } from "node:net"

const transports = new Map<string, Socket>()
const key = (socket: Socket): string => `${socket.localPort}:${socket.remotePort}`

/** Remembers the TCP socket under a TLS connection: a TLS socket cannot be reset by itself. */
export const rememberTransport = (socket: Socket): void => {
  const name = key(socket)
  transports.set(name, socket)
  socket.once("close", () => transports.delete(name))
}

/** Ends a connection, plain or TLS, with a TCP reset. */
export const resetConnection = (socket: Socket): void => {
  const transport = transports.get(key(socket)) ?? socket
  transport.resetAndDestroy()
}
