/** A number from 0 up to, but without, `below`. */
export type Random = (below: number) => number

/** mulberry32: the same seed, the same story. */
export const randomOf = (seed: number): Random => {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

export const pick = <A>(random: Random, from: readonly [A, ...ReadonlyArray<A>]): A =>
  from[random(from.length)] ?? from[0]
