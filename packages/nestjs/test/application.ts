// The type-aware linter reads this folder without the tests' tsconfig, and so without its libraries.
/// <reference lib="esnext.disposable" />
import "reflect-metadata"
import { createHash } from "node:crypto"
import { once } from "node:events"
import { type IncomingMessage, request } from "node:http"
import type { AddressInfo } from "node:net"
import type { INestApplication, NestApplicationOptions, Type } from "@nestjs/common"
import { NestFactory } from "@nestjs/core"
import type { PaymentsLike } from "../src/index.ts"

export const sha256 = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex")

export interface FakePayments extends PaymentsLike {
  /** What happened, in order. */
  readonly events: Array<string>
}

/** A client with a handler of the test's own, which notes when it is disposed of. */
export const paymentsWith = (handler: PaymentsLike["handler"]): FakePayments => {
  const events: Array<string> = []
  return {
    events,
    handler,
    [Symbol.asyncDispose]: () => {
      events.push("disposed")
      return Promise.resolve()
    }
  }
}

/** Tells what it was given, so that a test can compare it with what was sent. */
export const echo: PaymentsLike["handler"] = async (request) => {
  const bytes = new Uint8Array(await request.arrayBuffer())
  return Response.json({ method: request.method, url: request.url, length: bytes.length, digest: sha256(bytes) })
}

export interface Running extends AsyncDisposable {
  readonly app: INestApplication
  readonly port: number
}

/** The application on a free port of the loopback, as `NestFactory` makes it, but silent. */
export const start = async (
  module: Type,
  options: NestApplicationOptions = { rawBody: true },
  prepare: (app: INestApplication) => void = () => {}
): Promise<Running> => {
  const app = await NestFactory.create(module, { logger: false, abortOnError: false, ...options })
  prepare(app)
  await app.listen(0, "127.0.0.1")
  // A TCP server's address is an object.
  const { port } = app.getHttpServer().address() as AddressInfo
  return { app, port, [Symbol.asyncDispose]: () => app.close() }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingMessage["headers"]
  readonly body: string
}

export interface Sent {
  readonly method?: string
  readonly path?: string
  readonly type?: string
  readonly body?: Uint8Array | string
}

/** One request, byte for byte as given, on a connection of its own. */
export const send = async ({ port }: Pick<Running, "port">, sent: Sent = {}): Promise<Answer> => {
  const outgoing = request({
    host: "127.0.0.1",
    port,
    method: sent.method ?? (sent.body === undefined ? "GET" : "POST"),
    path: sent.path ?? "/payments/webhooks/x",
    headers: {
      host: "evil.example",
      ...(sent.type === undefined ? {} : { "content-type": sent.type }),
      ...(sent.body === undefined ? {} : { "content-length": Buffer.byteLength(sent.body) })
    },
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
    body: Buffer.concat(chunks).toString("utf8")
  }
}
