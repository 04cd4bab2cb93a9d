// The plainest right binding, on node:http alone, in steps that a saboteur replaces one at a time.
import { once } from "node:events"
import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { pipeline } from "node:stream/promises"
import { unhandledHeader } from "@maksa/core"
import type { Application, HttpBinding, ListeningApplication, WebHandler } from "../../src/index.ts"
import { type Parsed, readAll, runParsers } from "./parsing.ts"

export const fix = "Mount the binding before the parsers, or keep rawBody."

export class BodyConsumed extends Error {
  constructor() {
    super(fix)
  }
}

export interface Call {
  readonly req: Parsed
  readonly res: ServerResponse
  readonly application: Application
  readonly handler: WebHandler
  readonly signal: AbortSignal
  /** Set when the handler wanted bytes that a parser had destroyed. */
  consumed: boolean
}

type Body = Uint8Array | ReadableStream<Uint8Array>

export interface Steps {
  readonly isOurs: (path: string, mountPath: string) => boolean
  readonly url: (req: Parsed, mountPath: string) => string
  readonly headers: (req: Parsed) => Headers
  readonly method: (req: Parsed) => string
  /** May give the body at once or as it comes. */
  readonly body: (call: Call) => Body | Promise<Body>
  readonly request: (url: string, init: RequestInit & { readonly duplex?: "half" }, call: Call) => Request
  readonly call: (request: Request, call: Call) => Promise<Response>
  /** Whether the application has to answer. */
  readonly goesOn: (response: Response) => boolean
  readonly respond: (response: Response, call: Call) => Promise<void>
  readonly tell: (error: unknown, errors: Array<unknown>) => void
  readonly fail: (error: unknown, call: Call) => void
  /** Before anything else is done with a request; `false`: it was answered. */
  readonly enter: (call: Call) => boolean | Promise<boolean>
  /** After the answer. */
  readonly leave: (call: Call, client: AbortController) => void
  readonly server: (application: Application) => ServerOptions
  /** Before the server listens. */
  readonly place: (server: Server) => void
  readonly close: (stop: () => void) => void
}

const timeouts = (millis: number | undefined): ServerOptions =>
  millis === undefined ? {} : { requestTimeout: millis, headersTimeout: millis, connectionsCheckingInterval: 50 }

/** One piece at a time, from the first read on; a client that left is an error. */
export const lazily = (req: IncomingMessage): ReadableStream<Uint8Array> => {
  let pieces: AsyncIterator<Uint8Array> | undefined
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        pieces ??= req.iterator({ destroyOnReturn: false })
        const { done, value } = await pieces.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      }
    },
    { highWaterMark: 0 }
  )
}

export const right: Steps = {
  isOurs: (path, mountPath) =>
    path === mountPath || path.startsWith(`${mountPath}/`) || path.startsWith(`${mountPath}?`),
  url: (req) => `http://binding.invalid${(req.url ?? "/").replace(/^https?:\/\/[^/]*/, "")}`,
  headers: (req) => {
    const headers = new Headers()
    for (const [name, values] of Object.entries(req.headersDistinct)) {
      for (const value of values ?? []) headers.append(name, value)
    }
    return headers
  },
  method: (req) => req.method ?? "GET",
  body: (call) => {
    const { req } = call
    const kept = [req.rawBody, req.body].find((one) => one instanceof Uint8Array)
    if (kept !== undefined) return kept
    if (!req.isParsed) return lazily(req)
    return new ReadableStream<Uint8Array>(
      {
        pull: (controller) => {
          call.consumed = true
          controller.error(new BodyConsumed())
        }
      },
      { highWaterMark: 0 }
    )
  },
  request: (url, init) => new Request(url, init),
  call: (request, { handler }) => handler(request),
  goesOn: (response) => response.headers.get(unhandledHeader) === "unhandled",
  respond: async (response, { req, res }) => {
    res.statusCode = response.status
    for (const [name, value] of response.headers) if (name !== "set-cookie") res.setHeader(name, value)
    const cookies = response.headers.getSetCookie()
    if (cookies.length > 0) res.setHeader("set-cookie", cookies)
    const isLongLeft = !req.complete && !(Number(req.headers["content-length"]) <= 65_536)
    if (isLongLeft) res.setHeader("connection", "close")
    if (!isLongLeft) res.once("finish", () => req.resume())
    if (response.body !== null && req.method !== "HEAD") return pipeline(response.body, res)
    await response.body?.cancel()
    res.end()
  },
  tell: (error, errors) => void errors.push(error),
  fail: (_error, { res }) => {
    if (res.headersSent) res.destroy()
    else res.writeHead(500, { "content-type": "text/plain" }).end("Internal error")
  },
  enter: ({ req, res }) => {
    if (req.method !== "TRACE") return true
    res.writeHead(405).end()
    return false
  },
  leave: () => {},
  server: ({ requestTimeoutMillis }) => timeouts(requestTimeoutMillis),
  place: () => {},
  close: () => {}
}

const ownRoute = async ({ req, res, application }: Call): Promise<void> => {
  if (req.method !== "POST" || req.url !== `${application.mountPath}/own`) {
    res.writeHead(404, { "content-type": "text/plain" }).end("The application has no such page.")
    return
  }
  const body = req.isParsed ? JSON.stringify(req.body) : await readAll(req)
  res.writeHead(200, { "x-own": "yes" }).end(body)
}

/** The binding with some steps replaced. */
export const bindingOf = (name: string, spoiled: Partial<Steps> = {}): HttpBinding => {
  const steps: Steps = { ...right, ...spoiled }

  const serve = async (call: Call): Promise<void> => {
    const { req } = call
    if (!steps.isOurs(req.url ?? "/", call.application.mountPath)) return ownRoute(call)
    const method = steps.method(req)
    const hasBody = method !== "GET" && method !== "HEAD"
    const request = steps.request(
      steps.url(req, call.application.mountPath),
      {
        method,
        headers: steps.headers(req),
        signal: call.signal,
        ...(hasBody ? { body: await steps.body(call), duplex: "half" } : {})
      },
      call
    )
    const response = await steps.call(request, call)
    if (call.consumed) throw new BodyConsumed()
    return steps.goesOn(response) ? ownRoute(call) : steps.respond(response, call)
  }

  const listen: HttpBinding["listen"] = async (payments, application): Promise<ListeningApplication> => {
    const errors: Array<unknown> = []
    const server = createServer(steps.server(application), (req, res) => {
      const client = new AbortController()
      res.once("close", () => {
        if (!res.writableFinished) client.abort()
      })
      const handler: WebHandler = (request) => payments.handler(request)
      const parsed: Parsed = Object.assign(req, { isParsed: false })
      const call: Call = { req: parsed, res, application, handler, signal: client.signal, consumed: false }
      void (async () => {
        try {
          if (!(await steps.enter(call))) return
          await runParsers(parsed, application.parsers)
          await serve(call)
        } catch (error) {
          if (client.signal.aborted) return
          steps.tell(error, errors)
          steps.fail(error, call)
        } finally {
          steps.leave(call, client)
        }
      })()
    })
    steps.place(server)
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const closed = new Promise<void>((resolve) => server.once("close", () => resolve()))
    return {
      // A TCP server's address is an object.
      port: (server.address() as AddressInfo).port,
      errors,
      close: () => {
        server.close()
        steps.close(() => server.closeAllConnections())
        return closed
      },
      stop: () => {
        server.close()
        server.closeAllConnections()
        return closed
      }
    }
  }
  return { name, listen, fix, parsers: ["json", "urlencoded", "text", "raw"] }
}
