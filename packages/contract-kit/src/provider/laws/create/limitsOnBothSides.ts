import assert from "node:assert/strict"
import { offered, reasonOf, second } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { OrderChanges, World } from "../../World.ts"
import { priced, sumOf } from "../sums.ts"

/** The order with so many lines; a sum is shared out among them. */
const lined = (world: World, count: number): OrderChanges | undefined => {
  const [line] = world.order.lines ?? []
  if (line === undefined) return undefined
  const { minMinorUnits, maxMinorUnits } = world.manifest.limits
  if (!("amount" in line)) return { lines: Array.from({ length: count }, () => line) }
  const each = minMinorUnits / BigInt(count) + 1n
  if (each * BigInt(count) > maxMinorUnits) return undefined
  const amount = { ...line.amount, minorUnits: each }
  return { lines: Array.from({ length: count }, () => ({ ...line, amount })) }
}

const accepts = async (world: World, what: string, changes: OrderChanges) => {
  try {
    const payment = await offered(world, changes)
    await world.act(payment, "open")
    // Some providers keep a payment only when the payer has acted.
    if ((await world.truth(payment)).length === 0) await world.act(payment, "pay")
    assert.equal((await world.truth(payment)).length, 1)
  } catch (cause) {
    throw new Error(`${what} is within the manifest's limits, and the provider did not take it`, { cause })
  }
}

const refuses = async (world: World, what: string, changes: OrderChanges) => {
  const calls = (await world.driver.calls()).length
  const payments = (await world.payments.list()).length
  const error = await world.refusal(() => world.create(changes))
  assert.equal(reasonOf(error), "InvalidRequest", `${what} is beyond the manifest's limits`)
  assert.equal((await world.driver.calls()).length, calls, `${what} is beyond the limits, and the provider was called`)
  assert.equal((await world.payments.list()).length, payments, `${what} is beyond the limits, and a payment was stored`)
}

export const limitsOnBothSides: Law = {
  id: "limits-on-both-sides",
  sentence:
    "What is at a declared limit is taken by the provider; what is beyond it is refused before anything is stored or sent.",
  reason: "A limit that is too wide fails in front of the payer; one that is too narrow turns payers away.",
  duty: "Declare the provider's own limits. Core refuses what is beyond them; you need not.",
  about: ["limits"],
  check: async (world) => {
    const { limits } = world.manifest
    const deadline = (seconds: number) => new Date(world.now() + seconds * second)
    await accepts(world, "the longest purpose", { purpose: "a".repeat(limits.maxPurposeLength) })
    await refuses(world, "a longer purpose", { purpose: "a".repeat(limits.maxPurposeLength + 1) })
    await accepts(world, "the latest deadline", { deadline: deadline(limits.maxDeadlineSeconds - 30) })
    await refuses(world, "a later deadline", { deadline: deadline(limits.maxDeadlineSeconds + 30) })
    await refuses(world, "a deadline in the past", { deadline: deadline(-1) })

    const most = lined(world, limits.maxLines)
    if (most !== undefined) await accepts(world, "the longest list of lines", most)
    const more = lined(world, limits.maxLines + 1)
    if (more !== undefined) await refuses(world, "one line more", more)

    const sum = sumOf(world.order)
    if (sum === undefined) return
    for (const currency of limits.currencies) {
      await accepts(
        world,
        `the least sum in ${currency}`,
        priced(world.order, { minorUnits: limits.minMinorUnits, currency })
      )
      await accepts(
        world,
        `the greatest sum in ${currency}`,
        priced(world.order, { minorUnits: limits.maxMinorUnits, currency })
      )
    }
    const { currency } = sum
    await refuses(
      world,
      "less than the least sum",
      priced(world.order, { minorUnits: limits.minMinorUnits - 1n, currency })
    )
    await refuses(
      world,
      "more than the greatest sum",
      priced(world.order, { minorUnits: limits.maxMinorUnits + 1n, currency })
    )
    await refuses(
      world,
      "a sum in another currency",
      priced(world.order, { minorUnits: sum.minorUnits, currency: limits.currencies.includes("XTS") ? "ZZZ" : "XTS" })
    )
  }
}
