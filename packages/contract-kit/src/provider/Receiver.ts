// The world's own HTTP server: what reaches the agency's address from outside becomes a Request of the payment handler.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export interface Receiver extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without a trailing slash. */
  readonly origin: string
  /** Addresses that were called, oldest first. */
  readonly urls: ReadonlyArray<string>
}

const read = async (incoming: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> => {
  const chunks: Array<Uint8Array> = []
  for await (const chunk of incoming) chunks.push(chunk as Uint8Array) // no encoding is set, so chunks are bytes
  return new Uint8Array(Buffer.concat(chunks))
}

const toRequest = async (incoming: IncomingMessage, origin: string): Promise<Request> => {
  const headers = new Headers()
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2) {
    headers.append(incoming.rawHeaders[i] ?? "", incoming.rawHeaders[i + 1] ?? "")
  }
  const method = incoming.method ?? "GET"
  const hasBody = method !== "GET" && method !== "HEAD"
  return new Request(origin + (incoming.url ?? "/"), {
    method,
    headers,
    ...(hasBody ? { body: await read(incoming) } : {})
  })
}

const send = async (response: Response, outgoing: ServerResponse): Promise<void> => {
  outgoing.statusCode = response.status
  for (const [name, value] of response.headers) outgoing.appendHeader(name, value)
  outgoing.end(new Uint8Array(await response.arrayBuffer()))
}

/** `handler` is asked for at each request, because the engine behind it may have been started anew. */
export const openReceiver = async (handler: () => (request: Request) => Promise<Response>): Promise<Receiver> => {
  const urls: Array<string> = []
  let origin = ""
  const server = createServer((incoming, outgoing) => {
    urls.push(incoming.url ?? "")
    void toRequest(incoming, origin)
      .then((request) => handler()(request))
      .then((response) => send(response, outgoing))
      .catch(() => {
        outgoing.statusCode = 500
        outgoing.end()
      })
  })
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject)
    server.listen(0, "127.0.0.1", resolve)
  })
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // a TCP server has such an address
  return {
    get origin() {
      return origin
    },
    urls,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    }
  }
}
