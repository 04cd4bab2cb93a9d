// Adapters whose manifest says otherwise than they are, and extras that do not do what they are for.
import { type ExtraName, type Manifest, money } from "@maksa/core"
import * as Effect from "effect/Effect"
import type { ProviderFacts } from "../provider/SandboxDriver.ts"
import type { Saboteur } from "./Saboteur.ts"
import { spoilAdapter, spoilDriver, spoilManifest, spoilProvider } from "./spoiling.ts"

const limited = (change: Partial<Manifest["limits"]>): Saboteur["spoil"] =>
  spoilManifest((right) => ({ ...right, limits: { ...right.limits, ...change } }))

/** What the manifest says is also what the driver's author read: only the wire can tell that it is wrong. */
const misreadByBoth =
  (manifest: (right: Manifest) => Manifest, facts: (right: ProviderFacts) => ProviderFacts): Saboteur["spoil"] =>
  (contract) =>
    spoilDriver((right) => ({ facts: facts(right.facts) }))(spoilManifest(manifest)(contract))

const undeclared = (extra: ExtraName): Saboteur["spoil"] =>
  spoilManifest((right) => ({ ...right, extras: { ...right.extras, [extra]: false } }))

const without = (extra: ExtraName): Saboteur["spoil"] => spoilAdapter(() => ({ [extra]: undefined }))

