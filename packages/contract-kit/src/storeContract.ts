import type { LawResult } from "./provider/Report.ts"
import { archive } from "./store/archive.ts"
import { attempts } from "./store/attempts.ts"
import { digests } from "./store/digests.ts"
import { durability } from "./store/durability.ts"
import { erasure, evidence, sealedTexts } from "./store/evidence.ts"
import { invoices } from "./store/invoices.ts"
import { listing } from "./store/listing.ts"
import { observations } from "./store/observations.ts"
import { outbox } from "./store/outbox.ts"
import { parking } from "./store/parking.ts"
import { payments } from "./store/payments.ts"
import { repayments } from "./store/repayments.ts"
import { secrecy } from "./store/secrecy.ts"
import type { StoreCase, StoreUnderTest } from "./store/StoreCase.ts"
import { submissions } from "./store/submissions.ts"
import { transactions } from "./store/transactions.ts"
import { work } from "./store/work.ts"
import { registerCases } from "./registerCases.ts"

export interface StoreContractOptions {
  /** What the report calls the store. */
  readonly name: string
  /** A new, empty store for each case. */
  readonly make: () => Promise<StoreUnderTest>
}

/** Everything that a store promises, as data: for another test runner, or to try the cases on a broken store. */
export const storeCases: ReadonlyArray<StoreCase> = [
  ...transactions,
  ...payments,
  ...listing,
  ...attempts,
  ...submissions,
  ...observations,
  ...parking,
  ...evidence,
  ...sealedTexts,
  ...erasure,
  ...outbox,
  ...work,
  ...repayments,
  ...invoices,
  ...archive,
  ...digests,
  ...durability,
  ...secrecy
]

/** Runs the suite outside a test runner. Never rejects because of the store: what failed is in the results. */
export const checkStore = async ({ make }: StoreContractOptions): Promise<ReadonlyArray<LawResult>> => {
  const results: Array<LawResult> = []
  for (const { check, exempt, id } of storeCases) {
    const subject = await make()
    const start = performance.now()
    try {
      const reason = exempt?.(subject)
      const failure =
        reason === undefined
          ? await check(subject).then(
              () => undefined,
              (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) })
            )
          : undefined
      const outcome = reason !== undefined ? "exempt" : failure === undefined ? "passed" : "failed"
      const millis = Math.round(performance.now() - start)
      results.push({ law: id, outcome, ...(reason === undefined ? {} : { reason }), ...failure, millis })
    } finally {
      await subject.dispose()
    }
  }
  return results
}

/**
 * Registers the store suite with vitest. A store that passes it can carry the payment engine.
 *
 * Each case gets a store of its own. A case that needs to see the store's files is reported as skipped, with the
 * reason, where `make` gives no `files`.
 */
export const storeContract = ({ name, make }: StoreContractOptions): void =>
  registerCases(`store contract: ${name}`, storeCases, make)
