// A provider that sends money back: a book of what really left, and words that a test decides.
import {
  type Adapter,
  type AttemptRecord,
  type Inbound,
  type Manifest,
  OutcomeUnknown,
  type Payee,
  PaymentError,
  type Provider,
  type RepaymentClaim,
  type RepaymentObserved,
  type RepaymentRecord,
  type Verdict
} from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { type Fake, type FakeOptions, manifest } from "./fakeProvider.ts"

type CarryingManifest = Omit<typeof manifest, "extras" | "repeatCreate"> & {
  readonly extras: Omit<(typeof manifest)["extras"], "refund" | "payout"> & {
    readonly refund: { readonly partial: true; readonly windowDays: 30 }
    readonly payout: { readonly currencies: readonly ["EUR"] }
  }
  readonly repeatCreate: "after_absence"
}
export type Carrying = Provider<CarryingManifest, FakeOptions, "fake">

export interface Bank {
  /** Sums that left, by repayment. */
  readonly left: Array<{ readonly id: string; readonly minorUnits: bigint; readonly iban?: string }>
  /** How often the provider was asked to send. */
  sent: number
  asked: number
  /** What becomes of a command. */
  reply: (id: string) => Effect.Effect<ReadonlyArray<RepaymentObserved>, PaymentError>
  /** What a question is answered with. */
  answer: (id: string) => ReadonlyArray<RepaymentObserved> | Promise<ReadonlyArray<RepaymentObserved>>
}

export const says = (claim: RepaymentClaim, providerTime?: number, providerCode?: string): RepaymentObserved => ({
  says: claim,
  trust: "proven",
  ...(providerTime === undefined ? {} : { providerTime }),
  ...(providerCode === undefined ? {} : { providerCode })
})

export const bank = (): Bank => {
  const own: Bank = {
    left: [],
    sent: 0,
    asked: 0,
    reply: () => Effect.succeed([]),
    answer: (id) => [says(own.left.some((one) => one.id === id) ? { _tag: "working" } : { _tag: "absent" })]
  }
  return own
}

export const lost = (): Effect.Effect<never, PaymentError> =>
  Effect.fail(new PaymentError({ operation: "payout", reason: new OutcomeUnknown({ message: "No reply." }) }))

/** A message about a repayment, as the provider would send it. */
export const tells = (about: string, claim: object, at: number) => ({
  method: "POST",
  body: JSON.stringify({ repayment: about, claim, at, signature: "word" })
})

interface Message {
  readonly repayment?: string
  readonly claim: RepaymentClaim
  readonly at: number
}

const aboutRepayment = ({ claim, at, repayment = "" }: Message, inbound: Inbound): Verdict => ({
  observations: [],
  repayments: [{ ...says(claim, at), about: { repaymentId: repayment } }],
  content: inbound.body,
  acknowledge: { status: 200 },
  tryAgain: { status: 503 }
})

export const carrying = (right: Fake, book: Bank, overrides: Partial<Manifest> = {}): Carrying => {
  const send = ({ amount, repaymentId }: RepaymentRecord, payee?: Payee) =>
    Effect.suspend(() => {
      book.sent++
      // The same id is the same repayment.
      if (!book.left.some((one) => one.id === repaymentId)) {
        const to = payee === undefined ? {} : { iban: Redacted.value(payee.iban) }
        book.left.push({ id: repaymentId, minorUnits: amount.minorUnits, ...to })
      }
      return book.reply(repaymentId)
    })
  const extras = {
    ...right.manifest.extras,
    refund: { partial: true, windowDays: 30 },
    payout: { currencies: ["EUR"] }
  }
  return {
    ...right,
    manifest: { ...manifest, extras, repeatCreate: "after_absence", ...overrides } as CarryingManifest,
    make: Effect.map(right.make, (adapter): Adapter<CarryingManifest, FakeOptions> => ({
      ...adapter,
      webhook: (inbound) => {
        const message = JSON.parse(new TextDecoder().decode(inbound.body)) as Message
        return message.repayment === undefined
          ? adapter.webhook(inbound)
          : Effect.succeed(aboutRepayment(message, inbound))
      },
      refund: (_attempt: AttemptRecord, refund) => send(refund),
      payout: (_attempt: AttemptRecord, payout) => send(payout, payout.payee),
      repaymentStatus: (_attempt, { repaymentId }) =>
        Effect.promise(async () => {
          book.asked++
          return book.answer(repaymentId)
        })
    }))
  }
}
