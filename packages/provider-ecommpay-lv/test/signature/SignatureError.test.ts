import { assert, describe, it } from "vitest"
import { SignatureError } from "../../src/signature.ts"
import type { SignatureErrorReason } from "../../src/signature.ts"

const messages: Readonly<Record<SignatureErrorReason, string>> = {
  empty_secret: "the secret must be a non-empty string",
  forbidden_key: "this key can change an object's prototype",
  integer_too_large: "integers must be safe numbers or bigints of at most 64 bits",
  not_an_integer: "only integers can be signed: every SDK of the provider prints other numbers differently",
  not_an_object: "only a plain object can be signed at the root",
  not_well_formed: "text must be well-formed Unicode (a surrogate stands alone)",
  root_key_lost: "the provider drops this root key from the paths below it",
  same_path: "two members have the same signed path",
  separator: "';' separates signed lines: text holding it can be read as other fields",
  too_deep: "nested more than 32 levels deep, or in a circle",
  unsupported_value: "only strings, integers, booleans, null, lists and plain objects can be signed"
}

describe("a SignatureError", () => {
  for (const [reason, message] of Object.entries(messages) as ReadonlyArray<[SignatureErrorReason, string]>) {
    it(`says what to do about ${reason}, and where`, () => {
      const somewhere = new SignatureError(reason, "payment:sum")
      assert.strictEqual(somewhere.message, `Cannot sign payment:sum: ${message}`)
      assert.strictEqual(new SignatureError(reason, "").message, `Cannot sign: ${message}`)
      assert.deepInclude(somewhere, { name: "SignatureError", _tag: "SignatureError", reason, path: "payment:sum" })
      assert.instanceOf(somewhere, TypeError)
    })
  }
})
