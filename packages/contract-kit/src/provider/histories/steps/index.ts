import type { Chronicle } from "../Chronicle.ts"
import type { Step, StepName } from "../Step.ts"
import { answer } from "./answer.ts"
import { fault, jump, runDue, skew } from "./circumstances.ts"
import { deliver, forge, hold, release } from "./notices.ts"
import { attempt, create, refresh, repeat, withdraw } from "./orders.ts"
import { decide } from "./operator.ts"
import { act, goBack, turn } from "./provider.ts"
import { repay, stepRepayment, turnRepayment } from "./repayments.ts"
import type { Take } from "./Take.ts"

const takes: { readonly [K in StepName]: Take<K> } = {
  create,
  repeat,
  attempt,
  withdraw,
  refresh,
  act,
  answer,
  return: goBack,
  turn,
  decide,
  repay,
  step_repayment: stepRepayment,
  turn_repayment: turnRepayment,
  hold,
  release,
  deliver,
  forge,
  fault,
  clear_faults: async ({ world }) => (await world.driver.faults.clear(), true),
  store: async ({ world }, { isRefusing }) => (world.store.refuse(isRefusing), true),
  restart: async ({ world }) => (await world.restart(), true),
  run_due: runDue,
  jump,
  skew
}

/** Takes a step; answers whether it had a meaning. */
export const take = (chronicle: Chronicle, step: Step): Promise<boolean> =>
  // Each entry takes its own kind of step; TypeScript cannot pair the two unions.
  (takes[step.do] as (chronicle: Chronicle, step: Step) => Promise<boolean>)(chronicle, step)
