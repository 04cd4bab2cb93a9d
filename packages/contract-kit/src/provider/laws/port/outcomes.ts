import assert from "node:assert/strict"
import type { Manifest, Payment } from "@maksa/core"
import { attempted, hour, opened, paid, provenClaims } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { World } from "../../World.ts"

type Outcome = Manifest["outcomes"][number]

/** Ways in which a provider may come to say it. */
const ways: Readonly<Record<Outcome, (world: World) => Promise<Payment>>> = {
  promised: async (world) => {
    const payment = await opened(world)
    await world.turn(payment, { to: "promised" })
    return payment
  },
  received: (world) => paid(world),
  refused: async (world) => {
    const payment = await opened(world)
    await world.turn(payment, { to: "refused" })
    return payment
  },
  lapsed: async (world) => {
    const payment = await opened(world, { deadline: new Date(world.now() + hour) })
    await attempted(() => world.turn(payment, { to: "lapsed" }))
    await world.advance(2 * hour)
    return payment
  },
  withdrawn: async (world) => {
    const payment = await opened(world)
    await attempted(() => world.act(payment, "leave"))
    await world.payments.withdraw(payment.id, { by: "A. Clerk", reason: "the contract is tried" })
    return payment
  },
  undone: async (world) => {
    const payment = await paid(world)
    await world.turn(payment, { to: "undone", late: true })
    return payment
  }
}

/** The same for the report: what an author has to look at. */
const tried: Readonly<Record<Outcome, string>> = {
  promised: "the driver's turn `promised`",
  received: "the driver's act `pay`, then its turn `received` if nothing was charged",
  refused: "the driver's turn `refused`",
  lapsed: "the driver's turn `lapsed`, then two hours on an order with a deadline of one hour",
  withdrawn: "the driver's act `leave`, then `withdraw` if it is declared",
  undone: "the driver's turn `undone` after the payment was paid"
}

export const outcomes: Law = {
  id: "outcomes-are-seen",
  sentence: "Each end of a payment that the manifest lists is said by the provider's evidence, and no other.",
  reason: "The documentation tells agencies what can happen to a payment; a missing end is an unhandled one.",
  duty: "List in `outcomes` what your mapping can produce, and map every documented end of a payment.",
  about: ["outcomes"],
  once: true,
  check: async (world) => {
    const seen = new Set<string>()
    for (const [outcome, way] of Object.entries(ways) as ReadonlyArray<[Outcome, (typeof ways)[Outcome]]>) {
      // the record's keys
      const isDeclared = world.manifest.outcomes.includes(outcome)
      let payment: Payment
      try {
        payment = await way(world)
      } catch (cause) {
        if (!isDeclared) continue
        const tells = `\`outcomes\` lists \`${outcome}\`, and it cannot be brought about; tried was ${tried[outcome]}`
        throw new Error(tells, { cause })
      }
      await world.advance(hour)
      const claims = await provenClaims(world, payment)
      for (const claim of claims) seen.add(claim)
      assert.ok(
        !isDeclared || claims.has(outcome),
        `\`outcomes\` lists \`${outcome}\`, and no evidence says it; tried was ${tried[outcome]}`
      )
    }
    for (const outcome of Object.keys(ways)) {
      const isDeclared = (world.manifest.outcomes as ReadonlyArray<string>).includes(outcome)
      assert.equal(seen.has(outcome), isDeclared, `evidence says \`${outcome}\`, and \`outcomes\` does not list it`)
    }
  }
}
