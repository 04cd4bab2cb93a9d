import { type ProviderContract, runHistories } from "@maksa/contract-kit"
import type { AnyProvider, Verbs } from "@maksa/core"
import * as Effect from "effect/Effect"
import { assert, describe, it } from "vitest"
import { contract } from "./contract.ts"

/** The contract with an adapter that is wrong in some verbs. */
const spoiled = (spoil: (own: Verbs<unknown>) => Partial<Verbs<unknown>>): ProviderContract => ({
  ...contract,
  make: (driver): AnyProvider => {
    const provider: AnyProvider = contract.make(driver)
    return { ...provider, make: Effect.map(provider.make, (own) => ({ ...own, ...spoil(own) })) }
  }
})

const firstBroken = async (wrong: ProviderContract): Promise<string> => {
  const { broken } = await runHistories(wrong, { count: 2_000, seed: 1 })
  assert.isAtMost(broken?.history.length ?? Infinity, 4)
  return broken?.error ?? ""
}

describe("random histories find an MM adapter that", { timeout: 300_000 }, () => {
  it("sends again when the reply was lost: MM then has two payment requests", async () => {
    const wrong = spoiled((own) => ({ create: (input) => Effect.catch(own.create(input), () => own.create(input)) }))
    assert.match(await firstBroken(wrong), /one-payment-per-attempt/)
  })

  it("believes a notice, which anybody can send", async () => {
    const wrong = spoiled((own) => ({
      webhook: (inbound) =>
        Effect.map(own.webhook(inbound), (verdict) => ({
          ...verdict,
          observations: verdict.observations.map((one) => ({
            ...one,
            says: { _tag: "received" } as const,
            trust: "proven" as const
          }))
        }))
    }))
    assert.match(
      await firstBroken(wrong),
      /^BrokenHistory: (?:unproven-proves-nothing|paid-only-if-received|no-money-from-nowhere|reversed-only-if-there|gives-back-what-is-there)/
    )
  })

  it("takes MM's O for a refusal", async () => {
    const wrong = spoiled((own) => ({
      status: (attempt) =>
        Effect.map(own.status(attempt), (all) =>
          all.map((one) => (one.says._tag === "unknown_word" ? { ...one, says: { _tag: "refused" } as const } : one))
        )
    }))
    assert.match(await firstBroken(wrong), /no-refusal-from-nowhere|truth-at-rest/)
  })
})
