import { assert, describe, it } from "vitest"

import { certificateResult } from "../src/internal/check.ts"

const day = 86_400_000
const end = Date.UTC(2027, 0, 1)
const before = (days: number) => certificateResult({ notAfter: new Date(end) }, end - days * day)

describe("a certificate that ends", () => {
  it.each([
    [400, false, "is valid for 400 days"],
    [60.01, false, "is valid for 60 days"],
    [60, true, "expires in 60 days. Order a new one."],
    [30.5, true, "expires in 30 days. Order a new one."],
    [30, true, "expires in 30 days. Order a new one now."],
    [14, true, "expires in 14 days. Ask for the new one"],
    [7, true, "expires in 7 days. Replace it this week."],
    [1.5, true, "expires in 1 day. Replace it this week."],
    [1, true, "expires in 1 day. Payments stop with it"],
    [0, true, "expires today. Payments stop with it"]
  ])("in %d days: warning %s, %s", (days, isWarning, message) => {
    const result = before(days)
    assert.isTrue(result.isOk)
    assert.strictEqual(result.isWarning ?? false, isWarning)
    assert.include(result.message, message)
    assert.strictEqual(result.expiresAt, end)
  })

  it("has failed once it has ended", () => {
    assert.deepInclude(before(-0.001), { isOk: false, message: "The client certificate has expired." })
  })
})
