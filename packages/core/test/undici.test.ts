import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { createServer, type RequestListener } from "node:http"
import type { AddressInfo } from "node:net"
import { HttpTransport, type ConnectionOptions } from "../src/HttpTransport.ts"
import * as Undici from "../src/undici.ts"

const serve = (listener: RequestListener) =>
  Effect.map(
    Effect.acquireRelease(
      Effect.promise(
        () =>
          new Promise<ReturnType<typeof createServer>>((resolve) => {
            const server = createServer(listener)
            server.listen(0, "127.0.0.1", () => resolve(server))
          })
      ),
      (server) =>
        Effect.promise(
          () =>
            new Promise<void>((resolve) => {
              server.closeAllConnections()
              server.close(() => resolve())
            })
        )
    ),
    (server) => new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x?y=1`)
  )

const post = (url: URL, options: ConnectionOptions = {}) =>
  Effect.scoped(
    Effect.gen(function* () {
      const transport = yield* HttpTransport
      const connection = yield* transport.connect({ responseTimeoutMillis: 300, ...options })
      return yield* connection.send({
        method: "POST",
        url,
        headers: { "content-type": "application/json" },
        body: new TextEncoder().encode("{}")
      })
    })
  ).pipe(Effect.provide(Undici.layer))

describe("the undici transport", () => {
  it.live("says not_sent when the connection is refused", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(post(new URL("http://127.0.0.1:9/")))
      assert.deepStrictEqual([error.phase, error.code, error.kind], ["not_sent", "ECONNREFUSED", "connection"])
    })
  )
  it.live("says not_sent when the host does not exist", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(post(new URL("http://no-such-host.invalid/")))
      assert.strictEqual(error.phase, "not_sent")
    })
  )
  it.live("says sent_no_response when the provider never answers", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(post(yield* serve(() => {})))
      assert.deepStrictEqual([error.phase, error.kind], ["sent_no_response", "timeout"])
    })
  )
  it.live("says sent_no_response when the socket is cut before the head of the answer", () =>
    Effect.gen(function* () {
      const url = yield* serve((request) => request.resume().on("end", () => request.socket.destroy()))
      assert.strictEqual((yield* Effect.flip(post(url))).phase, "sent_no_response")
    })
  )
  it.live("says response_incomplete when the body is cut", () =>
    Effect.gen(function* () {
      const url = yield* serve((_request, response) => {
        response.writeHead(200, { "content-length": "100" })
        response.write("{", () => setImmediate(() => response.destroy()))
      })
      assert.strictEqual((yield* Effect.flip(post(url))).phase, "response_incomplete")
    })
  )
  it.live("says response_incomplete when the body stalls", () =>
    Effect.gen(function* () {
      const url = yield* serve((_request, response) => {
        response.writeHead(200, { "content-length": "100" })
        response.write("{")
      })
      const error = yield* Effect.flip(post(url))
      assert.deepStrictEqual([error.phase, error.kind], ["response_incomplete", "timeout"])
    })
  )
  it.live("ends a body that drips for ever", () =>
    Effect.gen(function* () {
      const url = yield* serve((_request, response) => {
        response.writeHead(200, { "content-length": "100000" })
        const timer = setInterval(() => response.write("x"), 20)
        response.on("close", () => clearInterval(timer))
      })
      const error = yield* Effect.flip(post(url, { bodyMillis: 200 }))
      assert.deepStrictEqual(
        [error.phase, error.code, error.kind],
        ["response_incomplete", "MAKSA_TOO_SLOW", "timeout"]
      )
    })
  )
  it.live("says not_sent when its connections were closed before the call", () =>
    Effect.gen(function* () {
      const url = yield* serve((_request, response) => response.end())
      const closed = yield* Effect.scoped(Effect.flatMap(HttpTransport, (transport) => transport.connect({}))).pipe(
        Effect.provide(Undici.layer)
      )
      const error = yield* Effect.flip(closed.send({ method: "GET", url, headers: {} }))
      assert.strictEqual(error.phase, "not_sent")
    })
  )
  it.live("refuses a body over the limit", () =>
    Effect.gen(function* () {
      const url = yield* serve((_request, response) => response.end(Buffer.alloc(5000)))
      const error = yield* Effect.flip(post(url, { maxResponseBytes: 4096 }))
      assert.deepStrictEqual([error.phase, error.kind], ["response_incomplete", "too_large"])
    })
  )
  it.live("does not follow redirects", () =>
    Effect.gen(function* () {
      const url = yield* serve((_request, response) => response.writeHead(302, { location: "/other" }).end())
      const response = yield* post(url)
      assert.deepStrictEqual([response.status, response.headers["location"]], [302, "/other"])
    })
  )
  it.live("gives status, headers and exact bytes", () =>
    Effect.gen(function* () {
      const url = yield* serve((_request, response) => {
        response.setHeader("X-A", ["1", "2"])
        response.end(Buffer.from([0, 255]))
      })
      const response = yield* post(url)
      assert.deepStrictEqual([response.status, response.headers["x-a"], [...response.body]], [200, "1, 2", [0, 255]])
    })
  )
})
