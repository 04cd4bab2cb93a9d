/** A key with no meaning of its own for the signature. */
export const ORDINARY = 0
/** Holds the signature: never signed itself, at any depth. */
export const SIGNATURE = 1
/** Never signed, at any depth, by any of the provider's SDKs. */
export const FRAME_MODE = 2
/** The object that holds the signature of a Gate body. */
export const GENERAL = 3
/** Reaches an object's prototype in JavaScript: the provider's npm SDK 0.1.7 reads unsigned content through it. */
export const FORBIDDEN = 4

export type KeyMeaning = typeof ORDINARY | typeof SIGNATURE | typeof FRAME_MODE | typeof GENERAL | typeof FORBIDDEN

interface NamedKey {
  readonly bytes: Uint8Array
  readonly meaning: KeyMeaning
}

const byName: ReadonlyMap<string, KeyMeaning> = new Map<string, KeyMeaning>([
  ["general", GENERAL],
  ["signature", SIGNATURE],
  ["frame_mode", FRAME_MODE],
  ["__proto__", FORBIDDEN],
  ["prototype", FORBIDDEN],
  ["constructor", FORBIDDEN]
])
// No two of the names begin alike, so that the first byte leaves one candidate.
const byFirstByte: Array<NamedKey | undefined> = Array.from({ length: 256 }, () => undefined)
for (const [name, meaning] of byName) {
  byFirstByte[name.charCodeAt(0)] = { bytes: new TextEncoder().encode(name), meaning }
}

/** What the key in a range of `text` means. */
export const keyMeaning = (text: Uint8Array, start: number, end: number): KeyMeaning => {
  const named = byFirstByte[text[start] ?? 0]
  if (named === undefined || named.bytes.length !== end - start) return ORDINARY
  const { bytes, meaning } = named
  for (let i = 1; i < bytes.length; i++) if (text[start + i] !== bytes[i]) return ORDINARY
  return meaning
}

/** What a key of an object means. */
export const nameMeaning = (name: string): KeyMeaning => byName.get(name) ?? ORDINARY

const plain = new Uint8Array(256)
for (const letter of "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz") plain[letter.charCodeAt(0)] = 1

/** Whether a byte, or the code unit of a character, is an ASCII letter or `_`. */
const isPlainByte = (byte: number): boolean => plain[byte] === 1

/**
 * Whether a key holds ASCII letters and `_` only. All these bytes sort after `:`, so that sorting each object by its
 * keys and then walking gives the natural order of the whole paths: no path needs to be compared.
 */
export const isPlainKey = (text: Uint8Array, start: number, end: number): boolean => {
  for (let i = start; i < end; i++) if (plain[text[i] ?? 0] !== 1) return false
  return end > start
}

/** Whether a key of an object is plain: see isPlainKey. */
export const isPlainName = (name: string): boolean => {
  for (let i = 0; i < name.length; i++) if (!isPlainByte(name.charCodeAt(i))) return false
  return name !== ""
}