export const capabilitySaboteurs: ReadonlyArray<Saboteur> = [
  {
    id: "declares-what-it-has-not",
    sentence: "Declares a list of banks and has none.",
    kind: "adapter",
    killedBy: "capabilities-are-real",
    spoil: without("banks")
  },
  {
    id: "hides-what-it-has",
    sentence: "Has a verb that its manifest does not declare.",
    kind: "adapter",
    killedBy: "capabilities-are-real",
    spoil: undeclared("issueInvoice")
  },
  {
    id: "is-for-citizens-money",
    sentence: "Calls its simulator the live environment.",
    kind: "adapter",
    killedBy: "called-by-its-id",
    spoil: spoilProvider((provider) => ({ ...provider, environment: "live" }))
  },
  {
    id: "built-for-another-port",
    sentence: "Was built for another version of the port.",
    kind: "adapter",
    killedBy: "built-for-this-port",
    // a port that the type does not have is the point
    spoil: spoilManifest((right) => ({ ...right, port: 2 as never }))
  },
  {
    id: "has-another-name",
    sentence: "Is called otherwise than its manifest says.",
    kind: "adapter",
    killedBy: "called-by-its-id",
    spoil: spoilManifest((right) => ({ ...right, id: `${right.id}-2` }))
  },
  {
    id: "declines-are-hard",
    sentence: "Forgets that a refusal may still be overturned.",
    kind: "adapter",
    killedBy: "soft-until-the-window-ends",
    spoil: spoilManifest((right) => ({ ...right, softSeconds: { ...right.softSeconds, declined: 0 } }))
  },
  {
    id: "declines-are-hard-for-everybody",
    sentence: "Nobody read that a refusal may still be overturned.",
    kind: "adapter",
    killedBy: "late-money-after-refusal",
    spoil: misreadByBoth(
      (right) => ({ ...right, softSeconds: { ...right.softSeconds, declined: 0 } }),
      (right) => ({ ...right, overturnSeconds: { ...right.overturnSeconds, declined: 0 } })
    )
  },
  {
    id: "limits-too-wide",
    sentence: "Declares a greater sum than the provider takes, as everybody misread it.",
    kind: "adapter",
    killedBy: "limits-on-both-sides",
    spoil: misreadByBoth(
      (right) => ({ ...right, limits: { ...right.limits, maxMinorUnits: right.limits.maxMinorUnits * 10n } }),
      (right) => ({ ...right, limits: { ...right.limits, maxMinorUnits: right.limits.maxMinorUnits * 10n } })
    )
  },
  {
    id: "limits-too-narrow",
    sentence: "Declares a shorter purpose than the provider takes.",
    kind: "adapter",
    killedBy: "documented-facts",
    spoil: limited({ maxPurposeLength: 20 })
  },
  {
    id: "asks-too-early",
    sentence: "Asks about a payment before the provider answers.",
    kind: "adapter",
    killedBy: "no-question-too-early",
    spoil: misreadByBoth(
      (right) => ({ ...right, query: { ...right.query, earliestSeconds: 1 } }),
      (right) => ({ ...right, earliestQuerySeconds: 1 })
    )
  },
  {
    id: "stops-asking",
    sentence: "Asks only in the first hour of a payment.",
    kind: "adapter",
    killedBy: "asking-goes-on-to-the-deadline",
    spoil: misreadByBoth(
      (right) => ({
        ...right,
        query: { ...right.query, schedule: [{ untilSeconds: 3600, everySeconds: 86_400 * 90 }] }
      }),
      (right) => ({ ...right, watch: { ...right.watch, slowestSeconds: 3600 } })
    )
  },
  {
    id: "absence-proves-at-once",
    sentence: "Says that a payment which the provider does not know can never be paid.",
    kind: "adapter",
    killedBy: "documented-facts",
    spoil: spoilManifest((right) => ({ ...right, absenceProvesAfter: { notSubmittedSeconds: 0, lapsedSeconds: 0 } }))
  },
  {
    id: "prices-nothing-by-tariff",
    sentence: "Does not declare a kind of pricing that it has.",
    kind: "adapter",
    killedBy: "orders-cover-the-manifest",
    spoil: spoilManifest((right) => ({ ...right, pricing: { ...right.pricing, tariff: false } }))
  },
  {
    id: "says-who-calls-first-wrongly",
    sentence: "Says that its own call always comes before the payer's.",
    kind: "adapter",
    killedBy: "first-contact",
    spoil: spoilManifest((right) => ({ ...right, firstContact: "call" }))
  },
  {
    id: "hides-an-outcome",
    sentence: "Does not list an end that a payment can have.",
    kind: "adapter",
    killedBy: "outcomes-are-seen",
    spoil: spoilManifest((right) => ({ ...right, outcomes: right.outcomes.filter((one) => one !== "lapsed") }))
  },
  {
    id: "hides-an-action",
    sentence: "Does not list a kind of next action that payers meet.",
    kind: "adapter",
    killedBy: "next-actions-are-met",
    spoil: spoilManifest((right) => ({ ...right, actions: right.actions.slice(1) }))
  },
  {
    id: "hides-a-language",
    sentence: "Does not list a language in which the provider's pages open.",
    kind: "adapter",
    killedBy: "language-reaches-the-page",
    spoil: spoilManifest((right) => ({ ...right, languages: right.languages.slice(1) }))
  },
  {
    id: "names-the-wrong-proof-of-a-sum",
    sentence: "Says that documents tell the sum, and status queries tell it.",
    kind: "adapter",
    killedBy: "amount-evidence",
    spoil: spoilManifest((right) => ({ ...right, amountEvidence: "receipt" }))
  },
  {
    id: "knows-all-banks-by-heart",
    sentence: "Lists banks that do not take the sum.",
    kind: "adapter",
    killedBy: "banks-take-the-sum",
    spoil: spoilAdapter(() => ({
      banks: (sum) =>
        Effect.succeed([
          { id: "one", name: "Bank One" },
          { id: "two", name: "Bank Two", min: money(sum.minorUnits + 1n, sum.currency) }
        ])
    }))
  },
  {
    id: "invoices-twice",
    sentence: "Has two invoices issued for one.",
    kind: "adapter",
    killedBy: "invoice-is-issued",
    spoil: spoilAdapter(({ issueInvoice }) => ({
      issueInvoice:
        issueInvoice && ((attempt, payer) => Effect.andThen(issueInvoice(attempt, payer), issueInvoice(attempt, payer)))
    }))
  },
  {
    id: "is-always-well",
    sentence: "Says that all is well without looking.",
    kind: "adapter",
    killedBy: "check-tells-trouble",
    spoil: spoilAdapter(() => ({ check: () => Effect.succeed([{ name: "api", isOk: true, message: "fine" }]) }))
  },
  {
    id: "is-never-well",
    sentence: "Finds trouble where there is none.",
    kind: "adapter",
    killedBy: "check-tells-trouble",
    spoil: spoilAdapter(() => ({ check: () => Effect.succeed([{ name: "api", isOk: false, message: "who knows" }]) }))
  }
]
