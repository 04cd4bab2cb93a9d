import assert from "node:assert/strict"
import { type BankOption, money } from "@maksa/core"
import { callsOf } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { unlessExtra } from "../exempt.ts"

export const banks: Law = {
  id: "banks-take-the-sum",
  sentence: "The list of banks has names and ids, and only banks that take the sum.",
  reason: "A payer who chooses a bank from our list must be able to pay there.",
  duty: "Ask the provider with the real sum, and leave out banks that do not take it.",
  about: ["extras"],
  once: true,
  ...unlessExtra("banks"),
  check: async (world) => {
    const { banks: askBanks } = await world.adapter()
    const { limits } = world.manifest
    const [currency] = limits.currencies
    assert.ok(askBanks !== undefined && currency !== undefined)
    for (const minorUnits of [limits.minMinorUnits, limits.maxMinorUnits]) {
      const sum = money(minorUnits, currency)
      const found: ReadonlyArray<BankOption> = await world.run(askBanks(sum))
      assert.ok(found.length > 0, `no bank takes ${minorUnits} minor units`)
      assert.equal(new Set(found.map((one) => one.id)).size, found.length, "two banks have one id")
      for (const { id, name, min, max } of found) {
        assert.ok(id !== "" && name !== "", "a bank without an id or a name")
        assert.ok((min?.minorUnits ?? 0n) <= minorUnits, "a bank that does not take so little")
        assert.ok(max === undefined || max.minorUnits >= minorUnits, "a bank that does not take so much")
      }
      // the client has the verb where a provider declares it; the kit's client type does not know that
      const { banks: verb } = world.payments as unknown as {
        readonly banks: (instance: string, amount: object) => Promise<ReadonlyArray<object>>
      }
      assert.equal((await verb(world.provider.instance, sum)).length, found.length, "the client lists other banks")
    }
    assert.ok((await callsOf(world, "banks")) > 0, "the banks did not come from the provider")
  }
}
