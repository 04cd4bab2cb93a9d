// What a named person decides where evidence does not.
import { isPaymentError } from "@maksa/core"
import { BrokenHistory } from "../BrokenHistory.ts"
import { attemptsOf, deedsOf, newest, sumsSeen } from "../Chronicle.ts"
import { decided } from "../Deeds.ts"
import { type Take, verb } from "./Take.ts"

const by = "the head clerk"
const reason = "by the bank's statement"

export const decide: Take<"decide"> = async (chronicle, { of, status }) => {
  const { world } = chronicle
  const target = newest(attemptsOf(chronicle), of)
  const paymentId = target?.order.paymentId
  if (target === undefined || paymentId === undefined) return false
  const { id } = target.attempt
  const result = await verb("decide", () =>
    world.payments.decide(paymentId, { attemptId: id, status, by, reason, evidence: "statement 17" })
  )
  if (isPaymentError(result)) return true
  const one = result.attempts.find((attempt) => attempt.id === id)
  if (one?.status !== status || one.finality !== "hard") {
    throw new BrokenHistory("decision-stands", `decided ${status}, and it is ${one?.status} (${one?.finality})`)
  }
  const history = await world.payments.history(paymentId)
  if (!history.some((row) => row.attemptId === id && row.decision?.by === by && row.decision.reason === reason)) {
    throw new BrokenHistory("decision-is-signed", "nobody can tell who decided, and why")
  }
  chronicle.deeds.set(id, decided(deedsOf(chronicle, id), status, world.driver.now(), sumsSeen(chronicle, target)))
  await world.driver.advance(1)
  return true
}
