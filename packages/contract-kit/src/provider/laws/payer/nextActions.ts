import assert from "node:assert/strict"
import type { NextAction } from "@maksa/core"
import { attempted, toPage } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import { openWorld } from "../../openWorld.ts"
import type { OrderScenario } from "../../ProviderContract.ts"
import type { World } from "../../World.ts"

/** The kinds of action that a payer of this order meets, in order. */
const met = async (world: World, order: OrderScenario): Promise<ReadonlyArray<NextAction["_tag"]>> => {
  const seen: Array<NextAction["_tag"]> = []
  const look = async (id: string) => {
    const { nextAction } = (await world.payments.get(id)).current
    if (nextAction !== undefined && seen.at(-1) !== nextAction._tag) seen.push(nextAction._tag)
  }
  const payment = await world.create(order)
  await look(payment.id)
  await world.quiet()
  await look(payment.id)
  await toPage(world, await world.get(payment))
  await look(payment.id)
  await world.act(payment, "open")
  await world.quiet()
  await look(payment.id)
  if (order.actions.includes("collect") && !seen.includes("collect")) {
    await world.turn(payment, { to: "collect" })
    await world.quiet()
    await look(payment.id)
  }
  // An action names our own page, which is up to its kind.
  const { current } = await world.get(payment)
  if (current.nextAction !== undefined) {
    assert.ok(current.actionUrl, "an action without the address of our page for it")
    assert.ok((await world.visit(current.actionUrl)).status < 400, "our page for the action is broken")
  }
  await attempted(() => world.act(payment, "leave"))
  return seen
}

export const nextActions: Law = {
  id: "next-actions-are-met",
  sentence: "Payers meet the kinds of next action that the manifest and the order scenarios list, and no others.",
  reason: "An application has a page for each kind it was told of; a payer with another kind stands before nothing.",
  duty: "Translate each next step into the closed set of actions, and list in `actions` those that occur.",
  about: ["actions"],
  once: true,
  check: async (outer) => {
    const { contract, driver, manifest } = outer
    const { orders, collect } = contract.scenarios
    const all = new Set<string>()
    for (const order of [...orders, ...(collect === undefined ? [] : [collect])]) {
      await using world = await openWorld(contract, driver, { order })
      const seen = await met(world, order)
      for (const action of seen) all.add(action)
      assert.deepEqual(seen, [...order.actions], `${order.name}: the payer met other actions than the scenario lists`)
    }
    assert.deepEqual(
      [...all].toSorted(),
      [...manifest.actions].toSorted(),
      "the manifest's `actions` are not those that payers met"
    )
  }
}
