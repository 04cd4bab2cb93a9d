import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Scope from "effect/Scope"
import { afterAll, afterEach, assert, beforeAll, describe, it } from "vitest"

import { created, type Mm, type MmAdapter, run, startMm } from "../support/mm.ts"
import { type OpenPfas, openPfasOf, type PfasChange, toldOf, troubleOf } from "../support/pfas.ts"

let mm: Mm
let x509: MmAdapter
const scope = Effect.runSync(Scope.make())
const open = (change?: PfasChange): Promise<OpenPfas> => openPfasOf(mm, scope, change)

beforeAll(async () => {
  mm = await startMm()
  x509 = await mm.adapter()
})
afterEach(() => mm.sandbox.reset())
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void))
  await mm.close()
})

const nobody = "11111111-2222-4333-8444-555555555555"
const settings = (change: object): Promise<unknown> => mm.control("PATCH", "/viss-mm/settings", change)
const calls = (): ReadonlyArray<string> => mm.sandbox.calls().map(({ operation }) => operation)
/** Runs the adapter on a clock that is ahead by so much, or behind. */
const shifted = <A, E>(millis: number, effect: Effect.Effect<A, E>): Effect.Effect<A, E> =>
  Effect.flatMap(Clock.Clock, (clock) =>
    Effect.provideService(effect, Clock.Clock, {
      sleep: (duration) => clock.sleep(duration),
      currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe() + millis,
      currentTimeMillis: Effect.map(clock.currentTimeMillis, (now) => now + millis),
      currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe() + BigInt(millis) * 1_000_000n,
      currentTimeNanos: Effect.map(clock.currentTimeNanos, (now) => now + BigInt(millis) * 1_000_000n),
      monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
      monotonicTimeNanos: clock.monotonicTimeNanos
    })
  )
const minute = 60_000
const hour = 60 * minute

describe("a certificate that the token service does not know", () => {
  it.each(["expired", "unknownCa"] as const)("(%s) is explained by ID4058", async (client) => {
    const { pfas } = await open({ client })
    const { reason } = await toldOf(pfas.status(nobody), "status")
    assert.deepInclude(reason, { _tag: "AuthenticationFailed", providerCode: "ID4058" })
    assert.match(reason.message, /not activated, has expired, or belongs to the other environment/)
    assert.deepStrictEqual(calls(), ["Issue"])
  })

  it("because it was not activated is explained by ID4058, and works once it is", async () => {
    const { pfas } = await open()
    const match = { clientCertificate: "Maksa client a" }
    mm.fault({ operation: "Issue", kind: "not_activated", match, times: 1 })
    const { reason } = await toldOf(pfas.document(nobody, "pdf"), "receipt")
    assert.deepInclude(reason, { _tag: "AuthenticationFailed", providerCode: "ID4058" })
    assert.strictEqual((await toldOf(pfas.status(nobody), "status")).reason._tag, "NotFound")
  })
})

describe("a role that is missing", () => {
  it.each([
    ["status", ["MM_INVOICE_SERVICE"], "MM_PAYMENTREQUEST_STATUS_SERVICE", "status", "NotReady"],
    ["receipt", ["MM_PAYMENTREQUEST_STATUS_SERVICE"], "MM_INVOICE_SERVICE", "document", "NotFound"]
  ] as const)("is named, for %s", async (call, stsRoles, role, verb, others) => {
    await settings({ stsRoles })
    const { pfas } = await open()
    const asked = (which: "status" | "document"): Effect.Effect<unknown, unknown> =>
      which === "status" ? pfas.status(nobody) : pfas.document(nobody, "xml")
    const { reason } = await toldOf(asked(verb), call)
    assert.strictEqual(reason._tag, "AuthenticationFailed")
    assert.include(reason.message, `role ${role}`)
    // The other operation needs another role, and has it.
    const other = await toldOf(
      asked(verb === "status" ? "document" : "status"),
      call === "status" ? "receipt" : "status"
    )
    assert.strictEqual(other.reason._tag, others)
  })

  it("works as soon as it is granted, although the old token is still kept", async () => {
    await settings({ stsRoles: [] })
    const { pfas } = await open()
    const { id } = await created(x509)
    assert.strictEqual((await troubleOf(pfas.status(id))).situation, "role_missing")
    await settings({ stsRoles: ["MM_PAYMENTREQUEST_STATUS_SERVICE"] })
    assert.strictEqual((await run(pfas.status(id))).word, "P")
  })
})

