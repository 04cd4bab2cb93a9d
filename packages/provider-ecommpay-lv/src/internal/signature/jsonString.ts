const BACKSLASH = 0x5c
const QUOTE = 0x22

/** What a one-letter escape stands for, by the letter's byte; 0 where there is no such escape. */
const letters = new Uint8Array(256)
for (const [letter, byte] of [
  ['"', 0x22],
  ["\\", 0x5c],
  ["/", 0x2f],
  ["b", 0x08],
  ["f", 0x0c],
  ["n", 0x0a],
  ["r", 0x0d],
  ["t", 0x09]
] as const) {
  letters[letter.charCodeAt(0)] = byte
}

const hexDigit = (byte: number): number => {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1
}

/** The code unit of four hexadecimal digits at `at`, or -1. */
const codeUnit = (text: Uint8Array, at: number): number => {
  let unit = 0
  for (let i = 0; i < 4; i++) {
    const digit = hexDigit(text[at + i] ?? 0)
    if (digit < 0) return -1
    unit = unit * 16 + digit
  }
  return unit
}

const writeUtf8 = (text: Uint8Array, to: number, point: number): number => {
  if (point < 0x80) {
    text[to] = point
    return to + 1
  }
  if (point < 0x800) {
    text[to] = 0xc0 | (point >> 6)
    text[to + 1] = 0x80 | (point & 0x3f)
    return to + 2
  }
  if (point < 0x10000) {
    text[to] = 0xe0 | (point >> 12)
    text[to + 1] = 0x80 | ((point >> 6) & 0x3f)
    text[to + 2] = 0x80 | (point & 0x3f)
    return to + 3
  }
  text[to] = 0xf0 | (point >> 18)
  text[to + 1] = 0x80 | ((point >> 12) & 0x3f)
  text[to + 2] = 0x80 | ((point >> 6) & 0x3f)
  text[to + 3] = 0x80 | (point & 0x3f)
  return to + 4
}

/** Where a decoded string ends, and where its closing quote was. */
export interface DecodedString {
  readonly end: number
  readonly quote: number
}

/**
 * Decodes the escapes of a JSON string in place, from its first backslash on: an escape is never shorter than the
 * UTF-8 bytes it stands for. Undefined when the string is not JSON, or names half a surrogate pair, which has no UTF-8
 * bytes that could have been signed. `text` must end in a byte below 0x20.
 */
export const decodeEscapes = (text: Uint8Array, firstBackslash: number): DecodedString | undefined => {
  let at = firstBackslash
  let to = firstBackslash
  for (;;) {
    const byte = text[at] ?? 0
    if (byte === QUOTE) return { end: to, quote: at }
    if (byte < 0x20) return undefined
    if (byte !== BACKSLASH) {
      text[to++] = byte
      at++
      continue
    }
    const letter = text[at + 1] ?? 0
    if (letter !== 0x75) {
      const plain = letters[letter] ?? 0
      if (plain === 0) return undefined
      text[to++] = plain
      at += 2
      continue
    }
    let point = codeUnit(text, at + 2)
    at += 6
    if (point < 0 || (point >= 0xdc00 && point <= 0xdfff)) return undefined
    if (point >= 0xd800 && point <= 0xdbff) {
      const low = text[at] === BACKSLASH && text[at + 1] === 0x75 ? codeUnit(text, at + 2) : -1
      if (low < 0xdc00 || low > 0xdfff) return undefined
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00)
      at += 6
    }
    to = writeUtf8(text, to, point)
  }
}
