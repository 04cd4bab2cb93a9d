// Broken adapters and drivers, against the laws of a provider, on the template.
import { type OrderScenario, type ProviderContract, providerLaws, tryLaw } from "@maksa/contract-kit"
import { providerSaboteurs, type Saboteur, soundFor, spoiledBy } from "@maksa/contract-kit/saboteurs"
import { contract } from "../../packages/provider-template/test/contract/contract.ts"
import type { Subject, Suite, Tried } from "./Subject.ts"

/** How long a law may take before it counts as broken. */
export const patienceMillis = 30_000

/** The usual order of each kind of first contact: what else differs among orders is not what saboteurs spoil. */
const ordersOf = ({ scenarios: { orders } }: ProviderContract): ReadonlyArray<OrderScenario> =>
  orders.filter((order, i) => orders.findIndex(({ firstContact }) => firstContact === order.firstContact) === i)

const lawOf = (id: string) => {
  const law = providerLaws.find((one) => one.id === id)
  if (law === undefined) throw new Error(`There is no law ${id}.`)
  return law
}

/** Whether a law notices what is wrong with a contract; exempt laws notice nothing. */
const tryOn = async (spoiled: ProviderContract, laws: ReadonlyArray<string>, heard: (tried: Tried) => void) => {
  const driver = await spoiled.driver()
  try {
    for (const id of laws) {
      const law = lawOf(id)
      let error: string | undefined
      for (const order of law.once === true ? spoiled.scenarios.orders.slice(0, 1) : ordersOf(spoiled)) {
        const result = await tryLaw(spoiled, driver, { law, order }, patienceMillis)
        if (result.outcome !== "failed") continue
        error = result.error ?? "broken"
        break
      }
      heard({ law: id, isKilled: error !== undefined, ...(error === undefined ? {} : { error }) })
    }
  } finally {
    await driver[Symbol.asyncDispose]()
  }
}

const subjectOf = (saboteur: Saboteur): Subject => ({
  id: saboteur.id,
  sentence: saboteur.sentence,
  kind: saboteur.kind,
  killedBy: saboteur.killedBy,
  trial: (laws, heard) => tryOn(spoiledBy(saboteur, contract), laws, heard)
})

/** Tries laws on the sound contract under a saboteur, or on the template's own: nothing may be noticed. */
export const trySound = (id: string | undefined, laws: ReadonlyArray<string>, heard: (tried: Tried) => void) => {
  const saboteur = providerSaboteurs.find((one) => one.id === id)
  return tryOn(saboteur === undefined ? contract : soundFor(saboteur, contract), laws, heard)
}

/** Saboteurs that spoil another sound contract than the template's own. */
export const varied: ReadonlyArray<string> = providerSaboteurs
  .filter(({ from }) => from !== undefined)
  .map(({ id }) => id)

export const providerSuite: Suite = {
  name: "Providers",
  laws: providerLaws.map(({ id }) => id),
  subjects: providerSaboteurs.map(subjectOf)
}
