import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"

import { replyLimits, type XmlLimits } from "../../src/internal/xml/parse.ts"
import { readXml } from "../support/soap.ts"

const refusal = (document: string | Uint8Array, limits?: XmlLimits) => {
  const read = readXml(typeof document === "string" ? Buffer.from(document) : document, limits)
  if (Result.isSuccess(read)) throw new Error("was accepted")
  return read.failure
}

/** Milliseconds of the processor, not of the clock, and again if they are many: a busy machine is not the document's fault. */
const assertWithin = (most: number, run: () => unknown): void => {
  let least = Infinity
  for (let again = 0; again < 5 && least > most; again++) {
    const start = process.threadCpuUsage()
    run()
    const { system, user } = process.threadCpuUsage(start)
    least = Math.min(least, (user + system) / 1000)
  }
  assert.isAtMost(least, most)
}

/** Larger than messages may be, so that each bound is met by itself. */
const roomy: XmlLimits = { ...replyLimits, maxBytes: 2 * 1024 * 1024, maxText: 1024 * 1024 }

const laughs = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol0 "lol">${Array.from(
  { length: 10 },
  (_, index) => `<!ENTITY lol${index + 1} "${`&lol${index};`.repeat(10)}">`
).join("")}]><lolz>&lol10;</lolz>`

describe("the XML reader", () => {
  it("resolves namespaces of elements and attributes and tells nil", () => {
    const root = Result.getOrThrow(
      readXml(
        `\uFEFF<a:r xmlns:a="urn:a" xmlns:i="http://www.w3.org/2001/XMLSchema-instance" p="1" a:q="2"><n i:nil=" true "/>t<!-- c --><?pi x?>u</a:r>`
      )
    )
    assert.deepStrictEqual(root, {
      namespace: "urn:a",
      name: "r",
      isNil: false,
      text: "tu",
      attributes: [
        { namespace: "", name: "p", value: "1" },
        { namespace: "urn:a", name: "q", value: "2" }
      ],
      children: [
        {
          namespace: "",
          name: "n",
          isNil: true,
          text: "",
          attributes: [{ namespace: "http://www.w3.org/2001/XMLSchema-instance", name: "nil", value: " true " }],
          children: []
        }
      ]
    })
  })

  it("does not take another namespace's nil for nil", () => {
    assert.isFalse(Result.getOrThrow(readXml(`<r xmlns:i="urn:i" i:nil="true" nil="true"/>`)).isNil)
  })

  const hostile: ReadonlyArray<readonly [string, string, () => string]> = [
    ["billion laughs", "doctype", () => laughs],
    ["an external entity", "doctype", () => `<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>`],
    ["an external DTD", "doctype", () => `<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><r/>`],
    ["100,000 nested elements", "too_deep", () => `${"<a>".repeat(100_000)}${"</a>".repeat(100_000)}`],
    ["unclosed nesting", "too_deep", () => "<a>".repeat(300_000)],
    ["100,000 siblings", "too_many_nodes", () => `<r>${"<a/>".repeat(100_000)}</r>`],
    [
      "50,000 attributes",
      "too_many_attributes",
      () => `<r ${Array.from({ length: 50_000 }, (_, index) => `a${index}="1"`).join(" ")}/>`
    ],
    [
      "50,000 namespace declarations",
      "too_many_attributes",
      () => `<r ${Array.from({ length: 50_000 }, (_, index) => `xmlns:a${index}="u"`).join(" ")}/>`
    ],
    ["5 MB of text", "too_large", () => `<r>${"x".repeat(5_000_000)}</r>`],
    ["1.5 MB of text", "too_large", () => `<r>${"x".repeat(1_500_000)}</r>`],
    ["1.5 MB of text in an attribute", "too_large", () => `<r a="${"x".repeat(1_500_000)}"/>`],
    ["1.5 MB of CDATA", "too_large", () => `<r><![CDATA[${"x".repeat(1_500_000)}]]></r>`],
    ["300,000 character references", "not_well_formed", () => `<r>${"&#0;".repeat(300_000)}</r>`],
    ["a name of a megabyte", "not_well_formed", () => `<${"a".repeat(1_000_000)}`],
    ["an unfinished comment of a megabyte", "not_well_formed", () => `<r><!--${" ".repeat(1_000_000)}`],
    ["a prefix bound to nothing", "not_well_formed", () => `<r xmlns:a=""/>`],
    ["an attribute that is a prefix alone", "not_well_formed", () => `<r xmlns:>a="1"</r>`],
    ["an element that is a prefix alone", "not_well_formed", () => `<r><a:></a:></r>`]
  ]
  it.each(hostile)("refuses %s quickly, as %s", (_, problem, document) => {
    const bytes = document()
    assert.strictEqual(refusal(bytes, roomy).problem, problem)
    assertWithin(500, () => readXml(bytes, roomy))
  })

  /** One document, and that part of it which is repeated until a message may hold no more. */
  const full = (start: string, part: string, end: string): string =>
    start + part.repeat(Math.floor((replyLimits.maxBytes - start.length - end.length) / Buffer.byteLength(part))) + end
  const numbered = (name: string, of: (at: number) => string): string =>
    `<${name} ${Array.from({ length: 60 }, (_, at) => of(at)).join(" ")}/>`
  it.each([
    [
      "attributes",
      full(
        "<r>",
        numbered("a", (at) => `x${at}=""`),
        "</r>"
      )
    ],
    [
      "declarations",
      full(
        "<r>",
        numbered("a", (at) => `xmlns:p${at}="u${at}"`),
        "</r>"
      )
    ],
    ["elements", `<r>${"<a/>".repeat(replyLimits.maxNodes - 1)}</r>`],
    ["depth", full("<r>", "<a>".repeat(31) + "</a>".repeat(31), "</r>")],
    ["text", full("<r>", "ā", "</r>")],
    ["references", full("<r>", "&#65;", "</r>")],
    ["a comment", full("<r><!--", " -", " --></r>")],
    ["a name", full("<", "a", "/>")]
  ])("needs at most 50 ms for a message that is full of %s", (_what, document) => {
    const bytes = Buffer.from(document)
    assert.isAtMost(bytes.byteLength, replyLimits.maxBytes)
    assertWithin(50, () => readXml(bytes))
  })

  it("accepts a document at its limits and refuses the next larger one", () => {
    const limits: XmlLimits = { maxBytes: 200, maxDepth: 3, maxNodes: 4, maxAttributes: 2, maxText: 10 }
    const accepts = (document: string) => Result.isSuccess(readXml(document, limits))
    assert.isTrue(accepts("<a><b><c/><c/></b></a>"))
    assert.strictEqual(refusal("<a><b><c/><c/><c/></b></a>", limits).problem, "too_many_nodes")
    assert.strictEqual(refusal("<a><b><c><d/></c></b></a>", limits).problem, "too_deep")
    assert.isTrue(accepts(`<a b="1" c="2">12345678</a>`))
    assert.strictEqual(refusal(`<a b="1" c="2">123456789</a>`, limits).problem, "too_large")
    assert.strictEqual(refusal(`<a b="" c="" d=""/>`, limits).problem, "too_many_attributes")
    assert.isTrue(accepts(`<a>${" ".repeat(0)}<!--${"x".repeat(185)}--></a>`.padEnd(200)))
    assert.strictEqual(refusal(`<a/>${" ".repeat(197)}`, limits).problem, "too_large")
  })

  it("counts bytes, not characters, against the size", () => {
    const limits = { ...replyLimits, maxBytes: 10 }
    assert.isTrue(Result.isSuccess(readXml("<a>āa</a>", limits)))
    assert.strictEqual(refusal("<a>āā</a>", limits).problem, "too_large")
    assert.isTrue(Result.isFailure(readXml("<a>āā</a>", limits)))
  })
})
