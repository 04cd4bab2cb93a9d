// What most payments come to: steps that histories are built around, so that most of them are about money.
import type { RepaymentAction } from "@maksa/core"
import * as fc from "fast-check"
import type { Route } from "../laws/repayments/sendingBack.ts"
import type { ProviderTurn } from "../SandboxDriver.ts"
import type { History, Step, StepOf } from "./Step.ts"

const pay: Step = { do: "act", of: 0, act: "pay" }
const turnTo = (to: ProviderTurn["to"]): Step => ({ do: "turn", of: 0, to, sum: "asked", late: false })
const step = (action: RepaymentAction): StepOf<"step_repayment"> => ({
  do: "step_repayment",
  of: 0,
  action,
  hasProof: true
})
// Where notices prove nothing, core has to ask, which it does within a minute.
const askedFor: Step = { do: "jump", by: 60 }
const repay = (isOverride: boolean): Step => ({ do: "repay", of: 0, sum: "all", isOverride })

/** Each means something with any provider: what cannot happen there is passed over. */
const journeys: ReadonlyArray<History> = [
  [],
  [pay],
  [{ do: "act", of: 0, act: "open" }, pay, turnTo("received")],
  [{ do: "answer", of: 0, isAsShown: true }, pay],
  [pay, turnTo("promised"), turnTo("received")],
  [pay, turnTo("undone")],
  [pay, turnTo("received"), { do: "jump", by: "soft_window" }, repay(false), step("approve"), step("submit")],
  [pay, turnTo("received"), askedFor, repay(true), step("approve"), step("complete")]
]

const turnedTo = (to: "done" | "reversed"): Step => ({ do: "turn_repayment", of: 0, to })

/** Money that the provider sends back: told of, or with its reply lost. */
const sentBack = (route: Route): ReadonlyArray<History> => {
  const asked: Step = { do: "repay", of: 0, sum: "part", isOverride: true, route }
  const lost: Step = { do: "fault", operation: route, kind: "close", phase: "after", times: 1 }
  const paid = [pay, turnTo("received")]
  return [
    [...paid, askedFor, asked, step("approve"), turnedTo("done"), turnedTo("reversed")],
    [...paid, askedFor, asked, { ...step("approve"), isSamePerson: true }, lost, step("approve"), askedFor],
    [...paid, { do: "jump", by: "soft_window" }, { ...asked, sum: "all", isOverride: false }, step("approve"), askedFor]
  ]
}

// The first is what a failure is made smaller to: a step that is not needed is left out.
const isTaken = fc.constantFrom(false, true, true, true, true, true, true, true, true, true)

/** Money that goes back is one of many things that payments come to. */
const journeysWith = (routes: ReadonlyArray<Route>): ReadonlyArray<History> =>
  routes.length === 0 ? journeys : [...journeys, ...journeys, ...routes.flatMap(sentBack)]

/** One of the journeys; now and then without one of its steps. `routes`: on which the provider sends money back. */
export const someJourney = (routes: ReadonlyArray<Route>): fc.Arbitrary<History> =>
  fc
    .constantFrom(...journeysWith(routes))
    .chain((journey) => fc.tuple(...journey.map(() => isTaken)).map((taken) => journey.filter((_, i) => taken[i])))
