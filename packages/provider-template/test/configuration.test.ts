import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { readSettings } from "../src/internal/configuration.ts"

const secret = "do-not-show-me"
const config = { environment: "test", account: "acc-1", key: secret, secrets: [secret] }
const fieldOf = (input: unknown): string | undefined => {
  const result = readSettings(input)
  if (Result.isSuccess(result)) return undefined
  assert.notInclude(result.failure.message, secret)
  const { reason } = result.failure
  return reason._tag === "NotConfigured" ? reason.field : reason._tag
}

describe("a configuration", () => {
  it("that is complete is used, and hides its secrets", () => {
    const result = readSettings(config)
    if (Result.isFailure(result)) return assert.fail(result.failure.message)
    assert.notInclude(JSON.stringify(result.success), secret)
    assert.isTrue(Redacted.isRedacted(result.success.key))
  })

  it("that is wrong names the field and not its value", () => {
    const at = (api: string) => ({ ...config, endpoints: { api, pages: "https://pay.example" } })
    const wrong: ReadonlyArray<readonly [field: string, input: unknown]> = [
      ["environment", { ...config, environment: secret }],
      ["account", { ...config, account: "" }],
      ["key", { ...config, key: "" }],
      ["secrets", { ...config, secrets: [] }],
      ["more", { ...config, more: secret }],
      ["endpoints", { ...config, environment: "sandbox" }],
      ["endpoints.api", at("http://api.example")],
      ["endpoints.api", at("https://api.example/path")],
      ["endpoints.api", { ...at("https://api.template.example"), environment: "sandbox" }],
      ["timeouts.responseMillis", { ...config, timeouts: { responseMillis: 0 } }]
    ]
    for (const [field, input] of wrong) assert.isTrue(fieldOf(input)?.startsWith(field), `${field}: ${fieldOf(input)}`)
    assert.equal(fieldOf(undefined), "")
  })
})
