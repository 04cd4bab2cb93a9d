// HTTP on loopback: who calls is checked, the call is logged, faults spoil the reply, replies are signed.
import { createHash, timingSafeEqual } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import type { Accounts } from "./accounts.ts"
import { makeApi, refusalAnswer, route } from "./api.ts"
import { type Answer, type Faults, hostile, spoil } from "./Faults.ts"
import type { makePages } from "./pages.ts"
import { signature, signatureHeader } from "./signature.ts"
import { Refusal } from "./wire.ts"

export interface LoggedCall {
  readonly operation: string
  readonly at: number
  readonly digest: string
}

export interface ServerParts {
  readonly accounts: Accounts
  readonly api: ReturnType<typeof makeApi>
  readonly pages: ReturnType<typeof makePages>
  readonly faults: Faults
  readonly now: () => number
  readonly calls: Array<LoggedCall>
}

const maxRequestBytes = 1024 * 1024

const readAll = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Array<Buffer> = []
  let size = 0
  for await (const part of request) {
    const piece = Buffer.from(part as Uint8Array)
    size += piece.byteLength
    if (size > maxRequestBytes) throw new Refusal(413, "too_large")
    parts.push(piece)
  }
  return Buffer.concat(parts)
}

const isSame = (given: string, expected: string): boolean =>
  given.length === expected.length && timingSafeEqual(Buffer.from(given), Buffer.from(expected))

/** Who calls, and whether the request is theirs. */
const admit = ({ accounts, now }: ServerParts, request: IncomingMessage, body: Buffer): void => {
  const { key, keyExpiresAt, secret } = accounts.own
  const bearer = (request.headers.authorization ?? "").replace(/^Bearer /, "")
  if (bearer === accounts.expiredKey || (bearer === key && now() >= keyExpiresAt)) throw new Refusal(401, "expired_key")
  if (!isSame(bearer, key)) throw new Refusal(401, "unknown_key")
  const expected = signature(secret, ["request", request.method ?? "", request.url ?? ""], body)
  if (!isSame(String(request.headers[signatureHeader]), expected)) throw new Refusal(401, "wrong_signature")
}

/** Replies that are wrong in themselves. */
const bend = (kind: string | undefined, answer: Answer, parts: ServerParts): Answer => {
  switch (kind) {
    case "hostile":
      return hostile(answer)
    case "refusal":
      return refusalAnswer(parts.accounts.own, new Refusal(422, "not_allowed"))
    case "busy":
      return refusalAnswer(parts.accounts.own, new Refusal(429, "slow_down"))
    case "unknown_word": {
      const text = new TextDecoder().decode(answer.body).replaceAll(/"status":"[a-z_]+"/g, '"status":"sideways"')
      return { ...answer, body: new TextEncoder().encode(text) }
    }
    default:
      return answer
  }
}

const callApi = (parts: ServerParts, request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
  const url = new URL(request.url ?? "/", "http://sandbox.invalid")
  const call = route(request.method ?? "", url.pathname)
  const { accounts, api, calls, faults, now } = parts
  const digest = createHash("sha256").update(`${request.method} ${request.url}\n`).update(body).digest("hex")
  calls.push({
    operation: call === undefined || call.operation === "check" ? "other" : call.operation,
    at: now(),
    digest
  })
  const fault = call === undefined ? undefined : faults.take(call.operation)

  let answer: Answer
  try {
    admit(parts, request, body)
    if (call === undefined) throw new Refusal(404, "no_such_call")
    // "Before": nothing is done, and what is spoiled is a reply that says so.
    if (fault?.phase === "before") throw new Refusal(503, "not_done")
    answer = api(call, url.searchParams, body.toString("utf8"))
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause
    answer = refusalAnswer(accounts.own, cause)
    if (cause.http === 401) {
      // Whoever has no key gets no signature.
      response.writeHead(401, { "content-type": answer.mediaType }).end(answer.body)
      return
    }
  }
  const told = bend(fault?.kind, answer, parts)
  const secret = fault?.kind === "wrong_signature" ? "somebody-else" : accounts.own.secret
  const place = ["reply", request.method ?? "", request.url ?? "", String(told.status)]
  const headers: Record<string, string> = {
    "content-type": told.mediaType,
    [signatureHeader]: signature(secret, place, told.body)
  }
  if (fault?.kind === "busy") headers["retry-after"] = "7"
  if (fault !== undefined && spoil(fault.kind, response, told, headers)) return
  response.writeHead(told.status, headers).end(told.body)
}

const showPage = (parts: ServerParts, request: IncomingMessage, response: ServerResponse, body: Buffer): void => {
  const url = new URL(request.url ?? "/", "http://sandbox.invalid")
  const page = parts.pages(request.method ?? "", url.pathname, url.searchParams, body.toString("utf8"))
  response
    .writeHead(page?.status ?? 404, {
      "content-type": "text/html; charset=utf-8",
      ...(page?.location === undefined ? {} : { location: page.location })
    })
    .end(page?.html ?? "")
}

export const makeServer = (parts: ServerParts): Server => {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readAll(request)
    if ((request.url ?? "").startsWith("/v1/")) callApi(parts, request, response, body)
    else showPage(parts, request, response, body)
  }
  return createServer((request, response) => {
    serve(request, response).catch(() => response.destroy())
  })
}
