import { AmountLine, money, type Payment, TariffLine } from "@maksa/core"
import { extractText, getDocumentProxy, getMeta } from "unpdf"
import { assert, describe, it } from "vitest"
import { confirmations } from "../src/index.ts"
import { issuedAt, millis, observation, payment, state } from "./payments.ts"

type Language = "lv" | "en" | "ru"

const receipts = confirmations({
  agency: {
    name: "Jelgavas valstspilsētas pašvaldība",
    registrationNumber: "90000042516",
    address: "Lielā iela 11, Jelgava, LV-3001",
    email: "dome@agency.example"
  }
})

// A week after the payment of the fixture.
const softUntil = millis("2026-11-29T12:05:00Z")

const pdf = (of: Payment = payment(), language: Language = "lv", at = issuedAt): Promise<Uint8Array> =>
  receipts.generate({
    payment: of,
    observations: [observation()],
    format: "pdf",
    language,
    providerNames: { "ecommpay-lv": "ecommpay" },
    issuedAt: at,
    softUntil
  })

// The reader takes the bytes over, so it gets a copy; a no-break space reads as a blank.
const read = async (bytes: Uint8Array) => {
  const { text, totalPages } = await extractText(await getDocumentProxy(bytes.slice()), { mergePages: true })
  return { text: text.replaceAll("\u{A0}", " "), totalPages }
}

describe("the PDF confirmation", () => {
  const expected: ReadonlyArray<readonly [Language, ReadonlyArray<string>]> = [
    [
      "lv",
      [
        "Maksājuma apliecinājums",
        "Nav attaisnojuma dokuments",
        "12,50 EUR",
        "2026. gada 22. novembris, 14:05 (Rīgas laiks)",
        "Līdzekļi apstiprināti",
        "Reģ. Nr. 90000042516"
      ]
    ],
    [
      "en",
      [
        "Payment confirmation",
        "Not an accounting source document",
        "12.50 EUR",
        "22 November 2026, 14:05 (Riga time)",
        "Funds confirmed"
      ]
    ],
    [
      "ru",
      [
        "Подтверждение платежа",
        "Не является оправдательным документом",
        "12,50 EUR",
        "22 ноября 2026 г., 14:05 (рижское время)",
        "Средства подтверждены"
      ]
    ]
  ]
  it.each(expected)("can be read back in %s, with Latvian letters and the euro sign", async (language, words) => {
    const { text, totalPages } = await read(await pdf(payment(), language))
    assert.strictEqual(totalPages, 1)
    for (const word of words) assert.include(text, word)
    assert.include(text, "āčēģīķļņšūž ĀČĒĢĪĶĻŅŠŪŽ €")
    for (const fact of ["BD-2026/00417", "EP-778", "ecommpay", payment().id, "MA-2026-6P8R-0T2V-4X6Z"]) {
      assert.include(text, fact)
    }
    assert.notInclude(text, "\u{FFFD}")
  })

  it("is a whole PDF file whose metadata name title, language and time of issue", async () => {
    const bytes = await pdf()
    const raw = Buffer.from(bytes).toString("latin1")
    assert.isTrue(raw.startsWith("%PDF-1.7"))
    assert.match(raw.slice(-8), /%%EOF\s*$/)
    assert.include(raw, "/Lang (lv)")
    assert.include(raw, "/Marked true")
    const { info } = await getMeta(await getDocumentProxy(bytes.slice()))
    assert.strictEqual(info["Title"], "Maksājuma apliecinājums MA-2026-6P8R-0T2V-4X6Z")
    assert.strictEqual(info["CreationDate"], "D:20261122123000Z")
  })

  it("is the same to the byte for the same input, and another for another time of issue", async () => {
    const first = Buffer.from(await pdf())
    assert.isTrue(first.equals(await pdf()))
    assert.isFalse(first.equals(await pdf(payment(), "lv", issuedAt + 60_000)))
  })

  it("embeds a subset of its fonts only", async () => {
    const bytes = await pdf()
    assert.isBelow(bytes.length, 80_000)
    assert.match(Buffer.from(bytes).toString("latin1"), /\/BaseFont \/[A-Z]{6}\+DejaVuSans/)
  })

  it.each(["sandbox", "test"] as const)(
    "is marked PARAUGS on every page in the %s environment",
    async (environment) => {
      const lines = Array.from(
        { length: 40 },
        () => new AmountLine({ amount: money(1250n, "EUR"), description: "Nodeva" })
      )
      const bytes = await pdf(payment({ environment, lines }))
      const { text, totalPages } = await extractText(await getDocumentProxy(bytes.slice()))
      assert.isAbove(totalPages, 1)
      for (const page of text) assert.include(page, "PARAUGS")
      assert.include(text[0], "nauda nav maksāta")
    }
  )

  it("bears no specimen mark in the live environment", async () => {
    assert.notInclude((await read(await pdf())).text, "PARAUGS")
  })

  it("says until when a soft payment may still change", async () => {
    const soft = await read(await pdf(payment({ state: state({ finality: "soft" }) })))
    assert.include(soft.text.replaceAll("\n", " "), "Vēl var mainīties vismaz līdz 29.11.2026")
    assert.notInclude(soft.text, "Līdzekļi apstiprināti")
  })

  it("shows payers neither our name of the provider's account, nor the provider's word for the bank, nor position codes", async () => {
    const lines = [new AmountLine({ amount: money(1250n, "EUR"), description: "Pilna nodeva", position: "POS-50" })]
    const { text } = await read(await pdf(payment({ lines })))
    assert.include(text, "Pilna nodeva")
    for (const internal of ["ecommpay-lv", "seb-lv", "POS-50"]) assert.notInclude(text, internal)
  })

  it("shows tariff lines by position and quantity without inventing a price", async () => {
    const lines = [new TariffLine({ position: "P-12", quantity: "4.56" })]
    const { text } = await read(await pdf(payment({ lines })))
    assert.include(text, "P-12")
    assert.include(text, "4,56")
    assert.include(text, "pēc tarifa")
  })

  it("keeps every line of a long list and the end of a purpose longer than a page", async () => {
    const lines = Array.from(
      { length: 60 },
      (_, index) => new AmountLine({ amount: money(100n, "EUR"), description: `Rinda Nr. ${index}.` })
    )
    const purpose = `${"Ļoti garš maksājuma mērķis. ".repeat(300)}Beigas.`
    const { text } = await read(await pdf(payment({ lines, purpose })))
    for (let index = 0; index < 60; index++) assert.include(text, `Rinda Nr. ${index}.`)
    assert.include(text, "Beigas.")
    assert.include(text, payment().id)
  })
})
