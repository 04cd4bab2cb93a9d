import type { IncomingMessage, ServerResponse } from "node:http"
import { unhandledHeader } from "../http/unhandledHeader.ts"
import { BodyConsumedError } from "./BodyConsumedError.ts"
import { sendWebResponse } from "./sendWebResponse.ts"
import { toWebRequest } from "./toWebRequest.ts"

/** What core's client has as `handler`. */
export type WebHandler = (request: Request) => Promise<Response>

/** Middleware of Node's frameworks: answers, calls `next()` for what is not its own, or `next(error)`. */
export type NodeMiddleware = (
  req: IncomingMessage,
  res: ServerResponse,
  next: (error?: unknown) => void
) => Promise<void>

// Fetch's `Request` refuses these methods, and nothing of ours answers them.
const foreignMethods: ReadonlySet<string | undefined> = new Set(["CONNECT", "TRACE", "TRACK"])

/**
 * The handler as middleware. It sees the path as the client sent it, the mount path included, and the body's bytes
 * untouched. Where a body parser has already read them, a `req.rawBody` or a `Buffer` in `req.body` is used; without
 * either, a request whose body is needed fails with `BodyConsumedError`. When the client goes away, `request.signal`
 * aborts.
 *
 * @param fix what to change where a parser has read the body; ends the error's message.
 */
export const nodeMiddleware =
  (handler: WebHandler, fix: string): NodeMiddleware =>
  async (req, res, next) => {
    if (foreignMethods.has(req.method)) return next()
    const client = new AbortController()
    const onClose = () => {
      if (!res.writableFinished) client.abort()
    }
    res.once("close", onClose)
    let missing: BodyConsumedError | undefined
    try {
      const request = toWebRequest(req, client.signal, () => (missing = new BodyConsumedError(fix)))
      const response = await handler(request)
      // Whatever the handler made of a body that it could not read, the cause is the parser.
      if (missing !== undefined) throw missing
      if (response.headers.get(unhandledHeader) !== "unhandled") return await sendWebResponse(response, req, res)
      await response.body?.cancel()
      res.off("close", onClose)
    } catch (error) {
      // With the client gone there is nobody to answer, and no fault of the application.
      return client.signal.aborted ? undefined : next(missing ?? error)
    }
    next()
  }
