/**
 * The text that is signed for flat parameters can be cut into nested bodies of the same signature, and the payer sees
 * Payment Page's signature; types are not signed at all. So no such message may prove anything new.
 * `npm run forgeries` makes a million of them.
 */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import { assert, describe, it } from "vitest"
import { canonicalize } from "../../src/signature.ts"
import { orderAt } from "../support/openAdapter.ts"
import { makeRecorded } from "../support/recordingTransport.ts"
import { cutter } from "./cutter.ts"
import { attacks, forger } from "./forge.ts"
import { seeded } from "./seeded.ts"

const { adapter } = makeRecorded(() => assert.fail("nothing is sent"), { flow: "payment_page" })

describe("a message made out of signed ones, without the key", () => {
  it("proves nothing that its signer did not say", async () => {
    const { findings, tallies } = (await forger()).run(20261122, 6000)
    assert.deepStrictEqual(findings, [])
    const of = (attack: (typeof attacks)[number]) => tallies.get(attack) ?? assert.fail(attack)
    // Otherwise the attack was not tried: texts cut anew fit by construction, swapped types most of the time.
    for (const attack of ["a page's text cut anew", "a callback's text cut anew"] as const) {
      assert.strictEqual(of(attack).fitting, of(attack).messages)
      assert.strictEqual(of(attack).unchanged, 0)
    }
    assert.strictEqual(of("bits flipped").fitting, 0)
    assert.isAbove(of("types swapped").fitting, of("types swapped").messages / 2)
    assert.isAbove(of("types swapped").unchanged, 0)
    assert.isBelow(of("types swapped").unchanged, of("types swapped").fitting)
  })
})

describe("a Payment Page call", () => {
  it("would fit a forged callback if ';' were let through, which is how the attack above is known to work", () => {
    const parts = ["https://x", "payment:id:att_1", "payment:status:success", "payment:type:purchase"]
    const call = { merchant_return_url: parts.join(";"), payment_amount: "1200", payment_id: "att_1" }
    const canonical = canonicalize(call)
    const cut = cutter(call, seeded(1))
    const forged = Array.from({ length: 3000 }, cut).filter((body) => {
      if (body === undefined) return false
      const text = Result.try({ try: () => canonicalize(body), catch: () => "cannot be signed" })
      const payment = body["payment"]
      const isCallback = typeof payment === "object" && payment["status"] === "success"
      return isCallback && Result.isSuccess(text) && text.success === canonical
    })
    assert.isAbove(forged.length, 0)
  })

  it("is not signed with a value that holds ';'", async () => {
    const now = Date.parse("2026-12-01T12:00:00Z")
    for (const changes of [
      { purpose: "a;payment:status:success" },
      { options: { description: "a;b" } },
      { options: { customer: { id: "a;b" } } },
      { payer: { firstName: Redacted.make("a;b") } },
      { urls: { ...orderAt(now).urls, return: "https://agency.example/a;b" } },
      { urls: { ...orderAt(now).urls, webhook: "https://agency.example/a;b" } }
    ]) {
      const result = await Effect.runPromise(Effect.result(adapter.create(orderAt(now, changes))))
      const isRefused = Result.isFailure(result) && result.failure.reason._tag === "InvalidRequest"
      assert.isTrue(isRefused, JSON.stringify(changes))
    }
  })
})
