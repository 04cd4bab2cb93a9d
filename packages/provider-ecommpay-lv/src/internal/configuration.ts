import {
  type Environment,
  makeConfigurationReader,
  type PaymentError,
  readAddress,
  readAuthorities,
  SecretText,
  Timeouts,
  wrapSecret
} from "@maksa/core"
import type * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { isIP } from "node:net"
import { type Flow, type FundsConfirmation, type PayoutCustomerField, payoutCustomerFields } from "../options.ts"

export interface DataApiSettings {
  /** With `/v1`. */
  readonly url: URL
  readonly token: Redacted.Redacted
  readonly secret: Redacted.Redacted
}

/** A configuration that was found complete. */
export interface Settings {
  readonly environment: Environment
  readonly projectId: number
  /** The first one signs, all verify. */
  readonly secrets: ReadonlyArray<Redacted.Redacted>
  readonly fundsConfirmation: FundsConfirmation
  readonly paymentPage: URL
  readonly gate: URL
  readonly dataApi: DataApiSettings | undefined
  readonly flow: Flow
  readonly payout: {
    readonly path: string
    readonly customerFields: ReadonlyArray<PayoutCustomerField>
    readonly ipAddress: string | undefined
  }
  readonly widgetOrigins: ReadonlyArray<string>
  readonly connectMillis: number
  readonly responseMillis: number
  /** PEM. */
  readonly ca: ReadonlyArray<string> | undefined
}

// https://developers.ecommpay.com/en/en_gate_quickstart.html and the official SDKs; test projects use the same hosts.
const liveEndpoints = {
  paymentPage: "https://paymentpage.ecommpay.com/payment",
  gate: "https://api.ecommpay.com",
  dataApi: "https://data.ecommpay.com/v1"
}

const isProvider = (url: URL): boolean => /(?:^|\.)ecommpay\.com$/i.test(url.hostname)

const Config = Schema.Struct({
  environment: Schema.Literals(["sandbox", "test", "live"]),
  projectId: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 4_294_967_295 })),
  secrets: Schema.Union([Schema.Tuple([SecretText]), Schema.Tuple([SecretText, SecretText])]),
  fundsConfirmation: Schema.Literals(["off", "decline", "reversal"]),
  endpoints: Schema.optionalKey(
    Schema.Struct({
      paymentPage: Schema.NonEmptyString,
      gate: Schema.NonEmptyString,
      dataApi: Schema.optionalKey(Schema.NonEmptyString)
    })
  ),
  dataApi: Schema.optionalKey(Schema.Struct({ token: SecretText, secret: SecretText })),
  flow: Schema.optionalKey(Schema.Literals(["payment_page", "gate"])),
  payout: Schema.optionalKey(
    Schema.Struct({
      path: Schema.optionalKey(Schema.String.check(Schema.isPattern(/^(?:\/[a-z0-9_-]+)+$/))),
      customerFields: Schema.optionalKey(Schema.Array(Schema.Literals(payoutCustomerFields))),
      ipAddress: Schema.optionalKey(Schema.String.check(Schema.makeFilter((text) => isIP(text) !== 0)))
    })
  ),
  widgetOrigins: Schema.optionalKey(
    Schema.Array(Schema.String.check(Schema.isPattern(/^https:\/\/[a-z0-9.-]+(?::\d+)?$/)))
  ),
  timeouts: Schema.optionalKey(Timeouts),
  ca: Schema.optionalKey(Schema.NonEmptyArray(Schema.Union([Schema.NonEmptyString, Schema.Uint8Array])))
})

const { read, wrong } = makeConfigurationReader("ecommpay-lv", Config, {
  environment: 'give "sandbox", "test" or "live"',
  projectId: "give the project's number, 1 to 4294967295",
  secrets: "give a list of one signing key, or of the current and the previous one, none of them empty",
  fundsConfirmation: 'say what the project does about money that does not arrive: "off", "decline" or "reversal"',
  endpoints: "give paymentPage, gate and dataApi as addresses without user, query or fragment",
  dataApi: "give token and secret of the Data API, none of them empty",
  flow: 'give "payment_page" or "gate"',
  payout: "give path as Gate's path, customerFields as names of Gate, ipAddress as an IP address",
  widgetOrigins: "give a list of origins such as https://psd2.neopay.lt, without a path",
  timeouts: "give connectMillis and responseMillis as whole milliseconds up to 600000",
  ca: "give a list of at least one certificate, PEM or DER"
})

const endpoint = (path: string, text: string, environment: Environment): Result.Result<URL, PaymentError> =>
  Result.mapError(readAddress(text, environment, isProvider), (expected) => wrong(path, expected))

/** Reads the configuration of callers with and without types. */
export const readSettings = (input: unknown): Result.Result<Settings, PaymentError> =>
  Result.gen(function* () {
    const { ca, dataApi, flow, fundsConfirmation, payout, projectId, secrets, timeouts, widgetOrigins, ...config } =
      yield* read(input)
    const { environment } = config
    const endpoints = config.endpoints ?? (environment === "sandbox" ? undefined : liveEndpoints)
    if (endpoints === undefined) {
      return yield* Result.fail(wrong("endpoints", "a sandbox has no address of its own: give paymentPage and gate"))
    }
    const dataApiUrl = endpoints.dataApi ?? (environment === "sandbox" ? undefined : liveEndpoints.dataApi)
    if (dataApi !== undefined && dataApiUrl === undefined) {
      return yield* Result.fail(wrong("endpoints.dataApi", "a sandbox has no address of its own: give its Data API's"))
    }
    return {
      environment,
      projectId,
      secrets: secrets.map((secret) => wrapSecret(secret, "ecommpay-lv.secrets")),
      fundsConfirmation,
      paymentPage: yield* endpoint("endpoints.paymentPage", endpoints.paymentPage, environment),
      gate: yield* endpoint("endpoints.gate", endpoints.gate.replace(/\/$/, ""), environment),
      dataApi:
        dataApi === undefined || dataApiUrl === undefined
          ? undefined
          : {
              url: yield* endpoint("endpoints.dataApi", dataApiUrl.replace(/\/$/, ""), environment),
              token: wrapSecret(dataApi.token, "ecommpay-lv.dataApi.token"),
              secret: wrapSecret(dataApi.secret, "ecommpay-lv.dataApi.secret")
            },
      flow: flow ?? "payment_page",
      payout: {
        path: payout?.path ?? "/v2/payment/bank-transfer/sepa/payout",
        customerFields: payout?.customerFields ?? payoutCustomerFields,
        ipAddress: payout?.ipAddress
      },
      widgetOrigins: widgetOrigins ?? ["https://psd2.neopay.lt"],
      connectMillis: timeouts?.connectMillis ?? 5_000,
      responseMillis: timeouts?.responseMillis ?? 15_000,
      ca:
        ca === undefined ? undefined : yield* Result.mapError(readAuthorities(ca), (expected) => wrong("ca", expected))
    }
  })
