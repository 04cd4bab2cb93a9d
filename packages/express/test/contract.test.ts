import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { httpBindingContract, type HttpBinding, type Parser } from "@maksa/contract-kit"
import express from "express"
import express4 from "express4"
import { afterAll, beforeAll, vi } from "vitest"
import { maksa } from "../src/index.ts"

const limit = "4mb"

const keepRawBody: NonNullable<Parameters<typeof express.json>[0]>["verify"] = (req, _res, buffer) => {
  Object.assign(req, { rawBody: buffer })
}

const parserOf = ({ kind, keepsBytes }: Parser): express.RequestHandler => {
  const verify = keepsBytes ? { verify: keepRawBody } : {}
  switch (kind) {
    case "json":
      return express.json({ limit, strict: false, ...verify })
    case "urlencoded":
      return express.urlencoded({ limit, extended: true, ...verify })
    case "text":
      return express.text({ limit, ...verify })
    case "raw":
      return express.raw({ limit })
  }
}

const binding = (name: string, framework: typeof express): HttpBinding => ({
  name,
  parsers: ["json", "urlencoded", "text", "raw"],
  fix: "Mount maksa(...) before express.json()",
  listen: async (payments, { mountPath, parsers, requestTimeoutMillis }) => {
    const errors: Array<unknown> = []
    const app = framework()
    // As agencies run it: otherwise Express's own last handler answers with the stack.
    app.set("env", "production")
    for (const parser of parsers) app.use(parserOf(parser))
    app.use(mountPath, maksa(payments))
    app.post(`${mountPath}/own`, express.raw({ type: () => true }), (req, res) => {
      // A parser before the binding has given the route something else than bytes.
      const body: unknown = req.body
      res.set("x-own", "yes").send(body instanceof Uint8Array ? body : JSON.stringify(body))
    })
    const note: express.ErrorRequestHandler = (error, _req, _res, next) => {
      errors.push(error)
      next(error)
    }
    app.use(note)
    const server = createServer(
      requestTimeoutMillis === undefined
        ? {}
        : {
            requestTimeout: requestTimeoutMillis,
            headersTimeout: requestTimeoutMillis,
            connectionsCheckingInterval: 50
          },
      app
    )
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const closed = new Promise<void>((resolve) => server.once("close", () => resolve()))
    return {
      // A TCP server's address is an object.
      port: (server.address() as AddressInfo).port,
      errors,
      close: () => {
        server.close()
        return closed
      },
      stop: () => {
        server.close()
        server.closeAllConnections()
        return closed
      }
    }
  }
})

// Express prints every error that reaches its last handler.
const printing = vi.spyOn(console, "error")
beforeAll(() => void printing.mockImplementation(() => {}))
afterAll(() => printing.mockRestore())

httpBindingContract(binding("Express 5", express))
httpBindingContract(binding("Express 4", express4))
