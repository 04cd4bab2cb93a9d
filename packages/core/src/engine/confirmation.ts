// Confirmations that we make ourselves, where a provider issues no document.
import * as Effect from "effect/Effect"
import type { Observation } from "../Observation.ts"
import type { Payment } from "../Payment.ts"
import { isAboutRepayment } from "./repayments/evidence.ts"
import { NotConfigured, NotReady, PaymentError } from "../PaymentError.ts"
import { mediaTypes } from "../documents/DocumentCheck.ts"
import { fromArchive, fromMemory } from "../documents/given.ts"
import type { ConfirmationInput, Receipt } from "../Receipts.ts"
import type { AttemptRow } from "../Store.ts"
import { findKept, keep, noteRead } from "./archive.ts"
import { sha256, toObservation } from "./ledger.ts"
import { failWith, findInstance, now, type Runtime, transact } from "./Runtime.ts"
import { encodeState } from "./view.ts"

/** The providers of a payment as payers know them, by instance; one whose manifest names none, or that is gone, is left out. */
const providerNames = (runtime: Runtime, payment: Payment): Readonly<Record<string, string>> =>
  Object.fromEntries(
    payment.attempts.flatMap(({ instance }) => {
      const name = runtime.instances.get(instance)?.provider.manifest.displayName
      return name === undefined ? [] : [[instance, name] as const]
    })
  )

/** What a confirmation states follows from this; only the day of issue may differ. */
const basisOf = (payment: Payment, observations: ReadonlyArray<Observation>, more: object): string =>
  sha256(encodeState(payment.state), ...observations.map(({ digest }) => digest), JSON.stringify(more))

/** The confirmation of a paid payment; the one that was given before, while nothing has changed. */
export const confirm = Effect.fnUntraced(function* (
  runtime: Runtime,
  payment: Payment,
  attempt: AttemptRow,
  { format, language, reader }: Pick<ConfirmationInput, "format" | "language"> & { readonly reader: string }
): Effect.fn.Return<Receipt, PaymentError> {
  const about = { instance: payment.provider, paymentId: payment.id }
  const generator = runtime.receipts
  if (generator === undefined) {
    const message = "This provider issues no documents; configure `receipts` with @maksa/receipts."
    return yield* failWith("receipt", new NotConfigured({ field: "receipts", message }), about)
  }
  if (payment.status !== "paid") {
    const message = `A confirmation is issued only for a paid payment; this one is ${payment.status}.`
    return yield* failWith("receipt", new NotReady({ message }), about)
  }
  const issuedAt = yield* now
  const rows = yield* transact(runtime, "receipt", (tx) => tx.observationsOf(payment.id))
  const observations = rows.filter((row) => row.trust === "proven" && !isAboutRepayment(row)).map(toObservation)
  const { provider } = yield* findInstance(runtime, "receipt", attempt.instance)
  const isSoft = payment.state.finality === "soft"
  const shown = {
    format,
    language,
    providerNames: providerNames(runtime, payment),
    ...(isSoft ? { softUntil: attempt.since + provider.manifest.softSeconds.paid * 1000 } : {})
  }
  const mediaType = mediaTypes[format]
  const { archive } = runtime
  const kind = { paymentId: payment.id, mediaType, language, basis: basisOf(payment, observations, shown) }
  const as = { origin: "generated", mediaType, fileName: `${payment.id}.${format}` } as const
  const before = archive === undefined ? undefined : yield* findKept(archive, kind)
  if (archive !== undefined && before !== undefined) {
    yield* noteRead(archive, before, reader)
    return fromArchive(as, archive, before)
  }
  const bytes = yield* Effect.tryPromise({
    try: () => generator.generate({ payment, observations, issuedAt, ...shown }),
    catch: (cause) =>
      cause instanceof PaymentError
        ? cause
        : failWith("receipt", new NotReady({ message: "The confirmation could not be generated." }), about)
  })
  if (archive === undefined) return fromMemory(as, bytes)
  const facts = { ...kind, attemptId: attempt.id, source: "generated", retention: "confirmation" } as const
  const kept = yield* keep(archive, { ...facts, at: issuedAt, bytes })
  yield* noteRead(archive, kept, reader)
  return fromArchive(as, archive, kept)
})
