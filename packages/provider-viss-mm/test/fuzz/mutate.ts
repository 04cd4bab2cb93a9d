// Damage as senders, proxies and attackers do it. All work is on bytes: text that is not UTF-8 is damage too.
import { pick, type Random } from "./random.ts"

const laughs = `<!DOCTYPE a [<!ENTITY b "${"ha".repeat(50)}">${Array.from({ length: 9 }, (_, at) => `<!ENTITY b${at} "${`&b${at === 0 ? "" : at - 1};`.repeat(9)}">`).join("")}]>`

const pieces = [
  // XML
  "<",
  ">",
  "/>",
  "</",
  "<a>",
  "</a>",
  "<a/>",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<?x?>",
  '<?xml version="1.0" encoding="utf-16"?>',
  '<?xml version="1.1"?>',
  "<!DOCTYPE a>",
  '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
  '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1:9/"> %b;]>',
  laughs,
  "&",
  "&amp;",
  "&lt;",
  "&#0;",
  "&#x10FFFF;",
  "&#65;",
  "&lol9;",
  ' xmlns=""',
  ' xmlns:s="urn:x"',
  ' xmlns:xml="urn:x"',
  ' xmlns:a="http://www.w3.org/2000/xmlns/"',
  ' xml:lang="lv"',
  ' i:nil="true"',
  ' s:mustUnderstand="1"',
  ' __proto__="x"',
  " a='1' a='2'",
  "a:b:c",
  "Assertion",
  "IVISResponse",
  "<a>".repeat(80),
  `<a ${Array.from({ length: 80 }, (_, at) => `x${at}="1"`).join(" ")}>`,
  // JSON
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  '"',
  "\\u0000",
  "\\ud800",
  '{"a":',
  "[".repeat(200),
  '"__proto__":{"a":1},',
  '"constructor":null,',
  "1e400",
  "-0",
  "0.1e-9",
  "NaN",
  "null",
  // Values
  "08840043-1c60-e211-b74f-0050569b000e",
  "99999999999999999999.99",
  "12.345",
  "-1.00",
  "1,50",
  "2026-02-30T25:61:61+3:00",
  "javascript:alert(1)",
  "http://127.0.0.1/",
  "https://user:pass@mm.example/",
  "https://mm.example/%00",
  "%",
  "%E0%A4%A",
  "?id=",
  "&id=",
  "#",
  // Text
  "āčēģīķļņšūž ĀČĒĢĪĶĻŅŠŪŽ",
  "€",
  "🙂",
  "\u0000",
  "\u0085",
  "\u2028",
  "\ufeff",
  "\uffff",
  "\r\n",
  "\t",
  "%PDF-",
  "%%EOF",
  "-----BEGIN CERTIFICATE-----"
] as const
const dictionary = pieces.map((piece) => Buffer.from(piece))
const notUtf8 = [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf8, 0x88, 0x80, 0x80, 0x80], [0xfe, 0xff, 0, 0x3c]].map(
  (bytes) => Buffer.from(bytes)
)

type Damage = (document: Buffer, random: Random, other: Buffer) => Buffer

const spliced = (document: Buffer, at: number, removed: number, put: Uint8Array): Buffer =>
  Buffer.concat([document.subarray(0, at), put, document.subarray(Math.min(document.length, at + removed))])

/** A place just before or after something that a parser looks at. */
const seam = (document: Buffer, random: Random): number => {
  const from = random(document.length + 1)
  const found = document.subarray(from).findIndex((byte) => byte < 0x30 || (byte > 0x39 && byte < 0x41))
  return found < 0 ? from : from + found + random(2)
}

const piece = (random: Random): Buffer =>
  random(12) === 0
    ? (notUtf8[random(notUtf8.length)] ?? Buffer.of(0xff))
    : (dictionary[random(dictionary.length)] ?? Buffer.of())

const damages: readonly [Damage, ...ReadonlyArray<Damage>] = [
  (document, random) => spliced(document, seam(document, random), 0, piece(random)),
  (document, random) => spliced(document, random(document.length + 1), random(20), piece(random)),
  (document, random) => spliced(document, seam(document, random), random(60), Buffer.of()),
  (document, random) => document.subarray(0, random(document.length + 1)),
  (document, random) => spliced(document, random(document.length + 1), 1, Buffer.of(random(256))),
  // A piece of the document once more, here or elsewhere.
  (document, random) => {
    const at = seam(document, random)
    return spliced(document, seam(document, random), 0, document.subarray(at, at + random(200)))
  },
  // The beginning of one document with the end of another.
  (document, random, other) =>
    Buffer.concat([document.subarray(0, seam(document, random)), other.subarray(seam(other, random))]),
  // One piece very often.
  (document, random) => {
    const one = piece(random)
    const times = Math.min(1 + random(400), Math.floor(20_000 / Math.max(1, one.length)))
    return spliced(document, seam(document, random), 0, Buffer.concat(Array.from({ length: times }, () => one)))
  }
]

/** A document with some damage; one in sixteen stays whole. */
export const mutate = (document: Buffer, other: Buffer, random: Random): Buffer => {
  if (random(16) === 0) return document
  let result = document
  for (let count = 1 + random(3); count > 0; count--) result = pick(random, damages)(result, random, other)
  return result
}
