// Adapters of the portal that are wrong in ways that only its scenarios allow, each with the law that notices it; that the
// sound ones keep these laws is what the contracts' own tests show.
import { type ProviderContract, providerLaws, tryLaw } from "@maksa/contract-kit"
import type { AnyProvider, AttemptRecord, Inbound, Verbs } from "@maksa/core"
import * as Effect from "effect/Effect"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { openVissMmDriver, type VissMmDriver } from "./driver.ts"
import { asyncContract, syncContract } from "./portalContract.ts"

type Own = Verbs<unknown>

const spoiled = (contract: ProviderContract, spoil: (own: Own) => Partial<Own>): ProviderContract => ({
  ...contract,
  make: (driver): AnyProvider => {
    const provider: AnyProvider = contract.make(driver)
    return { ...provider, make: Effect.map(provider.make, (own) => ({ ...own, ...spoil(own) })) }
  }
})

const drivers = new Map<ProviderContract, VissMmDriver>()
beforeAll(async () => {
  drivers.set(asyncContract, await openVissMmDriver("portal-async"))
  drivers.set(syncContract, await openVissMmDriver("portal-sync"))
})
afterAll(async () => {
  for (const driver of drivers.values()) await driver[Symbol.asyncDispose]()
})

const noticedBy = async (id: string, contract: ProviderContract, spoil: (own: Own) => Partial<Own>) => {
  const law = providerLaws.find((one) => one.id === id) ?? assert.fail("no such law")
  const driver = drivers.get(contract) ?? assert.fail("no driver")
  const { outcome } = await tryLaw(spoiled(contract, spoil), driver, { law, order: contract.scenarios.orders[0] })
  return outcome === "failed"
}

const textOf = ({ body }: Inbound): string => new TextDecoder().decode(body)
const hasNoId = ({ providerReference }: AttemptRecord): boolean => providerReference === undefined

const saboteurs: ReadonlyArray<
  readonly [what: string, law: string, contract: ProviderContract, spoil: (own: Own) => Partial<Own>]
> = [
  [
    "believes the status that a push carries",
    "forged-notice-is-refused",
    syncContract,
    (own) => ({
      webhook: (inbound) =>
        Effect.map(own.webhook(inbound), (verdict) => ({
          ...verdict,
          observations: verdict.observations.map((one) =>
            textOf(inbound).includes("<RequestStatus>E<")
              ? { ...one, says: { _tag: "received" } as const, trust: "proven" as const }
              : one
          )
        }))
    })
  ],
  [
    "keeps to itself which request a push is about",
    "notice-finds-the-lost",
    syncContract,
    (own) => ({
      webhook: (inbound) =>
        Effect.map(own.webhook(inbound), (verdict) => ({
          ...verdict,
          observations: verdict.observations.map(({ says, trust }) => ({ says, trust }))
        }))
    })
  ],
  [
    "submits again when the receipt of Submit was lost: the citizen then finds two requests",
    "lost-reply-is-never-resent",
    asyncContract,
    (own) => ({ create: (input) => Effect.catch(own.create(input), () => own.create(input)) })
  ],
  [
    "does not look for a request whose id no push has told",
    "asking-finds-what-notices-lost",
    asyncContract,
    (own) => ({ status: (attempt) => (hasNoId(attempt) ? Effect.succeed([]) : own.status(attempt)) })
  ],
  [
    "takes no answer yet for a refusal",
    "absence-proves-what-the-manifest-says",
    asyncContract,
    (own) => ({
      status: (attempt) =>
        Effect.map(own.status(attempt), (all) =>
          hasNoId(attempt) && all.length === 0 ? [{ says: { _tag: "refused" }, trust: "proven" } as const] : all
        )
    })
  ],
  [
    "passes over MM's refusal that comes later",
    "refusal-declines",
    asyncContract,
    (own) => ({
      status: (attempt) =>
        Effect.map(own.status(attempt), (all) => all.filter(({ says }) => !hasNoId(attempt) || says._tag !== "refused"))
    })
  ]
]

describe("the contract notices an adapter of the portal that", { timeout: 120_000 }, () => {
  it.each(saboteurs)("%s (%s)", async (_what, law, contract, spoil) => {
    assert.isTrue(await noticedBy(law, contract, spoil))
  })
})
