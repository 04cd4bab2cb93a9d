import type { Call } from "@maksa/sandbox"
import * as Effect from "effect/Effect"
import { afterAll, assert, beforeAll, beforeEach, describe, it } from "vitest"

import { at, attempt, created, type Mm, type MmAdapter, run, startMm, statusOperationOf } from "../support/mm.ts"

const operation = statusOperationOf.x509

let mm: Mm
let adapter: MmAdapter
beforeAll(async () => {
  mm = await startMm()
})
beforeEach(async () => {
  mm.sandbox.reset()
  adapter = await mm.adapter()
})
afterAll(() => mm.close())

/** The handshakes of the calls that the sandbox has seen, one for each connection. */
const handshakes = async (): Promise<{ readonly calls: number; readonly full: number; readonly resumed: number }> => {
  const calls = at(await mm.control("GET", "/calls"), "calls") as ReadonlyArray<Call> // the sandbox's own type
  const sessions = new Map(calls.map(({ tlsConnection, tlsSession }) => [tlsConnection, tlsSession]))
  const count = (kind: Call["tlsSession"]): number => [...sessions.values()].filter((one) => one === kind).length
  return { calls: calls.length, full: count("new"), resumed: count("resumed") }
}

describe("connections to MM, as the sandbox counts them", () => {
  it("are kept: a thousand calls one after another make one full TLS handshake", async () => {
    const known = attempt({ providerReference: (await created(adapter)).id })
    for (let count = 1; count < 1000; count++) assert.lengthOf(await run(adapter.status(known)), 1)
    // A machine that stands still for seconds may lose the connection; the next one is a resumed one.
    const { calls, full } = await handshakes()
    assert.deepStrictEqual({ calls, full }, { calls: 1000, full: 1 })
  })

  it("that MM has closed are opened anew with the TLS session that was there before", async () => {
    const known = attempt({ providerReference: (await created(adapter)).id })
    mm.fault({ operation, kind: "close", phase: "after", times: 40 })
    for (let count = 0; count < 40; count++)
      assert.isTrue((await run(Effect.exit(adapter.status(known))))._tag === "Failure")
    assert.lengthOf(await run(adapter.status(known)), 1)
    // Session tickets come after the handshake: at the worst the first of them comes too late for the second call.
    const { calls, full, resumed } = await handshakes()
    assert.deepStrictEqual({ calls, connections: full + resumed }, { calls: 42, connections: 41 })
    assert.isAtLeast(resumed, 38)
  })
})
