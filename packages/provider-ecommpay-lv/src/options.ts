import type { Environment } from "@maksa/core"
import type * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { PageOptions } from "./page.ts"

/** The project's signing key; a plain text is redacted as soon as it has been read. */
export type Secret = string | Redacted.Redacted

/** How the payer gets to the bank: the provider's page with the choice of banks, or Gate behind a page of ours. */
export type Flow = "payment_page" | "gate"

/**
 * What the project does when the bank said yes and the money is still to come: `off` does not look (a success may be
 * taken back for days), `decline` and `reversal` wait for it and say so if it does not come. ecommpay's support sets it
 * per project; a setting other than the project's makes payments look firmer than they are.
 */
export type FundsConfirmation = "off" | "decline" | "reversal"

/** What SEPA payouts may ask of a payee beside name and account, as Gate spells it. */
export const payoutCustomerFields = [
  "ip_address",
  "first_name",
  "last_name",
  "email",
  "address",
  "city",
  "zip"
] as const
export type PayoutCustomerField = (typeof payoutCustomerFields)[number]

/** Access to the Data API, made together in ecommpay's Dashboard; only the newest token is valid. */
export interface DataApiCredentials {
  /** 30 characters. It sees every project of the merchant; nothing is asked about others than `projectId`. */
  readonly token: Secret
  /** The token's own key ("salt"); not the project's. */
  readonly secret: Secret
}

export interface EcommpayLvConfig {
  readonly environment: Environment
  /** Number of the project, 1 to 4294967295. A test project has a number of its own. */
  readonly projectId: number
  /** The current key, and the previous one while it is being replaced. The first one signs. */
  readonly secrets: readonly [Secret] | readonly [Secret, Secret]
  readonly fundsConfirmation: FundsConfirmation
  /**
   * `paymentPage` is the page's whole address, `gate` the address without `/v2`, `dataApi` the one with `/v1`. The provider's
   * own by default; for a sandbox there is no default. Only a sandbox may be reached by plain http.
   */
  readonly endpoints?: { readonly paymentPage: string; readonly gate: string; readonly dataApi?: string }
  /** Without it there is neither `reconcile` nor `askBalance`. */
  readonly dataApi?: DataApiCredentials
  /** Where `create` does not say otherwise; default `payment_page`. */
  readonly flow?: Flow
  /** Money back to payers by SEPA payout. */
  readonly payout?: {
    /** Gate's path of the SEPA payout; default `/v2/payment/bank-transfer/sepa/payout`. Confirm it with your manager at ecommpay. */
    readonly path?: string
    /** What the contract asks of a payee beside name and account; default all. */
    readonly customerFields?: ReadonlyArray<PayoutCustomerField>
    /** The address that is given as the payee's; default the one from which the purchase was paid. */
    readonly ipAddress?: string
  }
  /**
   * Origins from which the script of a provider's widget may be loaded (redirect variant 1 of the method page): it runs on a
   * page of the agency. Default `https://psd2.neopay.lt`, the published one; in a sandbox also this machine.
   */
  readonly widgetOrigins?: ReadonlyArray<string>
  /** Default 5,000 to connect and 15,000 for an answer, which usually takes less than 100. */
  readonly timeouts?: { readonly connectMillis?: number; readonly responseMillis?: number }
  /** Trusted roots (PEM or DER, one each) instead of the system's. */
  readonly ca?: ReadonlyArray<string | Uint8Array>
}

/** What `create` takes beside the common input. The payer's names, e-mail and phone come from `payer`. */
export interface EcommpayLvPaymentOptions {
  /**
   * `id` is shown in ecommpay's dashboard: at most 255 characters, never a personal code. Default: a keyed pseudonym of
   * `payer.reference`, or of the payment where there is no reference.
   */
  readonly customer?: { readonly id?: string }
  /** Skips the choice of a bank. A number is an id of ecommpay's list. Default: the payer chooses. */
  readonly bank?: "rietumu" | "seb" | "swedbank" | number
  readonly flow?: Flow
  /** How Payment Page looks and behaves; refused where the payment goes by Gate. */
  readonly page?: PageOptions
  /** What the payer and the bank see, at most 255 characters; default: the payment's purpose. */
  readonly description?: string
}

/** Ids of the banks (method page "Open Banking in Latvia", table of banks). */
export const bankIds = { rietumu: 2001, seb: 1991, swedbank: 1981 } as const satisfies Record<string, number>

const Text255 = Schema.NonEmptyString.check(Schema.isMaxLength(255))

export const EcommpayLvPaymentOptions: Schema.Codec<EcommpayLvPaymentOptions, unknown> = Schema.Struct({
  customer: Schema.optionalKey(Schema.Struct({ id: Schema.optionalKey(Text255) })),
  bank: Schema.optionalKey(
    Schema.Union([
      Schema.Literals(["rietumu", "seb", "swedbank"]),
      Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2_147_483_647 }))
    ])
  ),
  flow: Schema.optionalKey(Schema.Literals(["payment_page", "gate"])),
  page: Schema.optionalKey(PageOptions),
  description: Schema.optionalKey(Text255)
})
