import type { Manifest } from "@maksa/core"
import type { OrderScenario } from "./ProviderContract.ts"
import type { World } from "./World.ts"

/** A promise that every adapter keeps, and how it is tried. */
export interface Law {
  /** Short, stable, in kebab case: reports, saboteurs and the documentation name the law by it. */
  readonly id: string
  /** The promise, as one sentence. */
  readonly sentence: string
  /** What goes wrong for citizens and agencies where it is broken. */
  readonly reason: string
  /** What an adapter's author does to keep it. */
  readonly duty: string
  /** The fields of the manifest that it tries; none where it holds for every provider alike. */
  readonly about?: ReadonlyArray<keyof Manifest>
  /** Why this manifest, or this way to order, does not call for the law, in words that name the field; `undefined`: it does. */
  readonly exempt?: (manifest: Manifest, order: OrderScenario) => string | undefined
  /** Says, for the documentation, when `exempt` answers. */
  readonly exemptWhen?: string
  /** It does not depend on how the order was made: the usual one is enough. Without it every order scenario is tried. */
  readonly once?: true
  /** Tries it. Rejects, with what was seen, where the law is broken. */
  readonly check: (world: World) => Promise<void>
}

/** Where the documentation explains the law, relative to the repository. */
export const lawPage = (law: Pick<Law, "id">): string => `docs/laws.md#${law.id}`
