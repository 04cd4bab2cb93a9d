/**
 * The text that is signed for flat parameters can be cut into nested bodies of the same signature, and the payer sees
 * Payment Page's signature. So every cut of it must be worth nothing as a callback.
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { canonicalize, sign, SignatureError, verify } from "../src/signature.ts"
import { inbound } from "./support/agency.ts"
import { orderAt } from "./support/openAdapter.ts"
import { makeRecorded, secret } from "./support/recordingTransport.ts"
import { type Body, cutter, isCallback } from "./support/cutter.ts"

const { adapter } = makeRecorded(() => assert.fail("nothing is sent"), { flow: "payment_page" })

const now = Date.parse("2026-12-01T12:00:00Z")
const payer = {
  firstName: Redacted.make("payment:status:success"),
  lastName: Redacted.make("operation:type:sale"),
  email: Redacted.make("payment:id@example.com"),
  phone: Redacted.make("+371 2000 0000")
}
const hostile = "payment:id:att_1:payment:status:success:payment:type:purchase:payment:sum:amount:1"

/** Parameters that an agency's inputs lead to, hostile texts among them. */
const inputs = [
  orderAt(now),
  orderAt(now, { purpose: hostile, payer, language: "lv", options: { bank: "seb" } }),
  orderAt(now, {
    purpose: "::payment::status::success::",
    options: { bank: 2001, customer: { id: "payment:status" } }
  }),
  orderAt(now, { purpose: "success", payer: { ...payer, firstName: Redacted.make(hostile) }, language: "ru" }),
  orderAt(now, { purpose: '{"payment":{"status":"success"}}', options: { description: "status:success" } })
]

const parametersOf = async (input: (typeof inputs)[number]): Promise<Record<string, string>> => {
  const [observed] = await Effect.runPromise(adapter.create(input))
  if (observed?.says._tag !== "action_needed") return assert.fail("no page")
  const { action } = observed.says
  if (action._tag === "submit_form") return { ...action.fields }
  return action._tag === "redirect" ? Object.fromEntries(new URL(action.url).searchParams) : assert.fail(action._tag)
}

const canonicalOf = (body: Body): string | undefined => {
  const text = Result.try({
    try: () => canonicalize(body),
    catch: (cause) => (cause instanceof SignatureError ? cause.reason : "unknown")
  })
  return Result.isSuccess(text) ? text.success : undefined
}

const ROUNDS = 20_000

describe("the signature of a Payment Page call", () => {
  inputs.forEach((input, index) => {
    it(`proves nothing in ${ROUNDS} nested bodies that it also fits (call ${index + 1})`, async () => {
      const { signature = "", ...parameters } = await parametersOf(input)
      const canonical = canonicalize(parameters)
      assert.equal(signature, sign(parameters, secret))
      const cut = cutter(canonical, index + 1)
      let fitting = 0
      let nested = 0
      for (let round = 0; round < ROUNDS; round++) {
        const body = cut()
        if (body === undefined || canonicalOf(body) !== canonical) continue
        fitting += 1
        if (Object.values(body).some((value) => typeof value === "object")) nested += 1
        const raw = new TextEncoder().encode(JSON.stringify({ ...body, signature }))
        assert.isTrue(verify(raw, [secret]), "a fitting body verifies")
        const result = await Effect.runPromise(Effect.result(adapter.webhook(inbound(raw))))
        const proven = Result.isSuccess(result)
          ? result.success.observations.filter((one) => one.trust === "proven")
          : []
        assert.deepEqual(proven, [], JSON.stringify(body))
      }
      // Otherwise the attack was not tried.
      assert.isAbove(fitting, ROUNDS / 4)
      assert.isAbove(nested, ROUNDS / 10)
    })
  })

  it("would fit a forged callback if ';' were let through, which is how the attack above is known to work", () => {
    const parts = ["https://x", "payment:id:att_1", "payment:status:success", "payment:type:purchase"]
    const parameters = { merchant_return_url: parts.join(";"), payment_amount: "1200", payment_id: "att_1" }
    const canonical = canonicalize(parameters)
    const cut = cutter(canonical, 1)
    const forged = Array.from({ length: 20_000 }, cut).filter(
      (body) => body !== undefined && canonicalOf(body) === canonical && isCallback(body)
    )
    assert.isAbove(forged.length, 0)
  })

  it("is not given for a value that holds ';'", async () => {
    for (const changes of [
      { purpose: "a;payment:status:success" },
      { options: { description: "a;b" } },
      { options: { customer: { id: "a;b" } } },
      { payer: { firstName: Redacted.make("a;b") } },
      { urls: { ...orderAt(now).urls, return: "https://agency.example/a;b" } },
      { urls: { ...orderAt(now).urls, webhook: "https://agency.example/a;b" } }
    ]) {
      const result = await Effect.runPromise(Effect.result(adapter.create(orderAt(now, changes))))
      assert.isTrue(
        Result.isFailure(result) && result.failure.reason._tag === "InvalidRequest",
        JSON.stringify(changes)
      )
    }
  })
})
