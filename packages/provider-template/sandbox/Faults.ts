import type { ServerResponse } from "node:http"

export type Fault =
  | "close"
  | "timeout"
  | "server_error"
  | "html"
  | "garbage"
  | "truncated"
  | "huge"
  | "hostile"
  | "wrong_signature"
  | "redirect"
  | "unknown_word"
  | "refusal"
  | "busy"

export interface Plan {
  readonly operation: string
  readonly kind: Fault
  readonly phase: "before" | "after"
  /** How many calls it spoils; default 1. */
  readonly times?: number
}

/** Faults that are planned; each spoils so many calls of one operation. */
export class Faults {
  #plans: Array<{ readonly plan: Plan; left: number }> = []

  plan(plan: Plan): void {
    this.#plans.push({ plan, left: plan.times ?? 1 })
  }
  clear(): void {
    this.#plans = []
  }
  take(operation: string): Plan | undefined {
    const found = this.#plans.find(({ plan, left }) => plan.operation === operation && left > 0)
    if (found !== undefined) found.left--
    return found?.plan
  }
}

export interface Answer {
  readonly status: number
  readonly mediaType: string
  readonly body: Uint8Array
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** A bomb of the reply's own format, correctly signed: only the reader's own limits help. */
export const hostile = ({ status, mediaType, body }: Answer): Answer => {
  if (mediaType === "application/xml") {
    const entities = Array.from({ length: 12 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join("")
    return {
      status,
      mediaType,
      body: bytes(`<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "x">${entities}]><r>&e12;</r>`)
    }
  }
  if (mediaType === "application/pdf") return { status, mediaType, body: bytes(`%PDF-1.4\n${"<<".repeat(50_000)}`) }
  const text = new TextDecoder().decode(body)
  const poison = `"status":"paid","__proto__":{"status":"paid"},"deep":${"[".repeat(50_000)}${"]".repeat(50_000)},`
  const place = text.includes('"number"') ? text.indexOf('"number"') : 1
  return { status, mediaType, body: bytes(text.slice(0, place) + poison + text.slice(place)) }
}

/** Spoils a reply on the wire. Answers false where the reply itself is what is wrong, and is sent as it is. */
export const spoil = (
  kind: Fault,
  response: ServerResponse,
  answer: Answer,
  headers: Record<string, string>
): boolean => {
  switch (kind) {
    case "close":
      response.destroy()
      return true
    case "timeout":
      return true
    case "server_error":
      response.writeHead(500).end()
      return true
    case "html":
      response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><h1>Maintenance</h1>")
      return true
    case "garbage":
      response.writeHead(200, headers).end(Buffer.from([0xff, 0x00, 0xc3, 0x28, 0xfe, 0x7b, 0x22, 0x80, 0x01]))
      return true
    case "truncated":
      response.writeHead(answer.status, { ...headers, "content-length": String(answer.body.byteLength) })
      response.write(answer.body.subarray(0, Math.floor(answer.body.byteLength / 2)), () => response.destroy())
      return true
    case "huge":
      response.writeHead(answer.status, headers).end(Buffer.alloc(8 * 1024 * 1024, 0x20))
      return true
    case "redirect":
      response.writeHead(302, { location: "/elsewhere" }).end()
      return true
    case "wrong_signature":
    case "hostile":
    case "unknown_word":
    case "refusal":
    case "busy":
      return false
  }
}
