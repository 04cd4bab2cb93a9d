// What the payer enters before there is a page, and what the payer agrees to.
import { isDeepStrictEqual } from "node:util"
import { isPaymentError } from "@maksa/core"
import { BrokenHistory } from "../BrokenHistory.ts"
import { attemptsOf, newest } from "../Chronicle.ts"
import { type Take, verb } from "./Take.ts"

export const answer: Take<"answer"> = async (chronicle, step) => {
  const { world } = chronicle
  const order = newest(chronicle.orders, step.of)
  const payment = order?.moment?.believed
  const known = attemptsOf(chronicle).find(({ attempt }) => attempt.id === payment?.current.id)
  const action = payment?.current.nextAction
  if (payment === undefined || known === undefined || action?._tag !== "collect") return false
  const { answers = {} } = world.contract.scenarios.collect ?? {}
  const fields = Object.fromEntries(action.fields.map(({ name }) => [name, answers[name] ?? `value of ${name}`]))
  const { consentText = "" } = action
  const given = step.isAsShown ? action.consentText : `${consentText}!`
  const result = await verb("resume", () =>
    world.payments.resume(payment, { fields, ...(given === undefined ? {} : { consentText: given }) })
  )
  if (!step.isAsShown && !isPaymentError(result)) {
    throw new BrokenHistory("consent-as-shown", "a consent to another text than the shown one was taken")
  }
  for (const truth of await world.driver.truth(known.at)) {
    const isHere = truth.consentText !== undefined || truth.fields !== undefined
    if (!isHere && !isPaymentError(result)) {
      throw new BrokenHistory("consent-as-shown", "an answer was taken, and the provider has none")
    }
    if (!isHere) continue
    if (truth.consentText !== action.consentText) {
      throw new BrokenHistory("consent-as-shown", "the provider has another consent than the payer was shown")
    }
    if (!isDeepStrictEqual({ ...truth.fields }, fields)) {
      throw new BrokenHistory("consent-as-shown", "the provider has other answers than the payer gave")
    }
  }
  return true
}
