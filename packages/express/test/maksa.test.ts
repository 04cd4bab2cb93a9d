import { once } from "node:events"
import { request } from "node:http"
import express from "express"
import express4 from "express4"
import { assert, describe, it } from "vitest"
import { BodyConsumedError, maksa, type WebHandler } from "../src/index.ts"
import { oddBodies, zipped } from "./bodies.ts"
import { listen, send, sendRaw, sha256 } from "./server.ts"

/** Tells what it was given, so that a test can compare it with what was sent. */
const echo: WebHandler = async (request) => {
  const bytes = new Uint8Array(await request.arrayBuffer())
  return Response.json({
    method: request.method,
    url: request.url,
    headers: [...request.headers],
    length: bytes.length,
    digest: sha256(bytes)
  })
}

const unhandled: WebHandler = () =>
  Promise.resolve(new Response("nothing here", { status: 404, headers: { "x-maksa": "unhandled" } }))

const cookies: WebHandler = (request) => {
  const headers = new Headers({ "x-seen": request.headers.get("x-twice") ?? "" })
  headers.append("set-cookie", "a=1; Path=/")
  headers.append("set-cookie", "b=2, c; HttpOnly")
  return Promise.resolve(new Response("ok", { status: 201, statusText: "Made", headers }))
}

const notFound: WebHandler = () => Promise.resolve(new Response("no such payment", { status: 404 }))

const five: WebHandler = (request) =>
  Promise.resolve(new Response("12345", { headers: { "content-length": "5", "x-method": request.method } }))

const breaksOff: WebHandler = () => {
  let count = 0
  const body = new ReadableStream({
    pull: (controller) => {
      if (count++ === 0) controller.enqueue(new TextEncoder().encode("half"))
      else controller.error(new Error("the store went away"))
    }
  })
  return Promise.resolve(new Response(body))
}

// The last error handler of Express would print the error.
const silent: express.ErrorRequestHandler = (_error, _req, _res, _next) => {}

const ok: WebHandler = () => Promise.resolve(new Response("ok"))

interface Deferred<A> {
  readonly promise: Promise<A>
  readonly resolve: (value: A) => void
}
const deferred = <A>(): Deferred<A> => {
  const settle: { resolve?: (value: A) => void } = {}
  const promise = new Promise<A>((resolve) => {
    settle.resolve = resolve
  })
  return { promise, resolve: (value) => settle.resolve?.(value) }
}

/** Resolves when the count has stopped growing over many turns of the event loop. */
const atRest = async (count: () => number): Promise<void> => {
  for (let last = -1; last !== count();) {
    last = count()
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve))
  }
}

const tellError: express.ErrorRequestHandler = (error: Error, _req, res, _next) => {
  res
    .status(500)
    .json({ name: error.name, message: error.message, status: "status" in error ? error.status : undefined })
}

const keepRawBody: NonNullable<Parameters<typeof express.json>[0]>["verify"] = (req, _res, buffer) => {
  Object.assign(req, { rawBody: buffer })
}

