import { money } from "@maksa/core"
import { assert, describe, it } from "vitest"
import { formatCount, formatMoment, formatMoney } from "../src/format.ts"
import { html } from "../src/views/html.ts"

describe("sums", () => {
  it("are written as the language writes them, exactly, however large", () => {
    const blank = /[\s\u00a0\u202f]/g
    assert.equal(formatMoney(money(7114n, "EUR"), "lv").replace(blank, " "), "71,14 €")
    assert.equal(formatMoney(money(7114n, "EUR"), "en"), "€71.14")
    assert.equal(formatMoney(money(5n, "EUR"), "en"), "€0.05")
    // A float would round the cents away.
    assert.equal(formatMoney(money(9_007_199_254_740_993_01n, "EUR"), "en"), "€9,007,199,254,740,993.01")
  })
})

describe("counted things", () => {
  it("are bent by their number, three ways in Latvian", () => {
    const pages = { zero: "lappušu", one: "lappuse", other: "lappuses" }
    const counted = ["1", "3", "10", "11", "21", "22", "200"].map((one) => formatCount(one, pages, "lv"))
    const expected = ["1 lappuse", "3 lappuses", "10 lappušu", "11 lappušu", "21 lappuse", "22 lappuses", "200 lappušu"]
    assert.deepEqual(
      counted.map((text) => text.replace("\u00a0", " ")),
      expected
    )
  })

  it("are bent two ways in English", () => {
    const pages = { one: "page", other: "pages" }
    assert.deepEqual(
      ["1", "3", "21"].map((one) => formatCount(one, pages, "en").replace("\u00a0", " ")),
      ["1 page", "3 pages", "21 pages"]
    )
  })
})

describe("moments", () => {
  it("are Riga's, in summer and in winter", () => {
    assert.include(formatMoment(Date.parse("2026-07-01T12:00:00Z"), "en"), "15:00")
    assert.include(formatMoment(Date.parse("2026-12-01T12:00:00Z"), "en"), "14:00")
  })
})

describe("markup", () => {
  it("escapes everything that is put into it, save markup", () => {
    const name = `<b a="1" b='2'>&`
    assert.equal(
      html`<p>${name}${html`<i>${name}</i>`}${undefined}${false}${[html`<b>x</b>`]}</p>`.text,
      "<p>&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;<i>&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;</i><b>x</b></p>"
    )
  })
})
