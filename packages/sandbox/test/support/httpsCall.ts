import { once } from "node:events"
import { readFileSync } from "node:fs"
import type { IncomingHttpHeaders } from "node:http"
import * as https from "node:https"
import type { ClientName, Sandbox } from "../../src/index.ts"

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
  readonly text: string
}

export interface CallOptions {
  readonly method?: string
  readonly headers?: Record<string, string>
  readonly body?: string | Uint8Array
  /** `none` sends no certificate. Default: `a`. */
  readonly client?: ClientName | "none"
  readonly agent?: https.Agent
  readonly signal?: AbortSignal
}

/** One HTTPS exchange with the sandbox's CA trusted; rejects when the reply does not arrive whole. */
export const httpsCall = async (sandbox: Sandbox, url: string, options: CallOptions = {}): Promise<Answer> => {
  const { ca, clients } = sandbox.ready.pki
  const client = options.client ?? "a"
  const identity =
    client === "none" ? {} : { pfx: readFileSync(clients[client].pfx), passphrase: clients[client].passphrase }
  const request = https.request(url, {
    method: options.method ?? "GET",
    headers: options.headers ?? {},
    ca: readFileSync(ca),
    agent: options.agent ?? false,
    ...identity,
    ...(options.signal === undefined ? {} : { signal: options.signal })
  })
  request.end(options.body)
  const [incoming] = await once(request, "response")
  const parts: Array<Buffer> = []
  for await (const part of incoming) parts.push(Buffer.from(part))
  const body = Buffer.concat(parts)
  return { status: incoming.statusCode ?? 0, headers: incoming.headers, body, text: body.toString("utf8") }
}
