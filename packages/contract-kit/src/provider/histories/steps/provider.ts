// What happens at the provider: by the payer's hand, or by itself.
import { type Money, money } from "@maksa/core"
import { attemptsOf, deedsOf, newest, sumsSeen } from "../Chronicle.ts"
import { acted, type Deeds, mayOverturn, turned } from "../Deeds.ts"
import { mostSkewSeconds, type StepOf } from "../Step.ts"
import { possible, type Take } from "./Take.ts"

export const act: Take<"act"> = async (chronicle, step) => {
  const target = newest(attemptsOf(chronicle), step.of)
  // Without a link there is no page to go to.
  if (target?.at.nextAction === undefined) return false
  const { driver } = chronicle.world
  const deeds = deedsOf(chronicle, target.attempt.id)
  const after = acted(deeds, step.act, driver.now(), target.attempt.deadline.epochMilliseconds)
  const isDone = await possible(() => driver.act(target.at, step.act))
  chronicle.deeds.set(
    target.attempt.id,
    isDone ? after : { ...after, word: deeds.word, at: deeds.at, since: deeds.since }
  )
  await driver.advance(1)
  return isDone
}

export const goBack: Take<"return"> = async (chronicle, step) => {
  const target = newest(attemptsOf(chronicle), step.of)
  if (target?.at.nextAction === undefined) return false
  const { driver } = chronicle.world
  const { deadline, id } = target.attempt
  let leadsTo: string | undefined
  const isDone = await possible(async () => {
    leadsTo = (await driver.act(target.at, "leave")).leadsTo
  })
  if (isDone) {
    const after = acted(deedsOf(chronicle, id), "leave", driver.now(), deadline.epochMilliseconds)
    chronicle.deeds.set(id, after)
  }
  if (leadsTo !== undefined) await chronicle.world.visit(leadsTo)
  return isDone
}

const foreign = (currency: string): string => (currency === "USD" ? "EUR" : "USD")

/** Another sum than the asked one: taken by mistake, or a part that goes back of money that came. */
const sumOf = (step: StepOf<"turn">, asked: Money | undefined, deeds: Deeds): Money | undefined => {
  const isOther = step.to === "received" || (step.to === "undone" && deeds.word === "received" && step.sum === "less")
  if (asked === undefined || step.sum === "asked" || !isOther) return undefined
  if (step.sum === "foreign") return money(asked.minorUnits, foreign(asked.currency))
  return money(step.sum === "less" ? asked.minorUnits - 1n : asked.minorUnits + 1n, asked.currency)
}

// Late is money; a provider that denies money which it has is no provider.
const movesMoney: ReadonlySet<string> = new Set(["promised", "received", "undone"])

export const turn: Take<"turn"> = async (chronicle, step) => {
  const target = newest(attemptsOf(chronicle), step.of)
  if (target === undefined) return false
  const { driver } = chronicle.world
  const { id } = target.attempt
  const deeds = deedsOf(chronicle, id)
  const at = driver.now()
  // Nothing goes back that never came.
  const sums = sumsSeen(chronicle, target)
  if (step.to === "undone" && sums.charged <= sums.undone && deeds.word !== "promised") return false
  // And what is there neither comes nor is promised again.
  if (step.to === "promised" && sums.charged > 0n) return false
  if (step.to === "received" && sums.charged > sums.undone) return false
  // Money in another currency comes in place of the right one, and is for a person to settle.
  if (sums.hasForeign && movesMoney.has(step.to)) return false
  if (step.to === "received" && step.sum === "foreign" && sums.charged > 0n) return false
  // Only a history that says so lets the provider break its own word.
  const isLate = step.late && movesMoney.has(step.to)
  // By our clock, where that is wrong, the window may have ended before.
  const latest = chronicle.isSkewed ? at + mostSkewSeconds * 1000 : at
  const breaksRules = !mayOverturn(deeds, driver.facts, latest, target.attempt.deadline.epochMilliseconds)
  if (!isLate && breaksRules) return false
  const amount = sumOf(step, target.order.moment?.asked, deeds)
  const plan = {
    to: step.to,
    ...(amount === undefined ? {} : { amount }),
    ...(isLate ? { late: true } : {})
  }
  const isDone = await possible(() => driver.turn(target.at, plan))
  if (isDone) chronicle.deeds.set(id, turned(deeds, plan, at, breaksRules))
  await driver.advance(1)
  return isDone
}
