import type { ErrorRequestHandler } from "express"
import { sendReply } from "../kernel/HttpFaults.ts"
import type { World } from "../kernel/World.ts"
import { iisPage } from "./soapEnvelope.ts"

/** Answers what no service could: too large a message, and mistakes of the simulator, which are logged. */
export const iisErrors =
  (world: World): ErrorRequestHandler =>
  (error, _request, response, next) => {
    if (response.headersSent) {
      next(error)
      return
    }
    const tooLarge = error instanceof Error && "type" in error && error.type === "entity.too.large"
    if (!tooLarge) world.log(`VISS MM failed: ${error instanceof Error ? error.message : "unknown"}`)
    sendReply(response, tooLarge ? iisPage(413, "Request Entity Too Large") : iisPage(500, "Server Error"))
  }
