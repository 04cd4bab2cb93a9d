/** A repeatable source of identifiers: the same seed gives the same identifiers in the same order. */
export interface Random {
  /** A random (version 4) GUID in lower case. */
  uuid(): string
  /** `length` decimal digits, the first of them not 0. */
  digits(length: number): string
  /** `length` hexadecimal digits in lower case. */
  hex(length: number): string
  /** A whole number from 0 up to, not including, `below`. */
  below(below: number): number
  /** From now on `reset` comes back to here instead of to the seed. */
  keep(): void
  reset(): void
}

/** The generator is sfc32: small, well spread, and in no way secret. Nothing here protects money. */
export const createRandom = (seed: number): Random => {
  let state: [number, number, number, number] = [0, 0, 0, 0]

  const next = (): number => {
    let [a, b, c, d] = state
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    state = [a, b, c, d]
    return t >>> 0
  }

  state = [seed | 0, Math.floor(seed / 0x1_0000_0000) | 0, 0x6d616b73, 1]
  // The first outputs of sfc32 still show the seed.
  for (let round = 0; round < 15; round += 1) next()
  let start = state

  const below = (limit: number): number => next() % limit
  const hex = (length: number): string => Array.from({ length }, () => below(16).toString(16)).join("")

  return {
    below,
    hex,
    keep: () => {
      start = state
    },
    reset: () => {
      state = start
    },
    digits: (length) => Array.from({ length }, (_, index) => (index === 0 ? below(9) + 1 : below(10))).join(""),
    uuid: () => {
      const variant = (8 + below(4)).toString(16)
      return `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(12)}`
    }
  }
}
