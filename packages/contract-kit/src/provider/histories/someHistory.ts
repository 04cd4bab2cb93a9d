// What random histories are made of, fitted to a provider: only faults and turns that it can have.
import type { Manifest, RepaymentAction } from "@maksa/core"
import * as fc from "fast-check"
import { type Route, routesOf } from "../laws/repayments/sendingBack.ts"
import type { FaultKind, PayerAct, ProviderOperation, ProviderTurn } from "../SandboxDriver.ts"
import { someJourney } from "./journeys.ts"
import { type Decision, type History, type Jump, mostSkewSeconds, type Step, type Sum } from "./Step.ts"

export interface Possibilities {
  readonly manifest: Manifest
  /** How many ways to order there are. */
  readonly orders: number
  readonly faultKinds: (operation: ProviderOperation) => ReadonlyArray<FaultKind>
}

const of = fc.constantFrom(0, 0, 0, 1, 2)
const order = (orders: number) => fc.nat(orders - 1)

// A reply that never comes costs real time and teaches what `close` teaches; a body beyond all limits costs memory.
const tooSlow: ReadonlySet<FaultKind> = new Set(["timeout", "huge"])

type Routes = ReadonlyArray<Route>

const faulty = ({ extras }: Manifest, routes: Routes): ReadonlyArray<ProviderOperation> => [
  "create",
  "status",
  "receipt",
  ...(extras.resume ? (["resume"] as const) : []),
  ...routes,
  ...(routes.length === 0 ? [] : (["repaymentStatus"] as const))
]

// Who says no to sending money, or asks for a slower pace, has sent nothing.
const sendsMoney: ReadonlySet<ProviderOperation> = new Set(["refund", "payout"])
const saysNo: ReadonlySet<FaultKind> = new Set(["refusal", "busy"])

const fault = ({ faultKinds, manifest }: Possibilities, routes: Routes): fc.Arbitrary<Step> | undefined => {
  const possible = faulty(manifest, routes).flatMap((operation) =>
    faultKinds(operation).flatMap((kind) => (tooSlow.has(kind) ? [] : [{ operation, kind }]))
  )
  return possible.length === 0
    ? undefined
    : fc
        .record({
          do: fc.constant("fault" as const),
          phase: fc.constantFrom("before" as const, "after" as const),
          times: fc.constantFrom(1, 1, 2, 20),
          what: fc.constantFrom(...possible)
        })
        .map(({ phase, what, ...step }) => {
          const isNo = sendsMoney.has(what.operation) && saysNo.has(what.kind)
          return { ...step, ...what, phase: isNo ? "before" : phase }
        })
}

const turn = ({ manifest }: Possibilities): fc.Arbitrary<Step> => {
  const can = new Set<string>(manifest.outcomes)
  const turns = (["promised", "received", "refused", "lapsed", "undone"] as const).filter((to) => can.has(to))
  const to: ReadonlyArray<ProviderTurn["to"]> = [...turns, "received", "working", "unknown_word"]
  return fc.record({
    do: fc.constant("turn" as const),
    of,
    to: fc.constantFrom(...to),
    sum: fc.constantFrom<Sum>("asked", "asked", "asked", "asked", "asked", "less", "more", "foreign"),
    late: fc.constantFrom(false, false, true)
  })
}

const create = ({ orders }: Possibilities): fc.Arbitrary<Step> =>
  fc.record({ do: fc.constant("create" as const), order: order(orders), days: fc.constantFrom(10, 10, 1) })

const acts: ReadonlyArray<PayerAct> = ["open", "pay", "pay", "pay", "refuse", "leave"]

const decisions: ReadonlyArray<Decision> = ["paid", "declined", "expired", "canceled", "reversed"]
const actions: ReadonlyArray<RepaymentAction> = ["approve", "submit", "complete", "lose_reply", "refuse", "reverse"]

const killedAt = fc.constantFrom(0, 0, 0, 1, 2, 3, 4)

