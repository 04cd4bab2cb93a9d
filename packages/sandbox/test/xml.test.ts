import { assert, describe, it } from "vitest"
import { readXml, XmlRefused } from "../src/viss-mm/xmlRead.ts"
import { document, element } from "../src/viss-mm/xmlWrite.ts"

const read = (text: string) => readXml(Buffer.from(text, "utf8"))
const bomb = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>`

describe("reading XML", () => {
  it("resolves namespaces by prefix and by default, and lets inner declarations win", () => {
    const root = read(`<a xmlns="urn:1" xmlns:p="urn:2"><p:b p:x="1" y="2"/><c xmlns="urn:3"><d/></c><e xmlns=""/></a>`)
    assert.equal(root.namespace, "urn:1")
    const [b, c, e] = root.children
    assert.equal(b?.namespace, "urn:2")
    assert.deepEqual(
      [...(b?.attributes ?? [])],
      [
        ["{urn:2}x", "1"],
        ["y", "2"]
      ]
    )
    assert.equal(c?.children[0]?.namespace, "urn:3")
    assert.equal(e?.namespace, "")
  })

  it("decodes the five named entities, character references and CDATA", () => {
    assert.equal(read("<a>&lt;&gt;&amp;&quot;&apos;&#x101;&#353;<![CDATA[<&amp;>]]></a>").text, `<>&"'āš<&amp;>`)
  })

  it("keeps white space and numbers as they are written", () => {
    assert.equal(read("<a> 012.10 </a>").text, " 012.10 ")
    assert.equal(read("<a>1e5</a>").text, "1e5")
  })

  it("accepts a byte order mark, comments and processing instructions", () => {
    assert.equal(read("\uFEFF<?xml version='1.0' encoding='UTF-8'?><!-- x --><?pi y?><a>1<!-- 2 -->3</a>").text, "13")
  })

  it.each([
    ["nothing", ""],
    ["plain text", "hello"],
    ["HTML", "<!DOCTYPE html><html><body><br></body></html>"],
    ["a truncated document", "<a><b>1</b>"],
    ["a document cut inside a tag", "<a><b"],
    ["mismatched tags", "<a><b></a></b>"],
    ["two roots", "<a/><b/>"],
    ["text after the root", "<a/>x"],
    ["text after the root and a comment", "<a></a><!-- b -->x"],
    ["text before the root", "x<a/>"],
    ["a repeated attribute", `<a x="1" x="2"/>`],
    ["an unbound prefix", "<p:a/>"],
    ["an unbound prefix of an attribute", `<a p:x="1"/>`],
    ["an unknown entity", "<a>&nbsp;</a>"],
    ["an entity named like an object's member", "<a>&constructor;</a>"],
    ["a stray ampersand", "<a>a & b</a>"],
    ["a reference to no character", "<a>&#0;</a>"],
    ["a reference beyond Unicode", "<a>&#x110000;</a>"],
    ["a lone surrogate reference", "<a>&#xD800;</a>"],
    ["an entity bomb", bomb],
    ["an external entity", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`],
    ["a DTD in small letters", "<!doctype a><a/>"],
    ["another encoding", `<?xml version="1.0" encoding="windows-1257"?><a/>`],
    ["too deep a document", "<a>".repeat(60) + "</a>".repeat(60)],
    ["too many elements", `<a>${"<b/>".repeat(6000)}</a>`]
  ])("refuses %s", (_what, text) => {
    assert.throws(() => read(text), XmlRefused)
  })

  it("refuses bytes that are not UTF-8", () => {
    assert.throws(() => readXml(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e])), XmlRefused)
    assert.throws(() => readXml(Buffer.from("\uFEFF<a/>", "utf16le")), XmlRefused)
  })

  it("leaves no mark on object prototypes", () => {
    try {
      read(`<a><__proto__ polluted="1">1</__proto__><constructor>2</constructor></a>`)
    } catch (error) {
      assert.instanceOf(error, XmlRefused)
    }
    assert.isUndefined(Object.entries(Object.prototype).find(([key]) => key === "polluted"))
    assert.notProperty({}, "polluted")
  })
})

describe("writing XML", () => {
  it.each(["<&>\"'", "āčēģīķļņšūž ĀČĒ 😀", "]]>", " line\none\ttab\r ", "&amp;"])(
    "survives a round trip: %j",
    (text) => {
      const root = read(document(element("a", { x: text }, element("b", {}, text))))
      assert.equal(root.children[0]?.text, text)
      assert.equal(root.attributes.get("x"), text)
    }
  )

  it("replaces characters that XML cannot hold", () => {
    assert.equal(
      read(document(element("a", {}, "a\u0000b\u0008c\uD800d\uFFFFe"))).text,
      "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe"
    )
  })
})
