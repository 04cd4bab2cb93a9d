import type { ProviderContract } from "../provider/ProviderContract.ts"

/** A contract that is broken in one way. A suite of laws is worth as much as the saboteurs that it notices. */
export interface Saboteur {
  /** Short, stable, in kebab case. */
  readonly id: string
  /** What it does wrong, as a sentence without its subject. */
  readonly sentence: string
  /** What is spoiled; an adapter's manifest is a part of it. */
  readonly kind: "adapter" | "driver"
  /** Id of the law that must notice it; others may. */
  readonly killedBy: string
  /** Makes of a contract the sound one that is then spoiled, where the given one cannot be wrong in this way. */
  readonly from?: (contract: ProviderContract) => ProviderContract
  readonly spoil: (contract: ProviderContract) => ProviderContract
}

/** The contract that the saboteur spoils: it keeps every law that the saboteur breaks. */
export const soundFor = ({ from }: Saboteur, contract: ProviderContract): ProviderContract =>
  from === undefined ? contract : from(contract)

export const spoiledBy = (saboteur: Saboteur, contract: ProviderContract): ProviderContract =>
  saboteur.spoil(soundFor(saboteur, contract))
