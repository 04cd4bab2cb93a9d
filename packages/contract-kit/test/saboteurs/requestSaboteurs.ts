// Bindings that spoil what comes in.
import { gunzipSync } from "node:zlib"
import { readAll } from "../http/parsing.ts"
import { BodyConsumed, type Call, lazily, right } from "../http/referenceBinding.ts"
import { type BindingSaboteur, saboteur } from "./BindingSaboteur.ts"

/** A body step that changes untouched bytes. */
const rewriting = (change: (bytes: Buffer, call: Call) => Uint8Array) => ({
  body: async (call: Call) => (call.req.isParsed ? right.body(call) : change(await readAll(call.req), call))
})

const isJson = ({ req }: Call) => req.headers["content-type"] === "application/json"

const again = (bytes: Buffer): Uint8Array => {
  try {
    return Buffer.from(JSON.stringify(JSON.parse(bytes.toString())))
  } catch {
    return bytes
  }
}

// Requests of all clients write into it.
let shared: Array<Uint8Array> = []
let last: Promise<unknown> = Promise.resolve()

export const requestSaboteurs: ReadonlyArray<BindingSaboteur> = [
  saboteur(
    "rewrites-json",
    "Parses JSON and writes it again.",
    "as-written",
    rewriting((bytes, call) => (isJson(call) ? again(bytes) : bytes))
  ),
  saboteur(
    "decodes-utf-8",
    "Makes text of the body and bytes of the text.",
    "not-utf-8",
    rewriting((bytes) => Buffer.from(bytes.toString("utf8")))
  ),
  saboteur(
    "drops-the-bom",
    "Drops a byte order mark.",
    "bom-and-nul",
    rewriting((bytes) => (bytes[0] === 0xef && bytes[1] === 0xbb ? bytes.subarray(3) : bytes))
  ),
  saboteur(
    "ends-at-nul",
    "Takes NUL for the end.",
    "every-byte",
    rewriting((bytes) => (bytes.includes(0) ? bytes.subarray(0, bytes.indexOf(0)) : bytes))
  ),
  saboteur(
    "fills-the-empty-body",
    "Makes an empty object of an empty body.",
    "empty-body",
    rewriting((bytes) => (bytes.length === 0 ? Buffer.from("{}") : bytes))
  ),
  saboteur("takes-one-packet", "Takes the first packet for the whole body.", "large-body", {
    body: async (call) => {
      if (call.req.isParsed) return right.body(call)
      const { value } = await lazily(call.req).getReader().read()
      return value ?? new Uint8Array()
    }
  }),
  saboteur(
    "inflates",
    "Inflates what says that it is compressed.",
    "compressed-untouched",
    rewriting((bytes, { req }) => (req.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes))
  ),
  saboteur("forgets-raw-body", "Does not look for the bytes that a parser kept.", "parsers-that-keep", {
    body: (call) => {
      Object.assign(call.req, { rawBody: undefined })
      return right.body(call)
    }
  }),
  saboteur("trusts-the-parser", "Writes a parsed body again where its bytes are gone.", "parsers-that-destroy", {
    body: (call) => {
      const { req } = call
      return req.isParsed && req.rawBody === undefined ? Buffer.from(JSON.stringify(req.body)) : right.body(call)
    }
  }),
  saboteur(
    "believes-the-handler",
    "Lets the handler's answer stand although the bytes were gone.",
    "no-false-forgery",
    {
      body: (call) =>
        right.body(
          new Proxy(call, { set: (target, name, value) => name === "consumed" || Reflect.set(target, name, value) })
        )
    }
  ),
  saboteur("hides-the-fix", "Says of destroyed bytes that something went wrong.", "parsers-that-destroy", {
    tell: (error, errors) => void errors.push(error instanceof BodyConsumed ? new Error("something went wrong") : error)
  }),
  saboteur("wants-no-parsers", "Refuses every request behind a parser.", "parsers-without-body", {
    body: (call) => {
      if (call.application.parsers.length > 0) throw new BodyConsumed()
      return right.body(call)
    }
  }),
  saboteur("complains-early", "Refuses a destroyed body that nobody wants.", "body-not-needed", {
    body: (call) => {
      if (call.req.isParsed && call.req.rawBody === undefined) throw new BodyConsumed()
      return right.body(call)
    }
  }),
  saboteur("has-a-limit-of-its-own", "Refuses bodies that the handler would take.", "at-the-limit", {
    enter: ({ req, res }) => {
      if (Number(req.headers["content-length"] ?? 0) < 65_536) return true
      res.writeHead(413, { connection: "close" }).end()
      return false
    }
  }),
  saboteur("cuts-at-a-limit", "Cuts long bodies instead of refusing them.", "over-the-limit", {
    ...rewriting((bytes) => bytes.subarray(0, 65_536)),
    headers: (req) => {
      const headers = right.headers(req)
      headers.delete("content-length")
      return headers
    }
  }),
  saboteur("reads-all-first", "Reads every body to its end before it asks the handler.", "declared-too-large", {
    ...rewriting((bytes) => bytes)
  }),
  saboteur("buffers-without-limit", "Collects every body in memory.", "endless-body", {
    ...rewriting((bytes) => bytes)
  }),
  saboteur("reads-ahead", "Takes from the network whatever comes, wanted or not.", "handlers-pace", {
    body: (call) => {
      if (call.req.isParsed) return right.body(call)
      return new ReadableStream({
        start: (controller) => {
          call.req.on("data", (piece: Uint8Array) => controller.enqueue(piece)).once("end", () => controller.close())
        }
      })
    }
  }),
  saboteur("serves-one-at-a-time", "Begins with a request when the one before is answered.", "trickling-body", {
    call: (request, call) => {
      const mine = last.then(() => right.call(request, call))
      last = mine.catch(() => undefined)
      return mine
    }
  }),
  saboteur("has-few-places", "Holds only as many connections as it likes.", "many-slow-clients", {
    place: (server) => void (server.maxConnections = 30)
  }),
  saboteur("waits-for-ever", "Never gives up on a request that does not arrive.", "request-timeout", {
    server: () => ({ requestTimeout: 0, headersTimeout: 0 })
  }),
  saboteur("answers-options", "Answers OPTIONS itself.", "methods-reach", {
    enter: (call) => {
      if (call.req.method !== "OPTIONS") return right.enter(call)
      call.res.writeHead(204, { allow: "GET, POST" }).end()
      return false
    }
  }),
  saboteur("takes-post-alone", "Takes notices by POST alone.", "methods-answered", {
    enter: (call) => {
      if (call.req.method === "POST") return right.enter(call)
      call.res.writeHead(405).end()
      return false
    }
  }),
  saboteur("turns-head-into-get", "Gives the handler a GET for a HEAD.", "methods-reach", {
    method: (req) => (req.method === "HEAD" ? "GET" : right.method(req))
  }),
  saboteur("echoes-trace", "Answers TRACE with what it was sent.", "foreign-methods", {
    enter: (call) => {
      if (call.req.method !== "TRACE") return true
      call.res.writeHead(200).end(JSON.stringify(call.req.headers))
      return false
    }
  }),
  saboteur("drops-headers", "Hands on only the headers that it knows.", "headers-arrive", {
    headers: (req) => {
      const headers = right.headers(req)
      for (const name of headers.keys()) if (name.startsWith("x-mixed")) headers.delete(name)
      return headers
    }
  }),
  saboteur("keeps-the-last-header", "Keeps the last one of repeated headers.", "repeated-headers", {
    headers: (req) => {
      const headers = new Headers()
      for (const [name, values] of Object.entries(req.headersDistinct)) headers.set(name, values?.at(-1) ?? "")
      return headers
    }
  }),
  saboteur("drops-the-query", "Hands on the path without the query.", "behind-a-proxy", {
    url: (req, mountPath) => right.url(req, mountPath).replace(/\?.*/, "")
  }),
  saboteur("rewrites-the-query", "Parses the query and writes it again.", "query-as-sent", {
    url: (req, mountPath) => {
      const url = new URL(right.url(req, mountPath))
      if (url.search !== "") url.search = new URLSearchParams(url.search).toString()
      return url.href
    }
  }),
  saboteur("tidies-the-path", "Takes slashes together and away.", "path-as-sent", {
    url: (req, mountPath) => {
      const url = new URL(right.url(req, mountPath))
      url.pathname = url.pathname.replaceAll(/\/+/g, "/").replace(/\/$/, "")
      return url.href
    }
  }),
  saboteur("trusts-the-host", "Builds the URL from the Host header.", "strangers-host", {
    url: (req, mountPath) => right.url(req, mountPath).replace("binding.invalid", req.headers.host ?? "binding.invalid")
  }),
  saboteur("mixes-bodies", "Collects bodies in one place for all requests.", "parallel-requests", {
    body: async (call) => {
      for await (const piece of lazily(call.req)) shared.push(piece)
      const bytes = Buffer.concat(shared)
      shared = []
      return bytes
    }
  }),
  saboteur("closes-connections", "Closes the connection after each answer.", "kept-connection", {
    enter: (call) => {
      call.res.setHeader("connection", "close")
      return right.enter(call)
    }
  }),
  saboteur("is-lenient", "Parses what is no HTTP as well as it can.", "malformed-requests", {
    server: (application) => ({ ...right.server(application), insecureHTTPParser: true })
  }),
  saboteur("strips-the-mount-path", "Hands on the path without the mount path.", "mounted-elsewhere", {
    url: (req, mountPath) => right.url(req, mountPath).replace(mountPath, "")
  }),
  saboteur("serves-everywhere", "Serves the handler under every path.", "mounted-elsewhere", { isOurs: () => true }),
  saboteur("eats-foreign-bodies", "Reads the body before it knows whose it is.", "goes-on", {
    body: async (call) => (call.req.isParsed ? right.body(call) : readAll(call.req))
  })
]
