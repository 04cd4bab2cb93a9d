import type { IncomingMessage, ServerResponse } from "node:http"
import { BodyConsumedError } from "../BodyConsumedError.ts"
import type { PaymentsLike } from "../options.ts"
import { sendWebResponse } from "./sendWebResponse.ts"
import { toWebRequest } from "./toWebRequest.ts"

type Middleware = (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => Promise<void>

// Fetch's `Request` refuses these methods, and nothing of ours answers them.
const foreignMethods: ReadonlySet<string | undefined> = new Set(["CONNECT", "TRACE", "TRACK"])

/** The client's handler as middleware; errors go to `next`, and so to Nest's exception filters. */
export const serve =
  (payments: PaymentsLike): Middleware =>
  async (req, res, next) => {
    if (foreignMethods.has(req.method)) return next()
    const client = new AbortController()
    const onClose = () => {
      if (!res.writableFinished) client.abort()
    }
    res.once("close", onClose)
    let missing: BodyConsumedError | undefined
    try {
      const request = toWebRequest(req, client.signal, () => (missing = new BodyConsumedError()))
      const response = await payments.handler(request)
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
