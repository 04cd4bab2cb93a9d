import type { Entered } from "./readForm.ts"

type Remembered = Pick<Entered, "firstName" | "lastName" | "email">

/** What payers typed, so that a second try need not ask again. In memory, bounded, without the personal code. */
export interface PayerMemory {
  keep(reference: string, entered: Entered): void
  recall(reference: string): Remembered | undefined
}

const most = 500

export const createPayerMemory = (): PayerMemory => {
  const remembered = new Map<string, Remembered>()
  return {
    keep: (reference, { email, firstName, lastName }) => {
      remembered.delete(reference)
      remembered.set(reference, { email, firstName, lastName })
      const oldest = remembered.size > most ? remembered.keys().next().value : undefined
      if (oldest !== undefined) remembered.delete(oldest)
    },
    recall: (reference) => remembered.get(reference)
  }
}
