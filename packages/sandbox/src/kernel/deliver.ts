import * as http from "node:http"
import * as https from "node:https"

export interface DeliveryRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

export interface DeliveryAnswer {
  readonly status: number
  /** The first 2000 characters. */
  readonly text: string
}

const keptCharacters = 2000

/** One HTTP exchange without redirects. Rejects on every network failure and after `timeoutMillis` of real time. */
export const deliver = (request: DeliveryRequest, timeoutMillis: number): Promise<DeliveryAnswer> =>
  new Promise((resolve, reject) => {
    const url = new URL(request.url)
    if (url.protocol !== "http:" && url.protocol !== "https:") throw new TypeError(`cannot call ${url.protocol}`)
    const signal = AbortSignal.timeout(timeoutMillis)
    const headers: Record<string, string> = { ...request.headers }
    if (request.body !== undefined) headers["content-length"] = String(request.body.length)
    const options: https.RequestOptions = { method: request.method, headers, signal, agent: false }
    const send = url.protocol === "https:" ? https.request : http.request
    const outgoing = send(url, options, (incoming) => {
      let text = ""
      incoming.setEncoding("utf8")
      incoming.on("data", (part: string) => {
        if (text.length < keptCharacters) text = (text + part).slice(0, keptCharacters)
      })
      incoming.on("end", () => resolve({ status: incoming.statusCode ?? 0, text }))
      incoming.on("error", reject)
    })
    outgoing.on("error", (error) => reject(signal.aborted ? new Error("timed out", { cause: error }) : error))
    outgoing.end(request.body)
  })
