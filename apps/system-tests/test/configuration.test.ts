import { createPayments, named, PaymentError } from "@maksa/core"
import { sqliteStore } from "@maksa/store-sql"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { assert, describe, it } from "vitest"
import { fake, script } from "./fakeProvider.ts"
import { base, harness, secret, temporaryDirectory } from "./harness.ts"

const start = async (options: Record<string, unknown>): Promise<PaymentError> => {
  const directory = temporaryDirectory()
  const store = await sqliteStore({ file: join(directory, "x.sqlite"), secret })
  try {
    const defaults = {
      store,
      providers: [fake(script())],
      publicBaseUrl: base,
      fulfilment: { policy: "eager" },
      worker: false
    }
    const payments = await createPayments({ ...defaults, ...options } as never)
    await payments.close()
    return assert.fail("it started")
  } catch (cause) {
    if (cause instanceof PaymentError) return cause
    throw cause
  } finally {
    await store.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

describe("configuration", () => {
  const cases: ReadonlyArray<readonly [string, Record<string, unknown>, string]> = [
    ["no provider", { providers: [] }, "providers"],
    ["a provider function that was not called", { providers: [fake] }, "providers"],
    ["two instances of one name", { providers: [fake(script()), fake(script())] }, "providers"],
    ["a bad instance name", { providers: [named("Jelgava!", fake(script()))] }, "providers"],
    ["a bad manifest", { providers: [fake(script(), { webhook: "maybe" as never })] }, "providers"],
    ["no fulfilment policy", { fulfilment: undefined }, "fulfilment"],
    ["a relative base URL", { publicBaseUrl: "/maksa" }, "publicBaseUrl"],
    ["a base URL with a query", { publicBaseUrl: `${base}?x=1` }, "publicBaseUrl"],
    [
      "ids that can be foretold for live money",
      { entropy: (size: number) => new Uint8Array(size), providers: [{ ...fake(script()), environment: "live" }] },
      "entropy"
    ],
    [
      "a plain http base URL for live money",
      { publicBaseUrl: "http://agency.example", providers: [{ ...fake(script()), environment: "live" }] },
      "publicBaseUrl"
    ]
  ]
  for (const [name, options, field] of cases) {
    it(`refuses ${name} and names the field`, async () => {
      const error = await start(options)
      assert.strictEqual(error.reason._tag, "NotConfigured")
      assert.strictEqual(error.reason._tag === "NotConfigured" ? error.reason.field : "", field)
      assert.strictEqual(error.docUrl, "docs/errors.md#notconfigured")
    })
  }

  it("runs two instances of one provider side by side", async () => {
    const [first, second] = [script(), script()]
    await using h = await harness({
      provider: () => fake(first),
      providers: [fake(first), named("fake-jelgava", fake(second))] as never
    })
    const payments = h.payments as unknown as { create(request: unknown): Promise<{ readonly provider: string }> }
    const payment = await payments.create({
      idempotencyKey: "k",
      provider: "fake-jelgava",
      merchantReference: "C",
      amount: { minorUnits: 1n, currency: "EUR" },
      returnUrl: "https://agency.example/",
      options: {}
    })
    assert.deepStrictEqual([payment.provider, first.calls.length, second.calls.length], ["fake-jelgava", 0, 1])
  })

  it("has no method that no provider declares, at run time either", async () => {
    await using h = await harness()
    assert.isFalse("resume" in h.payments)
    assert.isFalse("refund" in h.payments)
    assert.isFalse("banks" in h.payments)
    assert.isTrue("check" in h.payments)
  })

  it("closes with its scope and then answers nothing", async () => {
    const h = await harness()
    await h.payments.close()
    const failed = await h.payments.list().then(
      () => false,
      () => true
    )
    assert.isTrue(failed)
    await h[Symbol.asyncDispose]()
  })
})