describe.each([
  ["Express 5", express],
  ["Express 4", express4]
])("%s", (_version, express) => {
  const parsers = () => [
    express.json({ limit: "1mb" }),
    express.urlencoded({ extended: true, limit: "1mb" }),
    express.raw({ type: "application/octet-stream", limit: "1mb" }),
    express.text({ limit: "1mb" })
  ]
  const keepingParsers = () => [
    express.json({ limit: "1mb", verify: keepRawBody, strict: false }),
    express.urlencoded({ extended: true, limit: "1mb", verify: keepRawBody }),
    express.raw({ type: "application/octet-stream", limit: "1mb" }),
    express.text({ limit: "1mb", verify: keepRawBody })
  ]
  const appOf = (handler: WebHandler, before: ReadonlyArray<express.RequestHandler> = []) => {
    const app = express()
    for (const parser of before) app.use(parser)
    app.use("/payments", maksa({ handler }))
    return app
  }

  describe.each([
    ["without parsers", () => appOf(echo)],
    ["with parsers after it", () => appOf(echo).use(...parsers())],
    ["with parsers before it that keep rawBody", () => appOf(echo, keepingParsers())]
  ])("%s", (_order, makeApp) => {
    it.each(oddBodies)("hands over %s byte for byte", async (_what, body, type) => {
      await using server = await listen(makeApp())
      const answer = await send(server, { body, headers: { "content-type": type } })
      assert.strictEqual(answer.status, 200)
      assert.deepInclude(JSON.parse(answer.body), { method: "POST", length: body.length, digest: sha256(body) })
    })
  })

  it("uses the bytes of express.raw", async () => {
    await using server = await listen(appOf(echo, [express.raw({ type: "*/*" })]))
    const body = '{ "b":1,  "a":2 }'
    const answer = await send(server, { body, headers: { "content-type": "application/json" } })
    assert.include(JSON.parse(answer.body), { digest: sha256(body) })
  })

  it.each([
    ["express.json", '{"a":1}', "application/json"],
    ["express.urlencoded", "a=1", "application/x-www-form-urlencoded"],
    ["express.text", "a", "text/plain"]
  ])("names the fix when %s has destroyed the bytes, whatever the handler makes of it", async (_parser, body, type) => {
    const handlers: ReadonlyArray<WebHandler> = [
      echo,
      (request) =>
        request.text().then(
          () => new Response("accepted"),
          () => new Response("bad signature", { status: 403 })
        )
    ]
    for (const handler of handlers) {
      await using server = await listen(appOf(handler, parsers()).use(tellError))
      const answer = await send(server, { body, headers: { "content-type": type } })
      assert.strictEqual(answer.status, 500)
      const told: unknown = JSON.parse(answer.body)
      assert.deepEqual(told, { name: "BodyConsumedError", message: new BodyConsumedError().message, status: 500 })
      assert.include(answer.body, "Mount maksa(...) before express.json()")
      assert.include(answer.body, "req.rawBody = buf")
    }
  })

  it("serves requests that need no body although parsers ran", async () => {
    await using server = await listen(appOf(echo, parsers()))
    assert.strictEqual((await send(server)).status, 200)
    assert.strictEqual((await send(server, { method: "POST" })).status, 200)
  })

  it("passes a compressed body as it came, with its encoding", async () => {
    await using server = await listen(appOf(echo).use(...parsers()))
    const answer = await send(server, {
      body: zipped,
      headers: { "content-type": "application/json", "content-encoding": "gzip" }
    })
    const seen = JSON.parse(answer.body)
    assert.strictEqual(seen.digest, sha256(zipped))
    assert.deepInclude(seen.headers, ["content-encoding", "gzip"])
  })

  it.each([
    ["/payments/webhooks/x?a=1&b=%20%2F&a=2", "/payments/webhooks/x?a=1&b=%20%2F&a=2"],
    ["/payments//webhooks/x", "/payments//webhooks/x"],
    ["/payments/%2e%2e%2Fx?q=a+b", "/payments/%2e%2e%2Fx?q=a+b"],
    ["/payments/return/x?id=http://evil.example/", "/payments/return/x?id=http://evil.example/"]
  ])("keeps the path and query of %s, on an origin of its own", async (path, expected) => {
    await using server = await listen(appOf(echo))
    const { url } = JSON.parse((await send(server, { path })).body)
    assert.strictEqual(url, `http://maksa.invalid${expected}`)
  })

  it("takes neither a host from a request target nor one that starts with two slashes", async () => {
    const app = express().use(maksa(echo))
    await using server = await listen(app)
    const urlFor = async (target: string) => {
      const raw = await sendRaw(server, `GET ${target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`)
      return /"url":"([^"]*)"/.exec(raw)?.[1]
    }
    assert.strictEqual(await urlFor("//evil.example/x"), "http://maksa.invalid//evil.example/x")
    assert.strictEqual(await urlFor("http://evil.example/x?y"), "http://maksa.invalid/x?y")
    assert.strictEqual(await urlFor("/x?name=1#no"), "http://maksa.invalid/x?name=1%23no")
  })

  it("hands over duplicate headers and sends every cookie of its own", async () => {
    const app = express()
    app.use((_req, res, next) => {
      res.append("set-cookie", "session=1")
      next()
    })
    app.use(maksa(cookies))
    await using server = await listen(app)
    const answer = await send(server, { headers: { "X-Twice": ["one", "two"] } })
    assert.strictEqual(answer.status, 201)
    assert.strictEqual(answer.headers["x-seen"], "one, two")
    assert.deepEqual(answer.headers["set-cookie"], ["session=1", "a=1; Path=/", "b=2, c; HttpOnly"])
  })

  it("drops to the next handler on what is not its own, the body untouched and the mark not sent", async () => {
    const app = appOf(unhandled)
    app.use(express.json())
    app.post("/payments/own", (req, res) => void res.json({ own: req.body }))
    await using server = await listen(app)
    const answer = await send(server, {
      path: "/payments/own",
      body: '{"a":1}',
      headers: { "content-type": "application/json" }
    })
    assert.strictEqual(answer.body, '{"own":{"a":1}}')
    assert.notProperty(answer.headers, "x-maksa")
    const missing = await send(server, { path: "/payments/none" })
    assert.strictEqual(missing.status, 404)
    assert.notProperty(missing.headers, "x-maksa")
    assert.notInclude(missing.body, "nothing here")
  })

  it("does not complain about parsed bodies of requests that are not its own", async () => {
    const app = express().use(express.json()).use(maksa(unhandled))
    app.post("/own", (req, res) => void res.json(req.body))
    await using server = await listen(app)
    const sent = { path: "/own", body: '{"a":1}', headers: { "content-type": "application/json" } }
    assert.strictEqual((await send(server, sent)).body, '{"a":1}')
  })

  it("answers a 404 of the handler's own routes itself", async () => {
    await using server = await listen(appOf(notFound))
    assert.include(await send(server), { status: 404, body: "no such payment" })
  })

  it("answers HEAD with the headers alone", async () => {
    await using server = await listen(appOf(five))
    const answer = await send(server, { method: "HEAD" })
    assert.deepInclude(answer, { status: 200, body: "" })
    assert.strictEqual(answer.headers["x-method"], "HEAD")
    assert.strictEqual(answer.headers["content-length"], "5")
  })

  it("leaves methods that Fetch cannot express to the next handler", async () => {
    await using server = await listen(appOf(echo))
    assert.strictEqual((await send(server, { method: "TRACE" })).status, 404)
  })

  it("hands an error of the handler to next", async () => {
    const failures: ReadonlyArray<WebHandler> = [
      () => Promise.reject(new RangeError("broken")),
      () => {
        throw new RangeError("broken")
      }
    ]
    for (const handler of failures) {
      await using server = await listen(appOf(handler).use(tellError))
      const answer = await send(server)
      assert.strictEqual(answer.status, 500)
      assert.include(JSON.parse(answer.body), { name: "RangeError" })
    }
  })

  it("cuts an answer that breaks off, so that it never looks complete", async () => {
    await using server = await listen(appOf(breaksOff).use(silent))
    const failure = await send(server).then(
      () => undefined,
      (error: unknown) => error
    )
    assert.instanceOf(failure, Error)
  })

  it("stops a body of 1 GB where the handler stops reading, without buffering it", async () => {
    const limit = 64 * 1024
    const handler: WebHandler = async (request) => {
      let seen = 0
      for await (const chunk of request.body ?? []) {
        seen += chunk.length
        if (seen > limit) return new Response("too large", { status: 413 })
      }
      return new Response("small enough")
    }
    await using server = await listen(appOf(handler))
    const before = process.memoryUsage().rss
    const outgoing = request({ host: "127.0.0.1", port: server.port, method: "POST", path: "/payments/webhooks/x" })
    const answered = deferred<number>()
    outgoing.on("response", (response) => {
      answered.resolve(response.statusCode ?? 0)
      response.resume()
    })
    const closed = new Promise<void>((resolve) => outgoing.once("close", resolve))
    outgoing.on("error", () => {})
    const chunk = Buffer.alloc(64 * 1024, "x")
    let written = 0
    while (written < 2 ** 30 && !outgoing.destroyed) {
      written += chunk.length
      if (!outgoing.write(chunk)) await Promise.race([once(outgoing, "drain").catch(() => undefined), closed])
    }
    assert.strictEqual(await answered.promise, 413)
    assert.isBelow(written, 64 * 2 ** 20, "the server went on reading")
    await closed
    assert.isBelow(process.memoryUsage().rss - before, 64 * 2 ** 20)
  })

  it("takes a body no faster than the handler reads it", async () => {
    const release = deferred<void>()
    const handler: WebHandler = async (request) => {
      const reader = request.body?.getReader()
      await reader?.read()
      await release.promise
      return new Response("ok")
    }
    await using server = await listen(appOf(handler))
    const outgoing = request({ host: "127.0.0.1", port: server.port, method: "POST", path: "/payments/x" })
    outgoing.on("error", () => {})
    const response = once(outgoing, "response")
    const chunk = Buffer.alloc(64 * 1024, "x")
    let taken = 0
    const write = () => {
      while (taken < 4096 && !outgoing.destroyed) {
        taken++
        if (!outgoing.write(chunk)) return
      }
    }
    outgoing.on("drain", write)
    write()
    await atRest(() => taken)
    release.resolve()
    await response
    outgoing.destroy()
    assert.isBelow(taken, 512, "the rest was buffered")
  })

  it("keeps a connection usable after a body that the handler did not read", async () => {
    await using server = await listen(appOf(ok))
    const post = "POST /payments/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n12345"
    const last = "GET /payments/x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    const raw = await sendRaw(server, post + post + last)
    assert.lengthOf(raw.match(/HTTP\/1\.1 200/g) ?? [], 3)
  })

  it("takes a body that trickles in byte by byte, while others are served", async () => {
    await using server = await listen(appOf(echo))
    const body = '{ "slow": true }'
    const outgoing = request({
      host: "127.0.0.1",
      port: server.port,
      method: "POST",
      path: "/payments/x",
      headers: { "content-length": body.length }
    })
    const response = once(outgoing, "response")
    for (const byte of body) {
      outgoing.write(byte)
      assert.strictEqual((await send(server)).status, 200)
    }
    outgoing.end()
    const [incoming] = await response
    const chunks: Array<Uint8Array> = []
    for await (const chunk of incoming) chunks.push(chunk)
    assert.include(JSON.parse(Buffer.concat(chunks).toString()), { digest: sha256(body) })
  })

  it("aborts the request's signal and cuts its body when the client goes away in the middle", async () => {
    const started = deferred<void>()
    const seen = deferred<{ readonly isAborted: boolean; readonly error: unknown }>()
    const handler: WebHandler = async (request) => {
      const aborted = once(request.signal, "abort")
      started.resolve()
      const error = await request.arrayBuffer().then(
        () => undefined,
        (failure: unknown) => failure
      )
      await aborted
      seen.resolve({ isAborted: request.signal.aborted, error })
      return new Response("nobody reads this")
    }
    const errors: Array<unknown> = []
    const note: express.ErrorRequestHandler = (error, _req, _res, next) => {
      errors.push(error)
      next(error)
    }
    await using server = await listen(appOf(handler).use(note))
    const outgoing = request({
      host: "127.0.0.1",
      port: server.port,
      method: "POST",
      path: "/payments/x",
      headers: { "content-length": "100" }
    })
    outgoing.on("error", () => {})
    outgoing.write("only this much")
    await started.promise
    outgoing.destroy()
    const { error, isAborted } = await seen.promise
    assert.isTrue(isAborted)
    assert.instanceOf(error, Error)
    assert.isEmpty(errors, "a client that goes away is no error of the application")
  })

  it("does not abort the signal of a request that was answered", async () => {
    const signals: Array<AbortSignal> = []
    const handler: WebHandler = (request) => {
      signals.push(request.signal)
      return Promise.resolve(new Response("ok"))
    }
    await using server = await listen(appOf(handler))
    await send(server)
    await send(server)
    assert.deepEqual(
      signals.map((signal) => signal.aborted),
      [false, false]
    )
  })

  it("produces an answer at the client's pace and stops producing when the client goes away", async () => {
    let produced = 0
    const canceled = deferred<void>()
    const handler: WebHandler = () => {
      const body = new ReadableStream({
        pull: (controller) => {
          produced++
          controller.enqueue(new Uint8Array(256 * 1024))
        },
        cancel: () => canceled.resolve()
      })
      return Promise.resolve(new Response(body))
    }
    await using server = await listen(appOf(handler))
    const outgoing = request({ host: "127.0.0.1", port: server.port, path: "/payments/x", agent: false }).end()
    outgoing.on("error", () => {})
    const [incoming] = await once(outgoing, "response")
    incoming.pause()
    // An endless answer to a client that reads nothing: production must come to rest once the buffers are full.
    await atRest(() => produced)
    assert.isBelow(produced, 400)
    outgoing.destroy()
    await canceled.promise
  })
})
