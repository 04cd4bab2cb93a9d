import assert from "node:assert/strict"
import type { AnyProvider } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { Law } from "../../Law.ts"
import { openWorld } from "../../openWorld.ts"
import { unlessCalling } from "../exempt.ts"

/** The same provider, whose adapter sends each order twice. */
const sendingTwice = (provider: AnyProvider): AnyProvider => ({
  ...provider,
  make: Effect.map(provider.make, (adapter) => ({
    ...adapter,
    create: (input) => Effect.tap(adapter.create(input), () => Effect.exit(adapter.create(input)))
  }))
})

export const repeatedCreate: Law = {
  id: "repeated-order",
  sentence:
    "The identical order sent twice is one payment at the provider if and only if `repeatCreate` allows to send it again.",
  reason: "`repeatCreate` is the licence to send again what may have been lost: wrongly given, it collects twice.",
  duty: "Declare `after_absence` only where the provider knows a repeated order by an id of yours; make the same bytes of the same input.",
  about: ["repeatCreate"],
  ...unlessCalling,
  check: async ({ contract, driver, manifest, order }) => {
    const doubled = { ...contract, make: (own: typeof driver) => sendingTwice(contract.make(own)) }
    await using world = await openWorld(doubled, driver, { order })
    const payment = await world.create()
    const calls = (await driver.calls()).filter((call) => call.operation === "create")
    assert.equal(calls.length, 2, "the order was not sent twice")
    assert.equal(calls[0]?.digest, calls[1]?.digest, "the same order makes different bytes")
    const payments = (await world.truth(payment)).length
    await world.create()
    const [first, , other] = (await driver.calls()).filter((call) => call.operation === "create")
    assert.notEqual(first?.digest, other?.digest, "the driver shows one digest for two different orders")
    const isOne = manifest.repeatCreate === "after_absence"
    assert.equal(
      payments === 1,
      isOne,
      `the order sent twice made ${payments} payments, and \`repeatCreate\` is \`${manifest.repeatCreate}\``
    )
  }
}
