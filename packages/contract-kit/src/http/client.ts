// An HTTP client that sends what it is told: no normalised paths, no joined headers, no kept connections.
import { once } from "node:events"
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http"
import { connect, type Socket } from "node:net"

/** The Host header of every request: a stranger's, because it is only the client's claim. */
export const strangersHost = "evil.example"

export interface Sent {
  /** Default `POST` with a body, else `GET`. */
  readonly method?: string
  readonly path?: string
  readonly headers?: ReadonlyArray<readonly [name: string, value: string]>
  readonly body?: Uint8Array | string
  /** Without Content-Length, in chunks. */
  readonly isChunked?: boolean
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Names and values by turns, as they came. */
  readonly rawHeaders: ReadonlyArray<string>
  readonly body: Uint8Array
  readonly text: string
}

/** A request under way: its headers are sent, its body is not complete. */
export interface Exchange {
  /** Resolves when the connection can take more. */
  write(bytes: Uint8Array | string): Promise<void>
  end(): void
  /** The client goes away. */
  leave(): void
  /** Rejects where the connection ends without a whole answer. */
  readonly answer: Promise<Answer>
  /** The answer's head, before its body has arrived; reading is then up to the caller. */
  readonly head: Promise<IncomingMessage>
  readonly closed: Promise<void>
}

const read = async (incoming: IncomingMessage): Promise<Answer> => {
  const chunks: Array<Uint8Array> = []
  for await (const chunk of incoming) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    rawHeaders: incoming.rawHeaders,
    body,
    text: body.toString("utf8")
  }
}

const lengthOf = ({ body, isChunked }: Sent): ReadonlyArray<string> =>
  body === undefined
    ? []
    : isChunked === true
      ? ["transfer-encoding", "chunked"]
      : ["content-length", String(Buffer.byteLength(body))]

/** Sends the head and `body`, if there is one, and leaves the request open. */
export const open = (port: number, sent: Sent): Exchange => {
  const outgoing = request({
    host: "127.0.0.1",
    port,
    method: sent.method ?? (sent.body === undefined ? "GET" : "POST"),
    path: sent.path ?? "/payments/webhooks/x",
    headers: ["host", strangersHost, ...(sent.headers ?? []).flat(), ...lengthOf(sent)],
    agent: false
  })
  const closed = new Promise<void>((resolve) => outgoing.once("close", resolve))
  const head = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once("response", resolve).once("error", reject)
    void closed.then(() => reject(new Error("the connection ended without an answer")))
  })
  // Later failures are told by `answer`; an event without a listener would end the process.
  outgoing.on("error", () => {})
  let answer: Promise<Answer> | undefined
  head.catch(() => {})
  if (sent.body === undefined) outgoing.flushHeaders()
  // As bytes: together with a text Node would send the headers as UTF-8.
  else outgoing.write(typeof sent.body === "string" ? Buffer.from(sent.body) : sent.body)
  return {
    write: async (bytes) => {
      if (outgoing.destroyed || outgoing.write(bytes)) return
      await Promise.race([once(outgoing, "drain").catch(() => undefined), closed])
    },
    end: () => void outgoing.end(),
    leave: () => void outgoing.destroy(),
    head,
    get answer() {
      return (answer ??= head.then(read))
    },
    closed
  }
}

export const send = async (port: number, sent: Sent = {}): Promise<Answer> => {
  const exchange = open(port, sent)
  exchange.end()
  return exchange.answer
}

/** A bare connection, on which anything can be written. */
export const dial = async (port: number): Promise<Socket> => {
  const socket = connect(port, "127.0.0.1")
  socket.on("error", () => {})
  await once(socket, "connect")
  return socket
}

/** Writes the bytes and answers all that came back until the server closed the connection. */
export const sendRaw = async (port: number, bytes: string): Promise<string> => {
  const socket = await dial(port)
  socket.write(bytes, "latin1")
  return untilClosed(socket)
}

/** Everything that the server sends until it closes, as latin1. */
export const untilClosed = async (socket: Socket): Promise<string> => {
  const chunks: Array<Uint8Array> = []
  socket.on("data", (chunk: Uint8Array) => chunks.push(chunk))
  if (!socket.closed) await new Promise<void>((resolve) => socket.once("close", () => resolve()))
  return Buffer.concat(chunks).toString("latin1")
}
