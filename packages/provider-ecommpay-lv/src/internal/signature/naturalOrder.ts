const ZERO = 0x30

const isDigit = (byte: number): boolean => byte >= ZERO && byte <= 0x39
/** The C locale's blanks: space, tab, line feed, vertical tab, form feed, carriage return. */
const isBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)

const skipLeadingZeros = (text: Uint8Array, from: number, end: number): number => {
  let at = from
  while (at + 1 < end && text[at] === ZERO && isDigit(text[at + 1] ?? 0)) at++
  return at
}

const digitsEnd = (text: Uint8Array, from: number, end: number): number => {
  let at = from
  while (at < end && isDigit(text[at] ?? 0)) at++
  return at
}

/** The first place where two ranges of equal length differ, as a sign; 0 when they are equal. */
const compareDigits = (text: Uint8Array, a: number, b: number, count: number): number => {
  for (let i = 0; i < count; i++) {
    const difference = (text[a + i] ?? 0) - (text[b + i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * Compares two byte ranges of `text` in the natural order of PHP's `ksort(..., SORT_NATURAL)`, which the provider's
 * reference signer uses (ecommpay paymentpage-sdk-php 1.6.1, SignatureHandler; order pinned by running PHP 8.2).
 *
 * Bytes compare by value; runs of digits compare as numbers, or from the left like decimals when one begins with `0`;
 * zeros before other digits at the very start and blanks anywhere are skipped. Two different ranges can therefore be
 * equal (0): callers keep the order in which the members came.
 */
export const compareNatural = (
  text: Uint8Array,
  aStart: number,
  aEnd: number,
  bStart: number,
  bEnd: number
): number => {
  if (aStart === aEnd || bStart === bEnd) return aEnd - aStart - (bEnd - bStart)
  let a = skipLeadingZeros(text, aStart, aEnd)
  let b = skipLeadingZeros(text, bStart, bEnd)
  for (;;) {
    while (a < aEnd && isBlank(text[a] ?? 0)) a++
    while (b < bEnd && isBlank(text[b] ?? 0)) b++
    // Blanks at the end leave the reference reading its terminator, a byte 0.
    let ca = a < aEnd ? (text[a] ?? 0) : 0
    let cb = b < bEnd ? (text[b] ?? 0) : 0
    if (isDigit(ca) && isDigit(cb)) {
      const aRun = digitsEnd(text, a, aEnd)
      const bRun = digitsEnd(text, b, bEnd)
      const lengths = aRun - a - (bRun - b)
      const values = compareDigits(text, a, b, Math.min(aRun - a, bRun - b))
      const isFractional = ca === ZERO || cb === ZERO
      const order = isFractional ? values || lengths : lengths || values
      if (order !== 0) return order
      a = aRun
      b = bRun
      if (a === aEnd || b === bEnd) return a === aEnd ? (b === bEnd ? 0 : -1) : 1
      ca = text[a] ?? 0
      cb = text[b] ?? 0
    }
    if (ca !== cb) return ca - cb
    a++
    b++
    if (a >= aEnd || b >= bEnd) return a >= aEnd ? (b >= bEnd ? 0 : -1) : 1
  }
}
