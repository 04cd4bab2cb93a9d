import { assert, describe, it } from "vitest"
import { checkOf } from "../../src/documents/DocumentCheck.ts"

const pdf = `%PDF-1.7\n${"x".repeat(3000)}\n%%EOF\n`

/** What is said of a document that comes in parts of `size` bytes. */
const said = (format: "pdf" | "xml", content: string | Uint8Array, size: number): string | undefined => {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content
  const check = checkOf(format, 10_000)
  for (let at = 0; at < bytes.byteLength; at += size) {
    const problem = check.take(bytes.subarray(at, at + size))
    if (problem !== undefined) return problem
  }
  return check.end()
}

describe.each([1, 7, 1024, 1_000_000])("a document in parts of %i bytes", (size) => {
  it.each([
    ["pdf", pdf],
    ["pdf", "%PDF-%%EOF"],
    ["xml", "<a/>"],
    [
      "xml",
      `\uFEFF<?xml version="1.0" encoding="UTF-8"?>\n<!-- <x> & --><a>\n<b c='"' d=">"/>Ēka &amp; &#x2014;<![CDATA[<&]]></a>\n`
    ],
    ["xml", "<ns:Čeks xmlns:ns='urn:x'><ns:Summa>12.00</ns:Summa></ns:Čeks >"]
  ] as const)("for %s that is %j is one", (format, content) => {
    assert.isUndefined(said(format, content, size))
  })

  it.each([
    ["pdf", "", "the document is empty"],
    ["pdf", "%PD", "the PDF has no end: it is not complete"],
    ["pdf", "<html>kļūda</html>", "the document is not a PDF"],
    ["pdf", ` ${pdf}`, "the document is not a PDF"],
    ["pdf", pdf.slice(0, 2000), "the PDF has no end: it is not complete"],
    ["pdf", `%PDF-%%EOF${"x".repeat(2000)}`, "the PDF has no end: it is not complete"],
    ["pdf", pdf.repeat(5), "the document has more than 10000 bytes"],
    ["xml", "", "the document is empty"],
    ["xml", Uint8Array.of(0x3c, 0x61, 0xff, 0x2f, 0x3e), "the XML is not UTF-8"],
    ["xml", `<a>${"x".repeat(10_000)}</a>`, "the document has more than 10000 bytes"]
  ] as const)("for %s that is %j is none: %s", (format, content, problem) => {
    assert.strictEqual(said(format, content, size), problem)
  })
})

describe("an XML document", () => {
  it.each([
    ["<a>", "an element in it does not end"],
    ["<a><b></a></b>", "its elements do not balance"],
    ["</a>", "its elements do not balance"],
    ["<a/><b/>", "it has two roots"],
    ["  ", "it has no element"],
    ["<!-- only -->", "it has no element"],
    ["Paid.", "it has text where none may be"],
    ["<a/>tail", "it has text where none may be"],
    ["<!DOCTYPE html><html></html>", "it has a DOCTYPE"],
    ["<a><!ENTITY b 'c'></a>", "it has a DOCTYPE"],
    ["<a>&b;</a>", "it has text where none may be"],
    ["<a>Jānis & Co</a>", "it has text where none may be"],
    ["<a b='&c;'/>", "an attribute in it is broken"],
    ["<a b='1' b='2'/>", "an attribute in it is broken"],
    ["<a b=1/>", "a tag in it is broken"],
    ["<a b='<'/>", "a tag in it is broken"],
    ["<a><br</a>", "a tag in it is broken"],
    ["< a/>", "a tag in it is broken"],
    ["<a><!-- </a>", "a part of it does not end"],
    ["<![CDATA[x]]><a/>", "a part of it does not end"],
    ["<a>\u0000</a>", "it has a character that XML forbids"],
    [`${"<a>".repeat(300)}${"</a>".repeat(300)}`, "it is nested too deep"]
  ] as const)("like %j is none: %s", (content, problem) => {
    assert.strictEqual(said("xml", content, 1000), `the XML is not well formed: ${problem}`)
  })

  it("cut off anywhere is none", () => {
    const whole = `<?xml version="1.0"?><a b="c"><d>1</d><!-- e --><f/></a>`
    for (let end = 1; end < whole.length; end++)
      assert.isDefined(said("xml", whole.slice(0, end), 1000), whole.slice(0, end))
  })

  it("made to cost time costs none", () => {
    const start = performance.now()
    for (const trap of ["<a ", "<a b='", "<a><", "<!--", "&", "<a b=''"]) {
      for (const filler of [" ", "x", "<", "a='' "]) {
        const check = checkOf("xml", 10_000_000)
        check.take(new TextEncoder().encode(trap + filler.repeat(1_000_000 / filler.length)))
        assert.isDefined(check.end())
      }
    }
    assert.isBelow(performance.now() - start, 5_000)
  })
})
