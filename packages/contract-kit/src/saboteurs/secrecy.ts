// Adapters that let secrets and personal data out.
import { type CreateInput, Redirect, Refused, Unavailable } from "@maksa/core"
import * as Effect from "effect/Effect"
import * as Metric from "effect/Metric"
import * as Redacted from "effect/Redacted"
import type { Saboteur } from "./Saboteur.ts"
import { because, spoilAdapter, spoilProvider } from "./spoiling.ts"

type Personal = Exclude<keyof NonNullable<CreateInput<unknown>["payer"]>, "reference">

const of = (input: CreateInput<unknown>, field: Personal): string => {
  const value = input.payer?.[field]
  return value === undefined ? "" : Redacted.value(value)
}

/** Does something careless whenever an order is made. */
const before = (leak: (input: CreateInput<unknown>, secret: string) => Effect.Effect<unknown>): Saboteur["spoil"] =>
  spoilAdapter(({ create }, { contract, driver }) => ({
    create: (input) => Effect.andThen(leak(input, contract.secrets(driver)[0] ?? ""), create(input))
  }))

const attempts = Metric.counter("attempts", { incremental: true })

export const secrecySaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "logs-a-personal-code",
    sentence: "Logs the payer's personal code.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: before((input) => Effect.logInfo("order", { payer: of(input, "code") }))
  },
  {
    id: "logs-a-secret",
    sentence: "Logs the key that it signs with.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: before((_input, secret) => Effect.logInfo(`signing with ${secret}`))
  },
  {
    id: "traces-a-name",
    sentence: "Writes the payer's name into a span.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: before((input) =>
      Effect.withSpan(Effect.void, "order", { attributes: { "payer.name": of(input, "lastName") } })
    )
  },
  {
    id: "counts-by-address",
    sentence: "Counts orders by the payer's e-mail address.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: before((input) => Metric.update(Metric.withAttributes(attempts, { payer: of(input, "email") }), 1))
  },
  {
    id: "secret-in-an-error",
    sentence: "Writes its configuration into an error's message.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: spoilAdapter(({ status }, { contract, driver }) => ({
      status: (attempt) =>
        Effect.mapError(status(attempt), (error) =>
          because(error, new Unavailable({ message: `Failed with the key ${contract.secrets(driver)[0]}.` }))
        )
    }))
  },
  {
    id: "name-in-an-error",
    sentence: "Writes what it sent, the payer's name with it, into an error.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: spoilAdapter(({ create }) => ({
      create: (input) =>
        Effect.mapError(create(input), (error) =>
          because(error, new Refused({ message: `Refused: ${JSON.stringify({ name: of(input, "firstName") })}` }))
        )
    }))
  },
  {
    id: "personal-code-in-a-link",
    sentence: "Puts the payer's personal code into the address of the provider's page.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: spoilAdapter(({ create }) => ({
      create: (input) =>
        Effect.map(create(input), (observed) =>
          observed.map((one) => {
            if (one.says._tag !== "action_needed" || one.says.action._tag !== "redirect") return one
            const url = new URL(one.says.action.url)
            url.searchParams.set("code", of(input, "code"))
            return { ...one, says: { _tag: "action_needed", action: new Redirect({ url: url.href }) } }
          })
        )
    }))
  },
  {
    id: "plain-personal-data-as-evidence",
    sentence: "Stores the payer's phone number where it can be read.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: spoilAdapter(({ create }) => ({
      create: (input) =>
        Effect.map(create(input), (observed) => observed.map((one) => ({ ...one, paidVia: of(input, "phone") })))
    }))
  },
  {
    id: "logs-an-iban",
    sentence: "Logs the account that a payout goes to, among what is written for debugging.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: spoilAdapter(({ payout }) => ({
      payout:
        payout &&
        ((attempt, out) =>
          Effect.andThen(Effect.logDebug(`payout to ${Redacted.value(out.payee.iban)}`), payout(attempt, out)))
    }))
  },
  {
    id: "logs-what-the-payer-entered",
    sentence: "Logs the fields that the payer filled in.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: spoilAdapter(({ resume }) => ({
      resume:
        resume && ((attempt, input) => Effect.andThen(Effect.logInfo("answers", input.fields), resume(attempt, input)))
    }))
  },
  {
    id: "traces-an-invoice",
    sentence: "Writes the address of an invoice into a span.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: spoilAdapter(({ issueInvoice }) => ({
      issueInvoice:
        issueInvoice &&
        ((attempt, payer) => Effect.withSpan(issueInvoice(attempt, payer), "invoice", { attributes: { ...payer } }))
    }))
  },
  {
    id: "secret-in-a-cause",
    sentence: "Lets an exception escape whose cause holds what it signed with.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: spoilAdapter(({ status }, { contract, driver }) => ({
      status: (attempt) =>
        Effect.catch(status(attempt), () =>
          Effect.die(new Error("Signing failed.", { cause: { options: { key: contract.secrets(driver)[0] } } }))
        )
    }))
  },
  {
    id: "secret-on-the-value",
    sentence: "Keeps its configuration readable on the provider's value.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: spoilProvider((provider, driver, contract) =>
      Object.assign({ ...provider }, { configuration: { key: contract.secrets(driver).at(-1) } })
    )
  },
  {
    id: "secret-on-the-adapter",
    sentence: "Keeps its configuration readable on the adapter.",
    kind: "adapter",
    killedBy: "nothing-leaks",
    spoil: spoilProvider((provider, driver, contract) => ({
      ...provider,
      make: Effect.map(provider.make, (right) =>
        Object.assign({ ...right }, { configuration: { key: contract.secrets(driver).at(-1) } })
      )
    }))
  }
]
