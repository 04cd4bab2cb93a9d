import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { type ConnectionOptions, HttpTransport, TransportError } from "../src/HttpTransport.ts"
import * as Undici from "../src/undici.ts"

const part = Buffer.alloc(65_536, "x")

/** A server that writes `parts` of 64 KiB as fast as they are taken, and tells what it wrote and how it ended. */
const serve = (parts: number, status = 200) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(async () => {
        const seen = { written: 0, sockets: 0 }
        const closed = Promise.withResolvers<void>()
        const pump = (response: ServerResponse): void => {
          while (seen.written < parts && !response.destroyed) {
            seen.written++
            if (!response.write(part)) return void response.once("drain", () => pump(response))
          }
          if (seen.written >= parts) response.end()
        }
        const server = createServer((_request, response) => {
          response.writeHead(status, { "x-kind": "document" })
          response.once("close", closed.resolve)
          pump(response)
        })
        server.on("connection", () => seen.sockets++)
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
        return { server, seen, closed: closed.promise }
      }),
      ({ server }) =>
        Effect.promise(async () => {
          server.closeAllConnections()
          await new Promise((resolve) => server.close(resolve))
        })
    ),
    ({ closed, seen, server }) => ({
      url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
      seen,
      closed
    })
  )

const connect = (options: ConnectionOptions = {}) =>
  Effect.flatMap(HttpTransport, (transport) => transport.connect({ maxResponseBytes: 2 ** 30, ...options })).pipe(
    Effect.provide(Undici.layer)
  )
const get = (url: URL) => ({ method: "GET", url, headers: {} }) as const

/** Reads to the end, or to the error that ended it. */
const drain = (body: ReadableStream<Uint8Array>) =>
  Effect.promise(async () => {
    let size = 0
    try {
      for await (const bytes of body) size += bytes.byteLength
      return { size, error: undefined }
    } catch (error) {
      return { size, error }
    }
  })

describe("an answer as a stream", () => {
  it.live("has its head at once and its bytes as they are", () =>
    Effect.gen(function* () {
      const { url } = yield* serve(40)
      const connection = yield* connect()
      const { body, headers, status } = yield* connection.stream(get(url))
      assert.deepStrictEqual([status, headers["x-kind"]], [200, "document"])
      assert.deepStrictEqual(yield* drain(body), { size: 40 * part.length, error: undefined })
    })
  )
  it.live("stays with the server while nobody reads, and goes on when somebody does", () =>
    Effect.gen(function* () {
      const parts = 1024
      const { seen, url } = yield* serve(parts)
      const { body } = yield* (yield* connect()).stream(get(url))
      // As long as the sockets' own buffers fill, more is written.
      for (let before = -1; before < seen.written; yield* Effect.sleep("100 millis")) before = seen.written
      assert.isBelow(seen.written, parts / 2)
      assert.deepStrictEqual(yield* drain(body), { size: parts * part.length, error: undefined })
    })
  )
  it.live("is given up when its scope ends, and the reader is told", () =>
    Effect.gen(function* () {
      const { closed, url } = yield* serve(1024)
      const connection = yield* connect()
      const { body } = yield* Effect.scoped(connection.stream(get(url)))
      yield* Effect.promise(() => closed)
      const { error } = yield* drain(body)
      assert.instanceOf(error, TransportError)
      assert.deepInclude(error, { phase: "response_incomplete", code: "MAKSA_ABANDONED" })
    })
  )
  it.live("is given up when its reader goes away", () =>
    Effect.gen(function* () {
      const { closed, url } = yield* serve(1024)
      const { body } = yield* (yield* connect()).stream(get(url))
      yield* Effect.promise(() => body.cancel())
      yield* Effect.promise(() => closed)
    })
  )
  it.live("ends with an error over the limit, and when it takes too long", () =>
    Effect.gen(function* () {
      const { url } = yield* serve(1024)
      const limited = yield* (yield* connect()).stream(get(url), { maxResponseBytes: 100_000 })
      const slow = yield* (yield* connect({ bodyMillis: 50 })).stream(get(url))
      yield* Effect.sleep("100 millis")
      assert.deepInclude((yield* drain(limited.body)).error, { phase: "response_incomplete", kind: "too_large" })
      assert.deepInclude((yield* drain(slow.body)).error, { phase: "response_incomplete", kind: "timeout" })
    })
  )
  it.live("that is small and unread leaves its connection to the next call", () =>
    Effect.gen(function* () {
      const { seen, url } = yield* serve(0, 404)
      const connection = yield* connect()
      for (let call = 0; call < 3; call++) {
        assert.strictEqual((yield* Effect.scoped(connection.stream(get(url)))).status, 404)
        yield* Effect.sleep("10 millis")
      }
      assert.strictEqual(seen.sockets, 1)
    })
  )
  it.live("fails as any call does where no head comes", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip((yield* connect()).stream(get(new URL("http://127.0.0.1:9/"))))
      assert.deepStrictEqual([error.phase, error.code], ["not_sent", "ECONNREFUSED"])
    })
  )
})
