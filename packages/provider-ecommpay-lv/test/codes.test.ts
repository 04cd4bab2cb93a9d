import { assert, describe, it } from "vitest"
import { findResultCode, resultCodes } from "../src/internal/codes.ts"
import { sha256 } from "./support/sha256.ts"

describe("the registry of result codes", () => {
  it("has all 378 codes, with the published texts", () => {
    assert.equal(resultCodes.size, 378)
    const all = [...resultCodes].toSorted(([a], [b]) => Number(a) - Number(b))
    const text = all.map(([code, { handling, message }]) => `${code}|${message}|${handling}`).join("\n")
    assert.equal(sha256(text), "677edc22eb0b885510a3e5d286b8d165dd0e5ab68803429423df38e38273c78c")
  })

  it("explains the codes that payers of this method meet", () => {
    assert.deepEqual(findResultCode("20105"), { message: "Insufficient funds on customer account", handling: "retry" })
    assert.deepEqual(findResultCode("20301"), { message: "Account owner cancelled operation", handling: "retry" })
    assert.equal(findResultCode("20802")?.handling, "wait")
  })

  it("does not know what is not in it", () => {
    for (const code of ["", "20 105", "constructor", "999999"]) assert.isUndefined(findResultCode(code))
  })
})
