import type { IncomingMessage, ServerResponse } from "node:http"
import { pipeline } from "node:stream/promises"

const smallBody = 64 * 1024

/** Streams the answer at the client's pace; ends when the last byte is handed over, rejects when it cannot be. */
export const sendWebResponse = async (response: Response, req: IncomingMessage, res: ServerResponse): Promise<void> => {
  res.statusCode = response.status
  if (response.statusText !== "") res.statusMessage = response.statusText
  for (const [name, value] of response.headers) if (name !== "set-cookie") res.setHeader(name, value)
  for (const cookie of response.headers.getSetCookie()) res.appendHeader("set-cookie", cookie)
  // The rest of a body that the handler did not want is not read to its end just to keep the connection, unless little is left.
  if (!req.complete && !(Number(req.headers["content-length"]) <= smallBody)) res.setHeader("connection", "close")
  res.once("finish", () => req.removeAllListeners("data").resume())
  if (response.body !== null && req.method !== "HEAD") return await pipeline(response.body, res)
  await response.body?.cancel()
  res.end()
}
