/** A body that a careless binding would change, and the content type under which it comes. */
export interface OddBody {
  readonly what: string
  readonly bytes: Uint8Array
  readonly type: string
}

const text = (what: string, content: string, type: string): OddBody => ({ what, bytes: Buffer.from(content), type })

const allBytes = Uint8Array.from({ length: 512 }, (_, index) => (index < 256 ? index : 511 - index))

export const contentTypes = [
  "application/json",
  "application/x-www-form-urlencoded",
  "text/plain; charset=utf-8",
  "application/octet-stream"
] as const

/** Every byte value, up and down, under each content type that a parser may claim. */
export const everyByte: ReadonlyArray<OddBody> = contentTypes.map((type) => ({
  what: `every byte value as ${type}`,
  bytes: allBytes,
  type
}))

export const notUtf8: ReadonlyArray<OddBody> = contentTypes.map((type) => ({
  what: `bytes that are no UTF-8 as ${type}`,
  bytes: Uint8Array.from([0x7b, 0xc3, 0x28, 0xff, 0xfe, 0xed, 0xa0, 0x80, 0x7d]),
  type
}))

export const marked: ReadonlyArray<OddBody> = [
  text("a byte order mark", '\u{FEFF}{"a":1}', "application/json"),
  text("a byte order mark and CR LF", "\u{FEFF}<a>\r\n</a>\r\n", "text/plain; charset=utf-8"),
  { what: "NUL bytes", bytes: Uint8Array.from([0, 0x31, 0, 0x32, 0, 0]), type: "text/plain" },
  text("NUL bytes in a form", "a=\0&b=\0\0", "application/x-www-form-urlencoded")
]

export const written: ReadonlyArray<OddBody> = [
  text("JSON with odd blanks", '{ "b":1,  "a":2 }\n', "application/json"),
  text(
    "JSON with a repeated key and long numbers",
    '{"a":1,"a":1e2,"n":9007199254740993,"z":-0.0}',
    "application/json"
  ),
  text("JSON with escapes", '{"\\u0061":"\\/\\u0101","__proto__":{}}', "application/json"),
  text("a form with repeated and empty fields", "a=1&a=2&&b=%C4%81+x&c&%3d==", "application/x-www-form-urlencoded")
]

/** Bodies that frameworks' parsers accept, so that they are consumed and not refused. */
export const parseable: ReadonlyArray<OddBody> = [
  ...written,
  text("text", "ā\r\n ", "text/plain; charset=utf-8"),
  { what: "every byte value", bytes: allBytes, type: "application/octet-stream" }
]
