import type { ServerResponse } from "node:http"

export const kinds = [
  "close",
  "timeout",
  "server_error",
  "html",
  "garbage",
  "truncated",
  "huge",
  "hostile",
  "redirect",
  "unknown_word",
  "refusal",
  "busy"
] as const
export type Fault = (typeof kinds)[number]

/** Spoils one reply. */
export const spoil = (kind: Fault, response: ServerResponse, status: number, text: string): void => {
  const json = { "content-type": "application/json" }
  switch (kind) {
    case "close":
      return void response.destroy()
    case "timeout":
      return
    case "server_error":
      return void response.writeHead(500).end()
    case "html":
      return void response.writeHead(200, { "content-type": "text/html" }).end("<h1>Maintenance</h1>")
    case "garbage":
      return void response.writeHead(200, json).end(Buffer.from([0xff, 0x00, 0xc3, 0x28]))
    case "truncated":
      response.writeHead(status, { ...json, "content-length": String(text.length) })
      return void response.write(text.slice(0, text.length / 2), () => response.destroy())
    case "huge":
      return void response.writeHead(status, json).end(Buffer.alloc(8 * 1024 * 1024, 0x20))
    case "hostile":
      return void response.writeHead(status, json).end(`${"[".repeat(50_000)}${text}${"]".repeat(50_000)}`)
    case "redirect":
      return void response.writeHead(302, { location: "/elsewhere" }).end()
    case "unknown_word":
      return void response.writeHead(status, json).end(text.replace(/"state":"[a-z]+"/, '"state":"sideways"'))
    case "refusal":
      return void response.writeHead(422, json).end('{"error":"not_allowed"}')
    case "busy":
      return void response.writeHead(429, json).end('{"error":"slow_down"}')
  }
}
