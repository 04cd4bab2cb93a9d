// What people do with a repayment: approve it, record the transfer, settle what the provider leaves open.
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Conflict, NotFound, type PaymentError } from "../../PaymentError.ts"
import { type Repayment, RepaymentAction, type RepaymentStatus, repaymentTable } from "../../Repayment.ts"
import type { RepaymentRow } from "../../Store.ts"
import { foldPayment } from "../folding.ts"
import { failWith, now, type Runtime, transact } from "../Runtime.ts"
import { available } from "./available.ts"
import { move } from "./moving.ts"
import { invalid } from "./request.ts"
import { decodeHistory, decodeRepaymentStatus, toRepayment } from "./row.ts"
import { submitRepayment } from "./submit.ts"

const StepInput = Schema.Struct({
  action: RepaymentAction,
  by: Schema.NonEmptyString,
  reason: Schema.optionalKey(Schema.String),
  /** Where the proof is, such as the number of the bank transfer. Never an account number. */
  evidence: Schema.optionalKey(Schema.String)
})
export type StepInput = typeof StepInput.Type

// Of what a provider carries out people settle only what it leaves open, and never what is on its way.
const byPeople: Readonly<Record<RepaymentStatus, ReadonlySet<RepaymentAction>>> = {
  requested: new Set(["approve", "refuse"]),
  approved: new Set(["refuse"]),
  submitted: new Set(),
  outcome_unknown: new Set(["complete", "refuse"]),
  done: new Set(["reverse"]),
  refused: new Set(),
  reversed: new Set()
}

const plain = (name: string): string => name.normalize("NFKC").trim().toLowerCase()
const isSamePerson = (a: string, b: string): boolean => plain(a) === plain(b)

/** Why the step may not be taken, or the status that it leads to. */
const judge = (runtime: Runtime, row: RepaymentRow, step: StepInput): RepaymentStatus | PaymentError => {
  const from = decodeRepaymentStatus(row.status)
  const status = repaymentTable[from][step.action]
  const about = { paymentId: row.paymentId }
  if (status === undefined) {
    return failWith("repay", new Conflict({ message: `A ${row.status} repayment cannot ${step.action}.` }), about)
  }
  if (row.route !== "manual" && !byPeople[from].has(step.action)) {
    const message = `What the provider does with a ${row.status} repayment is for the provider to say.`
    return failWith("repay", new Conflict({ message }), about)
  }
  const asker = decodeHistory(row.history)[0]?.by
  if (
    step.action === "approve" &&
    runtime.approval === "another_person" &&
    (asker === undefined || isSamePerson(asker, step.by))
  ) {
    return failWith("repay", new Conflict({ message: "Another person than who asked for it must approve it." }), about)
  }
  const settles = step.action === "complete" || (row.route !== "manual" && from === "outcome_unknown")
  if (settles && step.evidence === undefined) return invalid("Say where the proof is.", "evidence")
  return status
}

/**
 * Moves a repayment on: approved, transferred, refused, come back. Approving one that a provider carries out submits it: the
 * answer's status tells how far it came.
 */
export const stepRepayment = Effect.fn("Payments.stepRepayment")(function* (
  runtime: Runtime,
  repaymentId: string,
  input: StepInput
): Effect.fn.Return<Repayment, PaymentError> {
  const step = yield* Effect.mapError(
    Schema.decodeUnknownEffect(StepInput, { onExcessProperty: "error" })(input),
    (error) => invalid(error.message)
  )
  const at = yield* now
  const outcome = yield* transact(runtime, "repay", async (tx) => {
    const row = await tx.findRepayment(repaymentId)
    const payment = row === undefined ? undefined : await tx.findPayment(row.paymentId)
    if (row === undefined || payment === undefined) {
      return failWith("repay", new NotFound({ message: "There is no such repayment." }))
    }
    const status = judge(runtime, row, step)
    if (typeof status !== "string") return status
    if (step.action === "approve" || step.action === "submit") {
      // Between the request and now the money may have gone: what leaves is checked again.
      const isOverride = decodeHistory(row.history).some((one) => one.isOverride === true)
      if (row.amountMinor > (await available(runtime, tx, payment, isOverride, at, row.id)).minorUnits) {
        return failWith("repay", new Conflict({ message: "The money is no longer there to be given back." }), {
          paymentId: payment.id
        })
      }
    }
    const moved = await move(runtime, tx, payment, row, { status, step }, at)
    await foldPayment(runtime, tx, payment.id, at)
    return moved
  })
  if ("_tag" in outcome) return yield* outcome
  runtime.onDurableStep("repayment_committed")
  runtime.wake()
  if (outcome.route === "manual" || outcome.status !== "approved") return toRepayment(outcome)
  // It is approved, whatever becomes of the submission: the worker takes it up again.
  yield* Effect.ignore(submitRepayment(runtime, repaymentId))
  const after = yield* transact(runtime, "repay", (tx) => tx.findRepayment(repaymentId))
  return toRepayment(after ?? outcome)
})
