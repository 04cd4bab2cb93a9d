import { money } from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { readBanks } from "../../src/internal/banks.ts"
import { reasonOf } from "../support/openAdapter.ts"
import { useWorld } from "../support/world.ts"

const world = useWorld()
let sum = 1000n
/** Lists are kept by their sum, so each test asks with its own. */
const ask = (minorUnits = (sum += 1n)) => world.adapter.banks(money(minorUnits, "EUR"))
const calls = (): number => world.provider.sandbox.calls().filter(({ operation }) => operation === "bank_list").length

describe("the list of banks", () => {
  for (const bankListEnvelope of ["array", "object"]) {
    for (const bankLimitNames of ["blank", "camel", "snake"]) {
      it(`is read from an ${bankListEnvelope} with ${bankLimitNames} limits, without banks that do not take the sum`, async () => {
        await world.provider.settings({ bankListEnvelope, bankLimitNames, bankLimitMinor: 500_000 })
        const found = await Effect.runPromise(ask())
        assert.sameMembers(
          found.map(({ id, name }) => `${id} ${name}`),
          ["1981 Swedbank", "1991 SEB bank", "2001 Rietumu bank"]
        )
        assert.equal(found[0]?.max?.minorUnits, 500_000n)
        assert.deepEqual(await Effect.runPromise(ask(sum + 1_000_000n)), [])
      })
    }
  }

  it("is asked once for a sum, and again after a failure", async () => {
    const amount = (sum += 1n)
    world.provider.sandbox.faults.add({ operation: "bank_list", kind: "html", times: 1 })
    assert.equal((await reasonOf(ask(amount)))._tag, "MalformedResponse")
    const lists = await Promise.all([1, 2, 3].map(() => Effect.runPromise(ask(amount))))
    assert.equal(calls(), 2)
    assert.lengthOf(lists[2] ?? [], 3)
  })

  it("passes over what is no bank, and keeps each id once", () => {
    const bank = { id: "7", name: "Banka", "min amount": "100", "max amount": 1.5, limitCurrency: "EUR" }
    const body = { status: "success", banks: [bank, bank, { id: 0, name: "x" }, { id: 8, name: " " }, null, "9"] }
    assert.deepEqual(readBanks(body), [{ id: "7", name: "Banka", min: money(100n, "EUR") }])
    assert.deepEqual(readBanks({ ...bank, limitCurrency: "USD" }), [{ id: "7", name: "Banka" }])
    for (const nothing of [null, [], {}, "x", 1, { a: { b: { c: { d: bank } } } }])
      assert.deepEqual(readBanks(nothing), [])
  })
})
