import type { ProviderContract } from "@maksa/contract-kit"
import type {
  AboutRepayments,
  AnyProvider,
  Extras,
  Manifest,
  Observed,
  RepaymentClaim,
  Verbs,
  Verdict
} from "@maksa/core"
import * as Effect from "effect/Effect"

export const spoilProvider =
  (spoil: (provider: AnyProvider) => AnyProvider) =>
  (contract: ProviderContract): ProviderContract => ({ ...contract, make: (driver) => spoil(contract.make(driver)) })

type Adapter = Verbs<unknown> & Partial<Extras & AboutRepayments>

export const spoilVerbs = (spoil: (own: Adapter) => Partial<Adapter>) =>
  spoilProvider((provider) => ({
    ...provider,
    make: Effect.map(provider.make, (adapter) => ({ ...adapter, ...spoil(adapter) }))
  }))

export const spoilManifest = (spoil: (manifest: Manifest) => Manifest) =>
  spoilProvider((provider) => ({ ...provider, manifest: spoil(provider.manifest) }))

/** Translates what the adapter says wrongly, on every channel. */
export const spoilWords = (spoil: (observed: Observed) => Observed) =>
  spoilVerbs((own) => ({
    create: (input) => Effect.map(own.create(input), (all) => all.map(spoil)),
    status: (attempt) => Effect.map(own.status(attempt), (all) => all.map(spoil)),
    webhook: (inbound) =>
      Effect.map(own.webhook(inbound), (verdict): Verdict => ({
        ...verdict,
        observations: verdict.observations.map((one) => ({ ...one, ...spoil(one) }))
      }))
  }))

export const spoilSays = (spoil: (says: Observed["says"]) => Observed["says"]) =>
  spoilWords((observed) => ({ ...observed, says: spoil(observed.says) }))

/** Translates what the adapter says of money going back wrongly, on every channel. */
export const spoilRepayments = (spoil: (says: RepaymentClaim) => RepaymentClaim) =>
  spoilVerbs((own) => {
    const { payout, refund, repaymentStatus } = own
    const heard = <A extends { readonly says: RepaymentClaim }>(all: ReadonlyArray<A>): ReadonlyArray<A> =>
      all.map((one) => ({ ...one, says: spoil(one.says) }))
    return {
      ...(refund === undefined ? {} : { refund: (...asked) => Effect.map(refund(...asked), heard) }),
      ...(payout === undefined ? {} : { payout: (...asked) => Effect.map(payout(...asked), heard) }),
      ...(repaymentStatus === undefined
        ? {}
        : { repaymentStatus: (...asked) => Effect.map(repaymentStatus(...asked), heard) }),
      webhook: (inbound) =>
        Effect.map(own.webhook(inbound), (verdict): Verdict =>
          verdict.repayments === undefined ? verdict : { ...verdict, repayments: heard(verdict.repayments) }
        )
    }
  })
