import { once } from "node:events"
import { createServer, type IncomingMessage } from "node:http"

export interface Received {
  readonly method: string
  readonly url: string
  readonly body: string
}

/** A server of an agency on loopback that remembers what it was told. */
export interface Receiver {
  readonly url: string
  readonly received: ReadonlyArray<Received>
  /** What it answers from now on; `silent` never answers. */
  answerWith(status: number | "silent"): void
  /** Resolves when at least `count` calls have arrived. */
  waitFor(count: number): Promise<ReadonlyArray<Received>>
  close(): Promise<void>
}

const read = async (request: IncomingMessage): Promise<string> => {
  const parts: Array<Buffer> = []
  for await (const part of request) parts.push(Buffer.from(part))
  return Buffer.concat(parts).toString("utf8")
}

export const startReceiver = async (): Promise<Receiver> => {
  const received: Array<Received> = []
  let answer: number | "silent" = 200
  const server = createServer(async (request, response) => {
    const body = await read(request)
    received.push({ method: request.method ?? "", url: request.url ?? "", body })
    if (answer !== "silent") response.writeHead(answer).end("noted")
    server.emit("noted")
  })
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  if (address === null || typeof address === "string") throw new Error("no port")
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    answerWith: (status) => {
      answer = status
    },
    waitFor: async (count) => {
      while (received.length < count) await once(server, "noted")
      return received
    },
    close: async () => {
      const closed = once(server, "close")
      server.close()
      server.closeAllConnections()
      await closed
    }
  }
}
