/**
 * PHP's natural string order (`SORT_NATURAL`, case-sensitive), byte by byte over UTF-8: the order in which the
 * platform's signature lists parameter paths. Written from its observable rules: blanks are skipped, a run of digits
 * compares as a number unless one of the runs starts with a zero (then digit by digit, so `a001` < `a01` < `a1`),
 * zeros at the very start of the text are skipped, everything else compares by byte.
 */
const ZERO = 0x30
const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= 0x39
const isBlank = (byte: number | undefined): boolean => byte === 0x20 || (byte !== undefined && byte >= 9 && byte <= 13)

const skipLeadingZeros = (text: Uint8Array): number => {
  let at = 0
  while (text[at] === ZERO && isDigit(text[at + 1])) at++
  return at
}

const digitsEnd = (text: Uint8Array, from: number): number => {
  let at = from
  while (isDigit(text[at])) at++
  return at
}

const compareBytes = (left: Uint8Array, right: Uint8Array): number => {
  const length = Math.min(left.length, right.length)
  for (let i = 0; i < length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return Math.sign(left.length - right.length)
}

const compareRuns = (left: Uint8Array, right: Uint8Array): number => {
  const isFractional = left[0] === ZERO || right[0] === ZERO
  if (!isFractional && left.length !== right.length) return left.length < right.length ? -1 : 1
  return compareBytes(left, right)
}

export const compareNatural = (left: Uint8Array, right: Uint8Array): number => {
  if (left.length === 0 || right.length === 0) return Math.sign(left.length - right.length)
  let i = skipLeadingZeros(left)
  let j = skipLeadingZeros(right)
  for (;;) {
    while (isBlank(left[i])) i++
    while (isBlank(right[j])) j++
    if (isDigit(left[i]) && isDigit(right[j])) {
      const leftEnd = digitsEnd(left, i)
      const rightEnd = digitsEnd(right, j)
      const order = compareRuns(left.subarray(i, leftEnd), right.subarray(j, rightEnd))
      if (order !== 0) return order
      i = leftEnd
      j = rightEnd
      if (i >= left.length || j >= right.length) return Math.sign(left.length - i - (right.length - j))
    }
    const difference = (left[i] ?? 0) - (right[j] ?? 0)
    if (difference !== 0) return Math.sign(difference)
    i++
    j++
    if (i >= left.length || j >= right.length) {
      if (i >= left.length && j >= right.length) return 0
      return i >= left.length ? -1 : 1
    }
  }
}
