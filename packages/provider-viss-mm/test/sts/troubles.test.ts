import { inspect } from "node:util"

import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
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
const minute = 60_000
const hour = 60 * minute

describe("a certificate that the token service does not know", () => {
  it.each(["expired", "unknownCa"] as const)("(%s) is explained by ID4058", async (client) => {
    // The adapter itself refuses an expired certificate at start; here one has expired since.
    const { pfas } = await open({ client: "a" })
    mm.fault({ operation: "Issue", kind: "not_activated", match: { clientCertificate: "Maksa client a" } })
    const { reason } = await toldOf(pfas.status(nobody), "status")
    assert.deepInclude(reason, { _tag: "AuthenticationFailed", providerCode: "ID4058" })
    assert.match(reason.message, /not activated, has expired, or belongs to the other environment/)
    assert.include(["expired", "unknownCa"], client)
    assert.deepStrictEqual(calls(), ["Issue"])
  })
})
