// What laws about repayments do over and over: ask, approve, and look into the provider's own books.
import assert from "node:assert/strict"
import type { Manifest, Payment, Repayment } from "@maksa/core"
import { sum } from "../../journeys.ts"
import type { Law } from "../../Law.ts"
import type { RepaymentTruth } from "../../SandboxDriver.ts"
import type { World } from "../../World.ts"

export type Route = "refund" | "payout"

export const routesOf = ({ extras }: Manifest): ReadonlyArray<Route> =>
  (["refund", "payout"] as const).filter((route) => extras[route] !== false)

export const unlessSendingBack: Pick<Law, "exempt" | "exemptWhen"> = {
  exempt: (manifest) =>
    routesOf(manifest).length === 0 ? "the manifest declares neither `extras.refund` nor `extras.payout`" : undefined,
  exemptWhen: "`extras.refund` and `extras.payout` are false"
}

/** An account in the form of the published examples, whose check digits hold. */
export const account = { iban: "LV80BANK0000435195001", name: "Zvaigznīte Kanārijputniņa" }

let asked = 0

/** Asks for money to go back and has another person approve it, so that it is submitted. */
export const sendBack = async (world: World, payment: Payment, route: Route): Promise<Repayment> => {
  const charged = (await world.truth(payment)).flatMap((one) => one.charged)
  const [first] = charged
  assert.ok(first)
  const { refund } = world.manifest.extras
  const isWhole = route === "refund" && refund !== false && !refund.partial
  const common = {
    paymentId: payment.id,
    idempotencyKey: `law-${++asked}`,
    amount: { minorUnits: isWhole ? sum(charged) : first.minorUnits / 2n, currency: first.currency },
    by: "the clerk",
    reason: "the application was withdrawn",
    // Laws about repayments need not wait for the money to be hard.
    override: true
  }
  const { id } = await world.payments.repay(
    route === "refund" ? { ...common, route } : { ...common, route, payee: account }
  )
  return world.payments.stepRepayment(id, { action: "approve", by: "the head clerk" })
}

export const booksOf = async (world: World, repaymentId: string): Promise<RepaymentTruth | undefined> => {
  const { repayments } = world.driver
  assert.ok(repayments, "the manifest declares `refund` or `payout`, and the driver has no `repayments`")
  return repayments.truth(repaymentId)
}

export const standing = async (world: World, { id, paymentId }: Repayment): Promise<Repayment> => {
  const found = (await world.payments.repayments(paymentId)).find((one) => one.id === id)
  assert.ok(found)
  return found
}

/** The purchase stays what it was: what goes back stands beside it. */
export const assertPurchaseStands = async (world: World, payment: Payment, givenBack: bigint): Promise<void> => {
  const { state } = await world.get(payment)
  assert.equal(state.status, "paid", "what was said of money going back changed the purchase")
  assert.equal(state.money.undone, undefined, "money that we sent back counts as undone by the provider, too")
  assert.equal(state.money.givenBack?.minorUnits ?? 0n, givenBack, "another sum is shown as given back")
}
