import { type NodeMiddleware, nodeMiddleware, type WebHandler } from "@maksa/core/node"

const fix =
  "Mount maksa(...) before express.json(), or pass verify: (req, _res, buf) => { req.rawBody = buf } to the parser."

/**
 * Serves Maksa's routes (webhooks, payer returns, next-action pages) in an Express app: `app.use("/payments",
 * maksa(payments))`, before or after body parsers, in Express 4 and 5. A path that is not one of them goes on to `next()`.
 *
 * The handler sees the path as the client sent it, the mount path included, and the body's bytes untouched. Where a body
 * parser has already read them, a `req.rawBody` or a `Buffer` in `req.body` is used; without either, a request whose body
 * is needed fails with `BodyConsumedError`. Errors go to `next`; when the client goes away, `request.signal` aborts.
 */
export const maksa = (payments: WebHandler | { readonly handler: WebHandler }): NodeMiddleware =>
  nodeMiddleware(typeof payments === "function" ? payments : (request) => payments.handler(request), fix)