/** Money that the provider sends back, its people and ours, and a program that is killed in the middle. */
const sendingBack = (routes: Routes): ReadonlyArray<fc.WeightedArbitrary<Step>> =>
  routes.length === 0
    ? []
    : [
        {
          weight: 3,
          arbitrary: fc.record({
            do: fc.constant("repay" as const),
            of,
            sum: fc.constantFrom("all" as const, "part" as const, "part" as const, "more" as const),
            isOverride: fc.boolean(),
            route: fc.constantFrom(...routes)
          })
        },
        {
          weight: 5,
          arbitrary: fc.record({
            do: fc.constant("step_repayment" as const),
            of,
            action: fc.constantFrom(...actions, "approve" as const, "approve" as const),
            hasProof: fc.boolean(),
            isSamePerson: fc.constantFrom(false, false, false, true),
            killedAt
          })
        },
        {
          weight: 5,
          arbitrary: fc.record({
            do: fc.constant("turn_repayment" as const),
            of,
            to: fc.constantFrom("done" as const, "refused" as const, "reversed" as const)
          })
        },
        {
          weight: 3,
          arbitrary: fc.record({
            do: fc.constant("jump" as const),
            by: fc.constantFrom<Jump>(11, 60, 3600, "pace"),
            killedAt
          })
        }
      ]

/** What people do: payers who are asked, operators, and whoever sets our clock. */
const byPeople = ({ manifest }: Possibilities, routes: Routes): ReadonlyArray<fc.WeightedArbitrary<Step>> => [
  ...(manifest.extras.resume
    ? [{ weight: 4, arbitrary: fc.record({ do: fc.constant("answer" as const), of, isAsShown: fc.boolean() }) }]
    : []),
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("decide" as const), of, status: fc.constantFrom(...decisions) })
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("repay" as const),
      of,
      sum: fc.constantFrom("all" as const, "part" as const, "part" as const, "more" as const),
      isOverride: fc.boolean()
    })
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("step_repayment" as const),
      of,
      action: fc.constantFrom(...actions),
      hasProof: fc.boolean()
    })
  },
  ...sendingBack(routes),
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("skew" as const),
      seconds: fc.constantFrom(0, 5, -5, 50, -50, 600, -600, mostSkewSeconds, -mostSkewSeconds)
    })
  }
]

const anyStep = (possibilities: Possibilities, routes: Routes): fc.Arbitrary<Step> => {
  const { orders } = possibilities
  const faults = fault(possibilities, routes)
  return fc.oneof(
    ...(faults === undefined ? [] : [{ weight: 6, arbitrary: faults }]),
    { weight: 14, arbitrary: fc.record({ do: fc.constant("act" as const), of, act: fc.constantFrom(...acts) }) },
    { weight: 10, arbitrary: turn(possibilities) },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant("jump" as const),
        by: fc.constantFrom<Jump>(1, 11, 11, 60, 600, 3600, 86_400, 3 * 86_400, "deadline", "soft_window", "pace")
      })
    },
    { weight: 6, arbitrary: fc.record({ do: fc.constant("deliver" as const), notice: fc.nat(3) }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant("refresh" as const), of }) },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constantFrom("hold" as const, "release" as const, "run_due" as const, "restart" as const)
      })
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant("forge" as const),
        notice: fc.nat(3),
        forgery: fc.constantFrom("flipped" as const, "unsigned" as const, "foreign" as const, "invented" as const)
      })
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("return" as const), of }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("attempt" as const), of, order: order(orders) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("repeat" as const), of, isOther: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("withdraw" as const), of }) },
    { weight: 1, arbitrary: create(possibilities) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("clear_faults" as const) }) },
    ...byPeople(possibilities, routes),
    { weight: 2, arbitrary: fc.record({ do: fc.constant("store" as const), isRefusing: fc.boolean() }) }
  )
}

const mostSteps = 11

/** What may go wrong before the first order, the order, and what comes after it. */
const historyWith = (possibilities: Possibilities, routes: Routes): fc.Arbitrary<History> => {
  const faults = fault(possibilities, routes)
  const before: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ do: fc.constant("hold" as const) }),
    ...(faults === undefined ? [] : [faults])
  )
  return fc
    .tuple(
      fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.array(before, { maxLength: 2 }) }),
      create(possibilities),
      fc.array(anyStep(possibilities, routes), { maxLength: mostSteps, size: "max" }),
      someJourney(routes),
      fc.nat(2)
    )
    .map(([circumstances, first, rest, journey, at]) => [
      ...circumstances,
      first,
      ...rest.slice(0, at),
      ...journey,
      ...rest.slice(at)
    ])
}

/** A random history. Where the provider sends money back, one of three is about that, and the others are as everywhere. */
export const someHistory = (possibilities: Possibilities): fc.Arbitrary<History> => {
  const plain = historyWith(possibilities, [])
  const routes = routesOf(possibilities.manifest)
  return routes.length === 0
    ? plain
    : fc.oneof({ weight: 2, arbitrary: plain }, { weight: 1, arbitrary: historyWith(possibilities, routes) })
}
