import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"

import { makeElementCutter } from "../../src/internal/sts/cutElement.ts"

const path = ["E", "B", "T"].map((name) => ({ namespace: "urn:x", name }))
const around = (inside: string, before = "", after = ""): string =>
  `<?xml version="1.0"?>\r\n<p:E xmlns:p="urn:x">${before}<p:B>\n<p:T a='>'>${inside}</p:T ></p:B>${after}</p:E>`

const cut = async (document: string): Promise<Result.Result<string, { readonly message: string }>> =>
  (await Effect.runPromise(makeElementCutter))(document, path)

describe("an element that is cut out", () => {
  it.each([
    ["with odd spelling", `<A  b='1' c = "&quot;&#257;>" ></A >`],
    ["that is empty", `<A/>`],
    ["with line ends of Windows", `<A>\r\n\r\n<B\r\n/>\r</A>`],
    ["with letters of two and four bytes", `<Ā>🙂ļ<B/>🙂</Ā>`],
    ["with comments, CDATA and instructions", `<A><!-- </A> --><![CDATA[</A><T/>]]><?p </A>?></A>`],
    ["that holds others of its own name", `<T><T><T/></T></T>`]
  ])("%s is the text that came", async (_name, text) => {
    for (const beside of ["", " \r\n", "<!-- <A/> -->"]) {
      const found = await cut(around(`${beside}${text}${beside}`, "<H>🙂\r\n</H>", "<p:Z><p:B/></p:Z>"))
      assert.deepStrictEqual(
        Result.getOrElse(found, ({ message }) => message),
        text
      )
    }
  })

  it.each([
    ["none is there", around("just text"), "T is empty"],
    ["two are there", around("<A/><A/>"), "several"],
    ["the way leads to two places", around("<A/>", "<p:B><p:T><A/></p:T></p:B>"), "several"],
    ["the way is in another namespace", around("<A/>").replace("urn:x", "urn:y"), "T is empty"],
    ["the way has a gap", `<p:E xmlns:p="urn:x"><p:B><p:G><p:T><A/></p:T></p:G></p:B></p:E>`, "T is empty"],
    ["the document is broken", around("<A>"), "not well-formed"]
  ])("is refused when %s", async (_why, document, words) => {
    const found = await cut(document)
    if (Result.isSuccess(found)) assert.fail(found.success)
    assert.include(found.failure.message, words)
  })
})
