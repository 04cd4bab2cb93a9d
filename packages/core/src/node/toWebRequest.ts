import type { IncomingMessage } from "node:http"

interface Parsed extends IncomingMessage {
  /** Express: the URL before it took the mount path off. */
  readonly originalUrl?: string
  readonly body?: unknown
  readonly rawBody?: unknown
}

// RFC 6761 reserves .invalid. The Host header is the client's claim and never becomes part of a URL; core builds URLs
// from its configured base.
const origin = "http://maksa.invalid"

/** The request target as it was sent: an absolute one loses its host, and a `#` in it is no fragment. */
const urlOf = (target: string): string => {
  const path = target.startsWith("/") ? target : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*\/?/i, "/")
  return origin + path.replaceAll("#", "%23")
}

/** Starts at the first read, so that a request which is not ours keeps its body; then one chunk at a time, as it is wanted. */
const streamOf = (req: IncomingMessage): ReadableStream<Uint8Array> => {
  let state: "untouched" | "open" | "done" = "untouched"
  const open = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    state = "open"
    // What is still queued must reach the reader: after the end no later event may change the outcome.
    const finish = (outcome: () => void) => () => {
      if (state === "open") outcome()
      state = "done"
    }
    const end = finish(() => controller.close())
    const cut = finish(() => controller.error(new Error("The client went away before the body was complete.")))
    if (req.readableEnded || req.destroyed) return req.readableEnded ? end() : cut()
    req.on("data", (chunk: Uint8Array) => {
      if (state === "open") controller.enqueue(chunk)
      req.pause()
    })
    req.once("end", end).once("error", cut).once("close", cut)
  }
  return new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (state === "untouched") open(controller)
        req.resume()
      },
      cancel: () => void (state = "done")
    },
    { highWaterMark: 0 }
  )
}

const bodyOf = (req: Parsed, missing: () => Error): Uint8Array | ReadableStream => {
  if (!req.readableDidRead) return streamOf(req)
  const bytes = [req.rawBody, req.body].find((candidate) => candidate instanceof Uint8Array)
  if (bytes !== undefined) return new Uint8Array(bytes)
  return new ReadableStream({ pull: (controller) => controller.error(missing()) }, { highWaterMark: 0 })
}

/** `missing` is called when the body is read although its bytes are gone. */
export const toWebRequest = (req: Parsed, signal: AbortSignal, missing: () => Error): Request => {
  const headers = new Headers()
  for (let i = 0; i + 1 < req.rawHeaders.length; i += 2) {
    const name = req.rawHeaders[i] ?? ""
    // HTTP/2 gives the request line as headers that Fetch does not know.
    if (!name.startsWith(":")) headers.append(name, req.rawHeaders[i + 1] ?? "")
  }
  const method = req.method ?? "GET"
  const hasBody = method !== "GET" && method !== "HEAD"
  return new Request(urlOf(req.originalUrl ?? req.url ?? "/"), {
    method,
    headers,
    signal,
    ...(hasBody ? { body: bodyOf(req, missing), duplex: "half" } : {})
  })
}
