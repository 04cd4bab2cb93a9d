import type { AnyProvider, LineInput, MoneyInput, NextAction, PayerInput } from "@maksa/core"
import type { CredentialDefect, SandboxDriver } from "./SandboxDriver.ts"

/** What `create` takes, without what the kit itself decides. */
export interface OrderScenario {
  /** What reports call it: `by page`, `by Gate`, `by tariff`. */
  readonly name: string
  /** Whether `create` calls the provider, or the payer's browser is the first that the provider hears of. */
  readonly firstContact: "call" | "payer"
  readonly amount?: MoneyInput
  readonly lines?: ReadonlyArray<LineInput>
  readonly payer?: PayerInput
  readonly options: unknown
  /** The next actions that the payer meets on the way, in order. */
  readonly actions: ReadonlyArray<NextAction["_tag"]>
  /** What a payer enters where `collect` asks, by the field's name; needed where it asks for fields. */
  readonly answers?: Readonly<Record<string, string>>
}

/** Values that must never be found where they do not belong; the kit searches for them everywhere. */
export interface Canaries {
  /** Put these into every secret of the provider's configuration that the simulator lets one choose. */
  readonly secrets: ReadonlyArray<string>
  /** Personal data of the payer; each value is unique. */
  readonly payer: Required<PayerInput>
}

export interface ProviderScenarios {
  /** The first is the usual one. Each is run where a law is about `create`; tariff and amount each need one if declared. */
  readonly orders: readonly [OrderScenario, ...ReadonlyArray<OrderScenario>]
  /** An order for which the provider asks the payer for fields or consent; needed where the manifest declares `resume`. */
  readonly collect?: OrderScenario
  /** An order with every personal field that the provider takes. */
  readonly personal: (payer: Canaries["payer"]) => OrderScenario
}

/**
 * Everything that the kit needs of a provider. `make` gives a provider value configured for the simulator; it is called
 * for each law anew. `D` is the driver's own type, where `make` needs more of it than the kit does: addresses and keys.
 */
export interface ProviderContract<D extends SandboxDriver = SandboxDriver> {
  /** What reports call the adapter. */
  readonly name: string
  driver(): Promise<D>
  make(driver: D): AnyProvider
  /** The same provider with broken credentials; the defects that this provider can have. */
  readonly defects?: { [K in CredentialDefect]?: (this: void, driver: D) => AnyProvider }
  readonly scenarios: ProviderScenarios
  /** Secrets in the configuration that `make` uses: searched for in everything that comes out. */
  secrets(driver: D): ReadonlyArray<string>
}

/** Checks the shape at compile time and hands it on: what a contract file exports as `contract`. */
export const defineProviderContract = <D extends SandboxDriver>(contract: ProviderContract<D>): ProviderContract =>
  // The kit gives `make`, `defects` and `secrets` only what this contract's own `driver` has opened.
  contract as unknown as ProviderContract
