import * as DateTime from "effect/DateTime"
import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"
import * as Core from "../src/index.ts"

const at = DateTime.makeUnsafe("2026-11-22T10:00:00Z")
const payment = (merchantReference: string) =>
  new Core.Payment({
    id: Schema.decodeUnknownSync(Core.PaymentId)(Core.newId("pay", 0)),
    provider: "viss-mm",
    environment: "sandbox",
    merchantReference,
    purpose: "x",
    lines: [new Core.AmountLine({ amount: Core.money(1210n, "EUR") })],
    amount: Core.money(1210n, "EUR"),
    state: new Core.PaymentState({
      status: "paid",
      finality: "soft",
      attention: ["late_money", "overpaid"],
      money: new Core.MoneyFacts({ asked: Core.money(1210n, "EUR"), received: Core.money(1210n, "EUR") })
    }),
    attempts: [
      new Core.Attempt({
        id: Schema.decodeUnknownSync(Core.AttemptId)(Core.newId("att", 0)),
        instance: "viss-mm",
        status: "paid",
        finality: "soft",
        createdAt: at,
        deadline: at
      })
    ],
    createdAt: at,
    updatedAt: at
  })

describe("toCsv", () => {
  it("writes one header and one row per payment, sums as exact decimals", () => {
    const [header, row, end] = Core.toCsv([payment("CASE-1")]).split("\r\n")
    assert.strictEqual(header?.split(",").length, row?.split(",").length)
    assert.include(
      row,
      "CASE-1,2026-11-22T10:00:00.000Z,viss-mm,sandbox,paid,soft,late_money overpaid,12.10,12.10,,,EUR,,"
    )
    assert.strictEqual(end, "")
  })

  it("quotes what would break a row and disarms what a spreadsheet would run", () => {
    const text = Core.toCsv([payment('a,"b"\nc'), payment("=SUM(A1)"), payment("-1+1")])
    assert.include(text, '"a,""b""\nc"')
    assert.include(text, ",'=SUM(A1),")
    assert.include(text, ",'-1+1,")
  })

  it("disarms what begins after a semicolon or a line end, where spreadsheets of many countries begin a cell", () => {
    const text = Core.toCsv([
      payment("A;=SUM(A1)"),
      payment("B;@x; +1"),
      payment("C\n=2"),
      payment("\n=3"),
      payment("D;E-1")
    ])
    for (const safe of ["A;'=SUM(A1)", "B;'@x;' +1", "C\n'=2", "'\n'=3", ",D;E-1,"]) assert.include(text, safe)
  })
})
