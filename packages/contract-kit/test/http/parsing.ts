// Body parsers as frameworks have them, for the reference binding.
import type { IncomingMessage } from "node:http"
import type { Parser, ParserKind } from "../../src/index.ts"

export interface Parsed extends IncomingMessage {
  isParsed: boolean
  body?: unknown
  rawBody?: Uint8Array
}

const types: Readonly<Record<ParserKind, string>> = {
  json: "application/json",
  urlencoded: "application/x-www-form-urlencoded",
  text: "text/plain",
  raw: "application/octet-stream"
}

export const readAll = async (req: IncomingMessage): Promise<Buffer> => {
  const pieces: Array<Uint8Array> = []
  for await (const piece of req) pieces.push(piece)
  return Buffer.concat(pieces)
}

const parse = (kind: ParserKind, bytes: Buffer): unknown => {
  switch (kind) {
    case "json":
      return JSON.parse(bytes.toString("utf8"))
    case "urlencoded":
      return Object.fromEntries(new URLSearchParams(bytes.toString("utf8")))
    case "text":
      return bytes.toString("utf8")
    case "raw":
      return bytes
  }
}

/** The first parser that claims the content type reads the body, unless it is empty. */
export const runParsers = async (req: Parsed, parsers: ReadonlyArray<Parser>): Promise<void> => {
  const parser = parsers.find(({ kind }) => req.headers["content-type"]?.startsWith(types[kind]) === true)
  if (parser === undefined || Number(req.headers["content-length"] ?? "1") === 0) return
  const bytes = await readAll(req)
  req.isParsed = true
  if (parser.keepsBytes) req.rawBody = bytes
  req.body = parse(parser.kind, bytes)
}
