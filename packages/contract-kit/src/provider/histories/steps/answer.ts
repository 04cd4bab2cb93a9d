// What the payer enters before there is a page, and what the payer agrees to.
import { createHash } from "node:crypto"
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
  if (!isPaymentError(result) && given !== undefined) {
    const last = (await world.payments.history(payment.id)).findLast(({ says }) => says._tag === "consented")?.says
    const digest = createHash("sha256").update(given, "utf8").digest("hex")
    if (last?._tag !== "consented" || last.textDigest !== digest) {
      throw new BrokenHistory("consent-as-shown", "a consent was taken, and its hash was not kept")
    }
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
