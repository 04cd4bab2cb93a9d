import { gzipSync } from "node:zlib"

/** Bodies that a parser would change, each with the content type under which it comes. */
export const oddBodies: ReadonlyArray<readonly [string, Uint8Array, string]> = [
  ["JSON with odd blanks", Buffer.from('{ "b":1,  "a":2 }\n'), "application/json"],
  [
    "JSON with a repeated key and a long number",
    Buffer.from('{"a":1,"a":1e400,"n":9007199254740993}'),
    "application/json"
  ],
  ["a form with repeated and empty fields", Buffer.from("a=1&a=2&&b=%C4%81+x&c"), "application/x-www-form-urlencoded"],
  ["invalid UTF-8", Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0x80]), "text/plain"],
  ["NUL bytes", Buffer.from([0, 1, 0, 2, 0]), "application/octet-stream"],
  ["a byte order mark and CR LF", Buffer.from("\u{FEFF}<a>\r\n</a>"), "text/plain; charset=utf-8"],
  ["a body of 300 kB", Buffer.alloc(300_000, "0123456789āč"), "application/octet-stream"],
  ["an empty body", new Uint8Array(0), "application/json"]
]

export const zipped = gzipSync('{"a":1}')
