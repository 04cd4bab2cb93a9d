import { createHash } from "node:crypto"
import { once } from "node:events"
import { createServer, request, type IncomingMessage, type RequestListener } from "node:http"
import { connect } from "node:net"
import type { AddressInfo } from "node:net"

export const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex")

export interface Running extends AsyncDisposable {
  readonly port: number
}

/** The app on a free port of the loopback; disposal closes every connection. */
export const listen = async (app: RequestListener): Promise<Running> => {
  const server = createServer(app).listen(0, "127.0.0.1")
  await once(server, "listening")
  // A TCP server's address is an object.
  const { port } = server.address() as AddressInfo
  return {
    port,
    [Symbol.asyncDispose]: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, "close")
    }
  }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingMessage["headers"]
  readonly rawHeaders: ReadonlyArray<string>
  readonly body: string
}

export interface Sent {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string | ReadonlyArray<string>>>
  readonly body?: Uint8Array | string
}

/** One request, byte for byte as given: no client that normalises paths, headers or bodies. */
export const send = async ({ port }: Running, sent: Sent = {}): Promise<Answer> => {
  const headers = Object.entries(sent.headers ?? {}).flatMap(([name, value]) =>
    typeof value === "string" ? [name, value] : value.flatMap((one) => [name, one])
  )
  const length = sent.body === undefined ? [] : ["content-length", String(Buffer.byteLength(sent.body))]
  const outgoing = request({
    host: "127.0.0.1",
    port,
    method: sent.method ?? (sent.body === undefined ? "GET" : "POST"),
    path: sent.path ?? "/payments/webhooks/x",
    headers: ["host", "evil.example", ...headers, ...length],
    agent: false
  })
  outgoing.end(sent.body)
  // The event's argument is the response.
  const [incoming] = (await once(outgoing, "response")) as [IncomingMessage]
  const chunks: Array<Uint8Array> = []
  for await (const chunk of incoming) chunks.push(chunk)
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    rawHeaders: incoming.rawHeaders,
    body: Buffer.concat(chunks).toString("utf8")
  }
}

/** Writes raw bytes and answers all that came back until the server closed. */
export const sendRaw = async ({ port }: Running, raw: string): Promise<string> => {
  const socket = connect(port, "127.0.0.1")
  socket.write(raw, "latin1")
  const chunks: Array<Uint8Array> = []
  for await (const chunk of socket) chunks.push(chunk)
  return Buffer.concat(chunks).toString("latin1")
}
