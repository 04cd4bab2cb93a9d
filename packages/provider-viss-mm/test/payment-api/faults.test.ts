import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import { attempt, created, createInput, errorOf, type Mm, type MmApiAdapter, run, startMm } from "../support/mm.ts"

let mm: Mm
let adapter: MmApiAdapter
/** Gives up soon; only for calls that are never answered, so that a busy machine spoils no other test. */
let impatient: MmApiAdapter
beforeAll(async () => {
  mm = await startMm()
  adapter = await mm.api()
  impatient = await mm.api({ timeouts: { responseMillis: 250 } })
})
afterEach(() => mm.sandbox.reset())
afterAll(() => mm.close())

const callerFor = (kind: string): MmApiAdapter => (kind === "timeout" ? impatient : adapter)
/** Each kind with what a read that meets it is told. */
const kinds = [
  ["close", "Unavailable"],
  ["reset", "Unavailable"],
  ["timeout", "Unavailable"],
  ["status", "Unavailable"],
  ["truncate", "Unavailable"],
  ["html", "MalformedResponse"],
  ["garbage", "MalformedResponse"],
  ["json_bomb", "MalformedResponse"],
  ["entity_bomb", "MalformedResponse"],
  ["dtd", "MalformedResponse"],
  ["huge", "MalformedResponse"],
  ["redirect", "MalformedResponse"]
] as const
const cases = kinds.flatMap(([kind, reason]) =>
  (["before", "after"] as const).map((phase) => [kind, phase, reason] as const)
)

describe("a creation by PaymentApi that meets trouble", () => {
  it.each(cases)("of kind %s %s MM acts is OutcomeUnknown and is not sent again", async (kind, phase) => {
    mm.fault({ operation: "PaymentApi/SavePaymentRequest", kind, phase })
    const error = await errorOf(callerFor(kind).create(createInput()))
    assert.strictEqual(error.reason._tag, "OutcomeUnknown")
    assert.isFalse(error.isRetryable)
    assert.lengthOf(mm.sandbox.calls(), 1)
    assert.lengthOf(mm.sandbox.payments(), phase === "after" ? 1 : 0)
  })
})

describe("a question by PaymentApi that meets trouble", () => {
  it.each(cases)("of kind %s %s MM acts is %s, and the next one is answered", async (kind, phase, reason) => {
    const { id } = await created(adapter)
    const asked = attempt({ providerReference: id })
    mm.fault({ operation: "PaymentApi/CheckPaymentRequestStatusWpt", kind, phase, times: 1 })
    const error = await errorOf(callerFor(kind).status(asked))
    assert.strictEqual(error.reason._tag, reason)
    const [answer] = await run(adapter.status(asked))
    assert.strictEqual(answer?.says._tag, "working")
  })
})
