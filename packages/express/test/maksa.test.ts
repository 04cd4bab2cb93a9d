// What is Express's own; everything that each binding promises is in contract.test.ts.
import express from "express"
import express4 from "express4"
import { assert, describe, it } from "vitest"
import { maksa, type WebHandler } from "../src/index.ts"
import { listen, send, sendRaw, sha256 } from "./server.ts"

/** Tells what it was given. */
const echo: WebHandler = async (request) => {
  const bytes = new Uint8Array(await request.arrayBuffer())
  return Response.json({ url: request.url, digest: sha256(bytes) })
}

const cookies: WebHandler = () => {
  const headers = new Headers()
  headers.append("set-cookie", "a=1; Path=/")
  headers.append("set-cookie", "b=2, c; HttpOnly")
  return Promise.resolve(new Response("ok", { status: 201, statusText: "Made", headers }))
}

const tellError: express.ErrorRequestHandler = (error: Error, _req, res, _next) => {
  res
    .status(500)
    .json({ name: error.name, message: error.message, status: "status" in error ? error.status : undefined })
}

describe.each([
  ["Express 5", express],
  ["Express 4", express4]
])("%s", (_version, express) => {
  it("takes the handler alone, or whatever has it", async () => {
    for (const payments of [echo, { handler: echo }]) {
      await using server = await listen(express().use("/payments", maksa(payments)))
      assert.strictEqual((await send(server)).status, 200)
    }
  })

  it("uses the bytes that express.raw has put into req.body", async () => {
    const app = express()
      .use(express.raw({ type: "*/*" }))
      .use("/payments", maksa(echo))
    await using server = await listen(app)
    const body = '{ "b":1,  "a":2 }'
    const answer = await send(server, { body, headers: { "content-type": "application/json" } })
    assert.include(JSON.parse(answer.body), { digest: sha256(body) })
  })

  it("fails with BodyConsumedError, a 500, where a parser has destroyed the bytes", async () => {
    const app = express().use(express.json()).use("/payments", maksa(echo)).use(tellError)
    await using server = await listen(app)
    const answer = await send(server, { body: '{"a":1}', headers: { "content-type": "application/json" } })
    assert.strictEqual(answer.status, 500)
    assert.deepEqual(JSON.parse(answer.body), {
      name: "BodyConsumedError",
      message:
        "A body parser consumed the request and its raw bytes are gone. Mount maksa(...) before express.json(), " +
        "or pass verify: (req, _res, buf) => { req.rawBody = buf } to the parser.",
      status: 500
    })
    assert.include(answer.body, "req.rawBody = buf")
  })

  it("mounted at the root, takes neither a host from a request target nor one that starts with two slashes", async () => {
    await using server = await listen(express().use(maksa(echo)))
    const urlFor = async (target: string) => {
      const raw = await sendRaw(server, `GET ${target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`)
      return /"url":"([^"]*)"/.exec(raw)?.[1]
    }
    assert.strictEqual(await urlFor("//evil.example/x"), "http://maksa.invalid//evil.example/x")
    assert.strictEqual(await urlFor("http://evil.example/x?y"), "http://maksa.invalid/x?y")
    assert.strictEqual(await urlFor("/x?name=1#no"), "http://maksa.invalid/x?name=1%23no")
  })

  it("sends the handler's cookies beside those that the application has set", async () => {
    const app = express()
    app.use((_req, res, next) => {
      res.append("set-cookie", "session=1")
      next()
    })
    app.use(maksa(cookies))
    await using server = await listen(app)
    const answer = await send(server)
    assert.strictEqual(answer.status, 201)
    assert.deepEqual(answer.headers["set-cookie"], ["session=1", "a=1; Path=/", "b=2, c; HttpOnly"])
  })
})