describe("a token that MM refuses", () => {
  it.each(["wrong_audience", "expired_token", "tampered_token", "foreign_token"])(
    "(%s) is renewed once, and the second one works",
    async (kind) => {
      const { pfas } = await open()
      const { id } = await created(x509)
      mm.fault({ operation: "Issue", kind, times: 1 })
      assert.strictEqual((await run(pfas.status(id))).word, "P")
      const asked = ["Issue", "GetPaymentRequestStatus", "Issue", "GetPaymentRequestStatus"]
      assert.deepStrictEqual(calls().slice(1), asked)
    }
  )

  it.each(["wrong_audience", "expired_token", "tampered_token", "foreign_token"])(
    "(%s) twice is told, and nobody tries a third time",
    async (kind) => {
      const { pfas } = await open({ sts: { keyProof: kind === "wrong_audience" ? "holder_of_key" : "bearer" } })
      mm.fault({ operation: "Issue", kind })
      const { isRetryable, reason } = await toldOf(pfas.document(nobody, "pdf"), "receipt")
      assert.strictEqual(reason._tag, "AuthenticationFailed")
      assert.include(reason.message, "did not accept the security token, nor a new one")
      assert.isFalse(isRetryable)
      assert.deepStrictEqual(calls(), ["Issue", "GetInvoice", "Issue", "GetInvoice"])
    }
  )

  it("because it was asked for another service is told with the name of the setting", async () => {
    const { pfas } = await open({ pfas: { appliesTo: "https://ivis.eps.gov.lv/Request.WebService" } })
    const { reason } = await toldOf(pfas.status(nobody), "status")
    assert.include(reason.message, "appliesTo")
  })

  it("is not even shown once its time is over: a new one is asked for", async () => {
    const { pfas } = await open()
    const { id } = await created(x509)
    await run(pfas.status(id))
    await mm.sandbox.clock.advance(5 * hour)
    assert.strictEqual((await run(shifted(5 * hour, pfas.status(id)))).word, "P")
    const asked = ["Issue", "GetPaymentRequestStatus", "Issue", "GetPaymentRequestStatus"]
    assert.deepStrictEqual(calls().slice(1), asked)
  })
})

describe("a service for which the token service knows no token", () => {
  it("is told with the name of the setting, and MM is not asked", async () => {
    const { pfas } = await open({ pfas: { appliesTo: "https://wrong.example" } })
    const { reason } = await toldOf(pfas.status(nobody), "status")
    assert.strictEqual(reason._tag, "AuthenticationFailed")
    assert.match(reason.message, /issued no token.*`appliesTo`.*fault InvalidScope/)
    assert.notInclude(reason.message, "wrong.example")
    assert.deepStrictEqual(calls(), ["Issue"])
  })
})

describe("clocks that differ", () => {
  it.each([
    ["MessageExpired", 6 * minute, "came at another time"],
    ["MessageExpired", -6 * minute, "came at another time"],
    ["InvalidSecurity", 6 * minute, "the clock of this machine"]
  ])("are told as such where the token service says %s (%d ms)", async (staleMessageFault, shift, words) => {
    await settings({ staleMessageFault })
    const { pfas } = await open()
    const { reason } = await toldOf(shifted(shift, pfas.status(nobody)), "status")
    assert.strictEqual(reason._tag, "AuthenticationFailed")
    assert.include(reason.message, words)
    assert.deepStrictEqual(calls(), ["Issue"])
  })

  it("by less than five minutes do not matter", async () => {
    const { pfas } = await open()
    const { id } = await created(x509)
    await mm.sandbox.clock.advance(4 * minute)
    assert.strictEqual((await run(pfas.status(id))).word, "P")
  })

  it("are told as such by MM too, after a new token has not helped", async () => {
    const { pfas } = await open()
    await troubleOf(pfas.status(nobody))
    await mm.sandbox.clock.advance(6 * minute)
    assert.strictEqual((await troubleOf(pfas.status(nobody))).situation, "clock_skew")
  })
})
