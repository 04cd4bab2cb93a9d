// Everything outside the `Char` production of XML 1.0 (fifth edition, §2.2), lone surrogates included. Line breaks and
// tabs are allowed there, but they would let one field look like several in a document, so they become blanks.
// oxlint-disable-next-line no-control-regex
const refused = /[^\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/** One line of text that any document can hold: what XML forbids becomes U+FFFD, so that a reader sees that something was there. */
export const cleanText = (text: string): string =>
  text
    .replace(/[\t\n\r\u{85}\u{2028}\u{2029}]+/gu, " ")
    .replace(refused, "\u{FFFD}")
    .trim()
