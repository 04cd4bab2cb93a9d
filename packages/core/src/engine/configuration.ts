// What an application configures, checked at start: a wrong field is named, its value is not shown.
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type * as Scope from "effect/Scope"
import type { FulfilmentPolicy } from "../Fulfilment.ts"
import type { HttpTransport } from "../HttpTransport.ts"
import { type Entropy, makeNewId, type NewId, newId } from "../Ids.ts"
import { Manifest, providerPort } from "../Manifest.ts"
import { Currency, money } from "../Money.ts"
import { NotConfigured, type PaymentError } from "../PaymentError.ts"
import type { AnyProvider } from "../Provider.ts"
import { type Approval, atInstance, failWith, type Instance } from "./Runtime.ts"

const Policy = Schema.Union([
  Schema.Struct({ policy: Schema.Literals(["eager", "hard-only"]) }),
  Schema.Struct({
    policy: Schema.Literal("provisional-up-to"),
    // Written as plain data or as `Money`.
    limit: Schema.Struct({ minorUnits: Schema.BigInt, currency: Currency })
  })
])

export const notConfigured = (message: string, field: string): PaymentError =>
  failWith("start", new NotConfigured({ message, field }))

export const readBaseUrl = (
  input: string | URL,
  providers: ReadonlyArray<AnyProvider>
): Effect.Effect<string, PaymentError> => {
  const field = "publicBaseUrl"
  if (!URL.canParse(String(input))) return Effect.fail(notConfigured("publicBaseUrl must be an absolute URL.", field))
  const url = new URL(input)
  if (url.search !== "" || url.hash !== "" || url.username !== "") {
    return Effect.fail(notConfigured("publicBaseUrl may hold an origin and a path only.", field))
  }
  const isLoopback = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  if (
    url.protocol !== "https:" &&
    (url.protocol !== "http:" || (!isLoopback && providers.some((p) => p.environment !== "sandbox")))
  ) {
    return Effect.fail(
      notConfigured("publicBaseUrl must be https (http only on loopback or for sandbox providers).", field)
    )
  }
  return Effect.succeed(url.href.replace(/\/+$/, ""))
}

export const readEntropy = (
  entropy: Entropy | undefined,
  providers: ReadonlyArray<AnyProvider>
): Effect.Effect<NewId, PaymentError> => {
  if (entropy === undefined) return Effect.succeed(newId)
  return providers.some(({ environment }) => environment === "live")
    ? Effect.fail(notConfigured("entropy is for simulations: a live provider needs ids of its own.", "entropy"))
    : Effect.succeed(makeNewId(entropy))
}

export const readFulfilment = (policy: FulfilmentPolicy | undefined): Effect.Effect<FulfilmentPolicy, PaymentError> =>
  Effect.mapBoth(Schema.decodeUnknownEffect(Policy)(policy), {
    onFailure: () =>
      notConfigured("Choose a fulfilment policy: eager, provisional-up-to with a limit, or hard-only.", "fulfilment"),
    onSuccess: (known) =>
      known.policy === "provisional-up-to"
        ? { ...known, limit: money(known.limit.minorUnits, known.limit.currency) }
        : known
  })

/** Who may approve a repayment; unless an application says otherwise, not who asked for it. */
export const readApproval = (approval: Approval = "another_person"): Effect.Effect<Approval, PaymentError> =>
  approval === "another_person" || approval === "same_person"
    ? Effect.succeed(approval)
    : Effect.fail(notConfigured("Choose another_person or same_person.", "repayments.approval"))

/** Whole numbers above zero; `field` names the option. */
export const readCount = (value: number, field: string): Effect.Effect<number, PaymentError> =>
  Number.isSafeInteger(value) && value > 0
    ? Effect.succeed(value)
    : Effect.fail(notConfigured(`${field} must be a whole number above zero.`, field))

/** What to do about an adapter of another port, or `undefined`. Callers without types may hand over anything. */
const portProblem = (instance: string, manifest: { readonly port: unknown }): string | undefined => {
  const { port } = manifest
  if (port === providerPort) return undefined
  const wanted = typeof port === "number" ? `version ${port}` : "no version"
  const advice =
    typeof port === "number" && port > providerPort
      ? "a newer @maksa/core, or an older version of the adapter"
      : "a newer version of the adapter, or an older @maksa/core"
  return `${instance} was built for ${wanted} of the provider port, and this @maksa/core has version ${providerPort}: install ${advice}.`
}

export const openInstances = Effect.fnUntraced(function* (
  providers: ReadonlyArray<AnyProvider>
): Effect.fn.Return<ReadonlyMap<string, Instance>, PaymentError, HttpTransport | Scope.Scope> {
  if (providers.length === 0) return yield* notConfigured("Configure at least one provider.", "providers")
  const instances = new Map<string, Instance>()
  for (const provider of providers) {
    if (typeof provider !== "object" || provider === null || !("manifest" in provider)) {
      return yield* notConfigured(
        "A provider is the result of calling its function, such as vissMm({ ... }).",
        "providers"
      )
    }
    const { instance } = provider
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(instance)) {
      return yield* notConfigured("Instance names have lower-case letters, digits and single hyphens.", "providers")
    }
    if (instances.has(instance)) {
      return yield* notConfigured(
        `Two providers are called ${instance}; give one another name with named().`,
        "providers"
      )
    }
    const otherPort = portProblem(instance, provider.manifest)
    if (otherPort !== undefined) return yield* notConfigured(otherPort, "providers")
    yield* Effect.mapError(Schema.decodeUnknownEffect(Manifest)(provider.manifest), (error) =>
      notConfigured(`The manifest of ${instance} is not valid: ${error.message}`, "providers")
    )
    // An adapter knows itself by its own id; the instance's name is ours to say.
    const adapter = yield* Effect.mapError(provider.make, atInstance(instance))
    instances.set(instance, { provider, adapter })
  }
  return instances
})
