import { AmountLine, money, type Payment, TariffLine } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { confirmations } from "../src/index.ts"
import { issuedAt, observation, payment, state } from "./payments.ts"
import { child, parse, problemsOf } from "./xsd.ts"

const receipts = confirmations({
  agency: {
    name: 'SIA "Ūdens & Co" <Rīga>',
    registrationNumber: "40003000000",
    address: "Iela 1",
    email: "a@b.example"
  }
})

const xml = async (of: Payment = payment(), language: "lv" | "en" | "ru" = "lv"): Promise<string> =>
  new TextDecoder("utf-8", { fatal: true }).decode(
    await receipts.generate({
      payment: of,
      observations: [observation()],
      format: "xml",
      language,
      issuedAt,
      softUntil: issuedAt + 604_800_000
    })
  )

describe("the XML confirmation", () => {
  it.each(["lv", "en", "ru"] as const)("is valid by the package's schema in %s", async (language) => {
    const lines = [
      new AmountLine({ amount: money(1250n, "EUR"), position: "P-1", description: "Nodeva" }),
      new TariffLine({ position: "P-2", quantity: "4.56" })
    ]
    const document = await xml(payment({ environment: "test", lines, state: state({ finality: "soft" }) }), language)
    assert.deepEqual(problemsOf(document), [])
    assert.strictEqual(parse(document).attributes["language"], language)
  })

  it("carries amounts as decimal text with their currency, however large", async () => {
    const asked = money(123_456_789_012_345_678n, "EUR")
    const document = parse(await xml(payment({ amount: asked, state: state({ money: { asked, received: asked } }) })))
    assert.strictEqual(child(document, "amount").text, "1234567890123456.78")
    assert.strictEqual(child(document, "amount").attributes["currency"], "EUR")
  })

  it("escapes markup, so that no text can add or end an element", async () => {
    const purpose = `]]></purpose><amount currency="EUR">999.00</amount><!-- & 'x' "y" -->`
    const document = await xml(payment({ purpose }))
    assert.deepEqual(problemsOf(document), [])
    assert.strictEqual(child(parse(document), "purpose").text, purpose)
    assert.strictEqual(child(child(parse(document), "issuer"), "name").text, 'SIA "Ūdens & Co" <Rīga>')
  })

  it("replaces what XML forbids and makes line breaks blanks", async () => {
    const document = await xml(payment({ purpose: "a\u{0}b\u{B}c\u{FFFE}d\uD800e\nf\tg 😀" }))
    assert.deepEqual(problemsOf(document), [])
    assert.strictEqual(child(parse(document), "purpose").text, "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}e f g 😀")
  })

  it("says whether it is a specimen and that it is not an accounting source document", async () => {
    assert.strictEqual(parse(await xml()).attributes["specimen"], "false")
    assert.strictEqual(parse(await xml(payment({ environment: "sandbox" }))).attributes["specimen"], "true")
    assert.strictEqual(child(parse(await xml()), "notice").text, "Nav attaisnojuma dokuments")
  })

  it("is the same to the byte for the same input", async () => {
    assert.strictEqual(await xml(), await xml())
  })
})

describe("the schema check that these tests use", () => {
  const broken: ReadonlyArray<readonly [string, (document: string) => string]> = [
    ["a missing element", (document) => document.replace(/<basis>.*<\/basis>/, "")],
    ["elements out of order", (document) => document.replace(/(<number>.*<\/number>)\s*(<title>.*<\/title>)/, "$2$1")],
    ["an unknown element", (document) => document.replace("<basis>", "<more/><basis>")],
    ["an amount that is no decimal", (document) => document.replace(">12.50<", ">1.25e1<")],
    ["a missing currency", (document) => document.replace(' currency="EUR"', "")],
    ["another namespace", (document) => document.replace("confirmation:1", "confirmation:2")],
    ["a word outside a closed set", (document) => document.replace('level="hard"', 'level="firm"')],
    ["a local time", (document) => document.replace("2026-11-22T12:30:00.000Z", "22.11.2026 12:30")]
  ]
  it.each(broken)("finds %s", async (_what, change) => {
    const document = await xml()
    assert.notStrictEqual(change(document), document)
    assert.isNotEmpty(problemsOf(change(document)))
  })
})
