import { describe, it } from "vitest"
import { attempts } from "./store/attempts.ts"
import { digests } from "./store/digests.ts"
import { durability } from "./store/durability.ts"
import { erasure, evidence, sealedTexts } from "./store/evidence.ts"
import { listing } from "./store/listing.ts"
import { observations } from "./store/observations.ts"
import { outbox } from "./store/outbox.ts"
import { parking } from "./store/parking.ts"
import { payments } from "./store/payments.ts"
import { repayments } from "./store/repayments.ts"
import { secrecy } from "./store/secrecy.ts"
import type { StoreCase, StoreUnderTest } from "./store/StoreCase.ts"
import { transactions } from "./store/transactions.ts"
import { work } from "./store/work.ts"

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
  ...observations,
  ...parking,
  ...evidence,
  ...sealedTexts,
  ...erasure,
  ...outbox,
  ...work,
  ...repayments,
  ...digests,
  ...durability,
  ...secrecy
]

/**
 * Registers the store suite with vitest. A store that passes it can carry the payment engine.
 *
 * Each case gets a store of its own. A case that needs to see the store's files is reported as skipped, with the
 * reason, where `make` gives no `files`.
 */
export const storeContract = ({ name, make }: StoreContractOptions): void => {
  describe(`store contract: ${name}`, () => {
    for (const { area, name, needsFiles, run } of storeCases) {
      it(`${area}: ${name}`, async (context) => {
        const subject = await make()
        try {
          if (needsFiles && subject.files === undefined) context.skip("make() gives no files()")
          await run(subject)
        } finally {
          await subject.dispose()
        }
      })
    }
  })
}
