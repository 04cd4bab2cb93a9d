import type { Request, RequestHandler, Response } from "express"
import { pipeline, Readable } from "node:stream"
import { setTimeout as sleep } from "node:timers/promises"
import type { FaultRule, Faults } from "./Faults.ts"
import { resetConnection } from "./resetConnection.ts"

/** A reply as data, so that a fault can spoil it after the operation took effect. */
export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export type WithFaults = (
  operation: string | ((request: Request) => string),
  subjectOf: (request: Request) => Record<string, unknown>,
  handler: (request: Request, faults: ReadonlyArray<FaultRule>) => Promise<Reply> | Reply
) => RequestHandler

const loginPage = `<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in</h1>
<form method="post"><input name="user"><input name="password" type="password"><button>Sign in</button></form></body></html>`

const entityBomb = `<?xml version="1.0"?><!DOCTYPE bomb [<!ENTITY a "aaaaaaaaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><bomb>&d;</bomb>`

/** Keys that are repeated, keys that poison objects, and lists a hundred thousand deep. */
const jsonBomb =
  `{"__proto__":{"status":"success"},"constructor":{"prototype":{"status":"success"}},"status":"error",` +
  `"status":"success","payment":${"[".repeat(100_000)}${"]".repeat(100_000)}}`

/** Kinds that end the exchange here; every other kind is left to the handler. */
const spoilingKinds: ReadonlySet<string> = new Set([
  "close",
  "reset",
  "timeout",
  "status",
  "html",
  "truncate",
  "garbage",
  "entity_bomb",
  "dtd",
  "json_bomb",
  "huge",
  "redirect"
])

const bytesOf = (body: string | Uint8Array | undefined): Buffer =>
  typeof body === "string" ? Buffer.from(body, "utf8") : Buffer.from(body ?? new Uint8Array())

/** The right XML under a document type that points outside: harmless to read, and never to be read. */
const withDoctype = (reply: Reply): Reply => {
  const text = bytesOf(reply.body).toString("utf8")
  const start = /^<\?xml[^>]*\?>/.exec(text)?.[0] ?? ""
  return {
    ...reply,
    body: `${start}<!DOCTYPE answer SYSTEM "http://127.0.0.1:9/answer.dtd">${text.slice(start.length)}`
  }
}

/** Sends a reply with its exact length. */
export const sendReply = (response: Response, reply: Reply): void => {
  const body = bytesOf(reply.body)
  response.writeHead(reply.status, { ...reply.headers, "content-length": String(body.length) })
  response.end(body)
}

const cutInHalf = (response: Response, reply: Reply): void => {
  const body = bytesOf(reply.body)
  const whole = body.length > 1 ? body : Buffer.from("<truncated/>", "utf8")
  response.writeHead(reply.status, { ...reply.headers, "content-length": String(whole.length) })
  response.write(whole.subarray(0, Math.floor(whole.length / 2)), () => response.socket?.destroy())
}

const hugeBytes = 128 * 1024 * 1024

/** As many blanks as the receiver takes, up to 128 MiB. */
const flood = (response: Response, reply: Reply): void => {
  const blanks = Buffer.alloc(65_536, " ")
  let left = hugeBytes
  const source = new Readable({
    read() {
      left -= blanks.length
      this.push(left < 0 ? null : blanks)
    }
  })
  response.writeHead(reply.status, { ...reply.headers })
  // A receiver that has had enough is the purpose.
  pipeline(source, response, () => undefined)
}

const spoil = (rule: FaultRule, request: Request, response: Response, reply: Reply | undefined): void => {
  const good: Reply = reply ?? { status: 200, headers: { "content-type": "text/plain; charset=utf-8" } }
  switch (rule.kind) {
    case "close": {
      request.socket.end()
      return
    }
    case "reset": {
      resetConnection(request.socket)
      return
    }
    case "timeout":
      return
    case "status": {
      sendReply(response, { status: rule.status ?? 503, headers: { "content-type": "text/plain" }, body: "" })
      return
    }
    case "html": {
      const headers = { "content-type": "text/html; charset=utf-8" }
      sendReply(response, { status: rule.status ?? 200, headers, body: loginPage })
      return
    }
    case "truncate": {
      cutInHalf(response, good)
      return
    }
    case "garbage": {
      const noise = Uint8Array.from({ length: 256 }, (_, index) => (index * 167 + 13) % 256)
      sendReply(response, { ...good, status: rule.status ?? good.status, body: noise })
      return
    }
    case "json_bomb": {
      const headers = { "content-type": "application/json; charset=utf-8" }
      sendReply(response, { status: rule.status ?? 200, headers, body: jsonBomb })
      return
    }
    case "dtd": {
      sendReply(response, withDoctype(good))
      return
    }
    case "huge": {
      flood(response, good)
      return
    }
    case "redirect": {
      sendReply(response, { status: rule.status ?? 302, headers: { location: "/elsewhere" }, body: "" })
      return
    }
    default: {
      const headers = { "content-type": "text/xml; charset=utf-8" }
      sendReply(response, { status: rule.status ?? 200, headers, body: entityBomb })
    }
  }
}

/**
 * Wraps an operation of a simulator for Express. `slow` waits in real time (`delayMillis`, default 2000). The other
 * kinds that belong to HTTP end the exchange; kinds that belong to a provider reach the handler.
 */
export const createWithFaults =
  (faults: Faults): WithFaults =>
  (operation, subjectOf, handler) =>
  async (request, response) => {
    const name = typeof operation === "string" ? operation : operation(request)
    const rules = faults.take(name, subjectOf(request))
    const pause = async (phase: FaultRule["phase"]): Promise<void> => {
      const slow = rules.find((rule) => rule.kind === "slow" && rule.phase === phase)
      if (slow !== undefined) await sleep(slow.delayMillis ?? 2000)
    }
    const spoiler = (phase: FaultRule["phase"]): FaultRule | undefined =>
      rules.find((rule) => rule.phase === phase && spoilingKinds.has(rule.kind))

    await pause("before")
    const before = spoiler("before")
    if (before !== undefined) {
      spoil(before, request, response, undefined)
      return
    }
    const reply = await handler(request, rules)
    await pause("after")
    const after = spoiler("after")
    if (after === undefined) sendReply(response, reply)
    else spoil(after, request, response, reply)
  }
