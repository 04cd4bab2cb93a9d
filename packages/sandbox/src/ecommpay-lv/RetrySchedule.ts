const seconds = 1000
const lastAttempt = 120

/**
 * How long after a failed callback the next attempt follows (ecommpay, "Callbacks"): attempts 1 to 6 every 10 s, then
 * growing intervals from 84 s at the 7th to 3 h 57 min at the 68th, then every 4 h, 120 attempts in all.
 * The growth formula is reconstructed from the published intervals.
 *
 * @param made attempts made so far. @returns milliseconds, or undefined when no more follow.
 */
export const nextCallbackAfter = (made: number): number | undefined => {
  const next = made + 1
  if (next > lastAttempt) return undefined
  if (next <= 6) return 10 * seconds
  if (next <= 68) return Math.round((70 + 10 * 1.12 ** (next - 4)) * seconds)
  return 4 * 3600 * seconds
}
