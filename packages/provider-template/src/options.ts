import type { Environment } from "@maksa/core"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"

/** A plain text is redacted as soon as it has been read. */
export type Secret = string | Redacted.Redacted

export interface TemplateConfig {
  readonly environment: Environment
  /** The merchant's account, such as `acc-1001`. */
  readonly account: string
  /** Opens the API; it has an end, which `check` shows. */
  readonly key: Secret
  /** What both sides sign with: the current secret, and the previous one while it is being replaced. The first one signs. */
  readonly secrets: readonly [Secret] | readonly [Secret, Secret]
  /** `api` and `pages` as origins. The provider's own by default; for a sandbox there is no default. */
  readonly endpoints?: { readonly api: string; readonly pages: string }
  /** Default 5,000 to connect and 15,000 for an answer. */
  readonly timeouts?: { readonly connectMillis?: number; readonly responseMillis?: number }
}

/** What `create` takes beside the common input. */
export interface TemplatePaymentOptions {
  /**
   * How the payer gets to the bank; default `page`.
   *
   * - `page`: by a link. `form`: by a posted form, without a call of ours. `widget`: by a script in the agency's page.
   * - `consent`: after questions and a consent. `portal`: later, in the e-portal. `later`: once the page is prepared.
   */
  readonly flow?: "page" | "form" | "widget" | "consent" | "portal" | "later"
  /** Id of a bank of `banks()`. Default: the payer chooses. */
  readonly bank?: string
}

export const TemplatePaymentOptions: Schema.Codec<TemplatePaymentOptions, unknown> = Schema.Struct({
  flow: Schema.optionalKey(Schema.Literals(["page", "form", "widget", "consent", "portal", "later"])),
  bank: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^[a-z]{1,32}$/)))
})
