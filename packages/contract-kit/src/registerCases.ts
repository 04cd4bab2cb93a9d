import { describe, it } from "vitest"

interface Case<S> {
  readonly area: string
  readonly id: string
  readonly sentence: string
  /** Why the case cannot look at this subject; `undefined`: it can. */
  readonly exempt?: (subject: S) => string | undefined
  readonly check: (subject: S) => Promise<void>
}

/** Registers cases with vitest, each with a subject of its own; one that is exempt is reported as skipped, with the reason. */
export const registerCases = <S extends { readonly dispose: () => Promise<void> }>(
  title: string,
  cases: ReadonlyArray<Case<S>>,
  make: () => Promise<S>
): void => {
  describe(title, () => {
    for (const { area, check, exempt, id, sentence } of cases) {
      it(`${area}: ${id}: ${sentence}`, async (context) => {
        const subject = await make()
        try {
          const reason = exempt?.(subject)
          if (reason !== undefined) context.skip(reason)
          await check(subject)
        } finally {
          await subject.dispose()
        }
      })
    }
  })
}
