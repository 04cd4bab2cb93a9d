import type { IncomingMessage, ServerResponse } from "node:http"
import { BodyConsumedError } from "./BodyConsumedError.ts"
import { sendWebResponse } from "./internal/sendWebResponse.ts"
import { toWebRequest } from "./internal/toWebRequest.ts"

/** What core's client has as `handler`. */
export type WebHandler = (request: Request) => Promise<Response>

/** Fits `app.use` of Express 4 and 5, whichever version of their types is installed. */
export type RequestHandler = (
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void
) => Promise<void>

// Fetch's `Request` refuses these methods, and nothing of ours answers them.
const foreignMethods: ReadonlySet<string | undefined> = new Set(["CONNECT", "TRACE", "TRACK"])

/**
 * Serves Maksa's routes (webhooks, payer returns, next-action pages) in an Express app: `app.use("/payments",
 * maksa(payments))`, before or after body parsers. A path that is not one of them goes on to `next()`.
 *
 * The handler sees the path as the client sent it, the mount path included, and the body's bytes untouched. Where a body
 * parser has already read them, a `req.rawBody` or a `Buffer` in `req.body` is used; without either, a request whose body
 * is needed fails with `BodyConsumedError`. Errors go to `next`; when the client goes away, `request.signal` aborts.
 */
export const maksa = (payments: WebHandler | { readonly handler: WebHandler }): RequestHandler => {
  const handler: WebHandler = typeof payments === "function" ? payments : (request) => payments.handler(request)
  return async (req, res, next) => {
    if (foreignMethods.has(req.method)) return next()
    const client = new AbortController()
    const onClose = () => {
      if (!res.writableFinished) client.abort()
    }
    res.once("close", onClose)
    let missing: BodyConsumedError | undefined
    try {
      const request = toWebRequest(req, client.signal, () => (missing = new BodyConsumedError()))
      const response = await handler(request)
      // Whatever the handler made of a body that it could not read, the cause is the parser.
      if (missing !== undefined) throw missing
      if (response.headers.get("x-maksa") !== "unhandled") return await sendWebResponse(response, req, res)
      await response.body?.cancel()
      res.off("close", onClose)
    } catch (error) {
      // With the client gone there is nobody to answer, and no fault of the application.
      return client.signal.aborted ? undefined : next(missing ?? error)
    }
    next()
  }
}
