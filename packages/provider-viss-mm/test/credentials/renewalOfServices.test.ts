// The services besides SOAP: what a function gives is replaced everywhere it is used.
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import type { Observed, PaymentError } from "@maksa/core"
import { layer } from "@maksa/core/undici"
import * as Effect from "effect/Effect"
import * as TestClock from "effect/testing/TestClock"

import { vissMm } from "../../src/index.ts"
import { at, attempt, createInput, type Mm, startMm } from "../support/mm.ts"

let mm: Mm
beforeAll(async () => {
  mm = await startMm()
})
afterAll(() => mm.close())

const atNoon = TestClock.setTime(Date.now())
const callersOf = (operation: string): ReadonlyArray<unknown> =>
  mm.sandbox
    .calls()
    .filter((call) => call.operation === operation)
    .map((call) => at(call, "clientCertificate"))

/** Requests belong to the certificate that they came with: "a" until a minute has passed since the change, then "b". */
const changesWithinAMinute = Effect.fnUntraced(function* (
  {
    create
  }: {
    readonly create: (input: ReturnType<typeof createInput>) => Effect.Effect<ReadonlyArray<Observed>, PaymentError>
  },
  change: () => void
) {
  const owner = Effect.map(create(createInput()), ([observed]) =>
    at(mm.sandbox.payment(observed?.providerReference ?? ""), "clientCertificate")
  )
  assert.strictEqual(yield* owner, "Maksa client a")
  change()
  yield* TestClock.adjust(59_000)
  assert.strictEqual(yield* owner, "Maksa client a")
  yield* TestClock.adjust(1_000)
  assert.strictEqual(yield* owner, "Maksa client b")
})

describe("credentials of PaymentApi that functions give", () => {
  it.effect("are replaced in MM_Cert and at the documents, and the check looks at all of them", () =>
    Effect.gen(function* () {
      yield* atNoon
      let client: "a" | "b" = "a"
      const config = yield* Effect.promise(async () =>
        mm.apiConfig({
          credentials: async () => ({ certificate: (await mm.pem(client)).pem }),
          clientCertificate: () => mm.pem(client),
          documents: { ...(await mm.documents()), credentials: () => mm.pem(client) }
        })
      )
      const adapter = yield* Effect.provide(vissMm(config).make, layer)
      yield* changesWithinAMinute(adapter, () => (client = "b"))
      const unknown = attempt({ providerReference: "05ae69d8-2be1-4a63-ae93-9d0e42e254f1" })
      yield* Effect.flip(adapter.receipt(unknown, "xml"))
      assert.deepStrictEqual(callersOf("Invoices/Xml").at(-1), "Maksa client b")
      const checks = (yield* adapter.check()).filter(({ expiresAt }) => expiresAt !== undefined)
      assert.deepStrictEqual(
        checks.map(({ isOk, name }) => [name, isOk]),
        [
          ["certificate", true],
          ["clientCertificate", true],
          ["documentsCertificate", true]
        ]
      )
    })
  )

  it.effect("that end soon are told by name, each with what to do", () =>
    Effect.gen(function* () {
      yield* atNoon
      const config = yield* Effect.promise(async () =>
        mm.apiConfig({ clientCertificate: await mm.pem("a"), documents: await mm.documents("b") })
      )
      const adapter = yield* Effect.provide(vissMm(config).make, layer)
      const dated = Effect.map(adapter.check(), (results) => results.filter(({ expiresAt }) => expiresAt !== undefined))
      const ends = Math.min(...(yield* dated).map(({ expiresAt }) => expiresAt ?? 0))
      yield* TestClock.setTime(ends - 7 * 86_400_000)
      for (const { isWarning, message, name } of yield* dated) {
        assert.isTrue(isWarning, name)
        assert.match(message, /expires in \d+ days?\./, name)
      }
    })
  )
})

describe("credentials of the portal that a function gives", () => {
  it.effect("are replaced with their tokens, from PEM to PFX, within a minute of the change", () =>
    Effect.gen(function* () {
      yield* atNoon
      let client: "a" | "b" = "a"
      const config = yield* Effect.promise(() =>
        mm.portalConfig("sync", { credentials: () => (client === "a" ? mm.pem("a") : mm.pfx("b")) })
      )
      const adapter = yield* Effect.provide(vissMm(config).make, layer)
      yield* changesWithinAMinute(adapter, () => (client = "b"))
      assert.includeMembers([...callersOf("Issue")], ["Maksa client a", "Maksa client b"])
      const [, certificate, ...services] = yield* adapter.check()
      assert.deepInclude(certificate, { name: "certificate", isOk: true })
      assert.isTrue(
        services.every(({ isOk }) => isOk),
        JSON.stringify(services)
      )
    })
  )

  it.effect("that cannot be used leave the old ones and their tokens at work, and the check tells", () =>
    Effect.gen(function* () {
      yield* atNoon
      let isBroken = false
      const config = yield* Effect.promise(() =>
        mm.portalConfig("sync", {
          credentials: () => (isBroken ? Promise.reject(new Error("slepens-kanarijs")) : mm.pem("a"))
        })
      )
      const adapter = yield* Effect.provide(vissMm(config).make, layer)
      isBroken = true
      yield* TestClock.adjust(60_000)
      yield* adapter.create(createInput())
      const told = (yield* adapter.check()).find(({ name }) => name === "certificate")
      assert.deepInclude(told, { isOk: true, isWarning: true })
      assert.include(told?.message, "the old ones stay in use")
      assert.notInclude(told?.message, "kanarijs")
    })
  )
})
